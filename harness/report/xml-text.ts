const TOKENS = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<[^>]*>|[^<]+|</g;
const isText = (token: string): boolean => !token.startsWith("<") || token.startsWith("<![CDATA[");
const isOpening = (token: string): boolean => /^<[^/!?]/.test(token) && !token.endsWith("/>");

/** XML with one element a line, indented; what is not well-formed is shown as it stands, nothing is lost but white space between tags. */
export function prettyXml(xml: string): string {
  const tokens = xml.match(TOKENS)?.filter((token) => token.trim() !== "") ?? [];
  const lines: string[] = [];
  let depth = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? "";
    if (token.startsWith("</")) {
      depth = Math.max(0, depth - 1);
      lines.push(indent(depth) + token);
      continue;
    }
    if (!isOpening(token)) {
      lines.push(indent(depth) + token.trim());
      continue;
    }
    const [content, closing] = [tokens[index + 1] ?? "", tokens[index + 2] ?? ""];
    if (content.startsWith("</")) {
      lines.push(indent(depth) + token + content);
      index += 1;
    } else if (isText(content) && closing.startsWith("</")) {
      lines.push(indent(depth) + token + content + closing);
      index += 2;
    } else {
      lines.push(indent(depth) + token);
      depth += 1;
    }
  }
  return lines.join("\n");
}

const indent = (depth: number): string => "  ".repeat(Math.min(depth, 40));

/** The text with control characters made visible, `\x00`; line ends and tabs stay. */
export function visible(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g,
      (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, "0")}`,
    );
}

/** The text as content or attribute value of XML: escaped, and without what XML 1.0 cannot hold. */
export function xmlText(text: string): string {
  return text
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

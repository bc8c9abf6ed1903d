import type { Reply } from "../../harness/acs/session.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { said } from "./sessions.ts";

/** A phone that writes its message anew may give it the present time, and another ID; everything else is the same. */
const MAY_DIFFER = /<((?:[^\s<>:]+:)?(?:CurrentTime|ID))(?=[\s>])[^>]*>[^<]*<\/\1\s*>/g;

const substance = ({ request }: Exchange): string => request.body.toString("utf8").replace(MAY_DIFFER, "");

/** The phone sent the POST `original` once more: by POST, with the same message. */
export function sentAgain(requirement: string, reply: Reply, original: Exchange): Finding {
  const { exchange, summary } = reply;
  const post = exchange?.request.method === "POST";
  const again = exchange !== undefined && post && substance(exchange) === substance(original);
  const named = exchange !== undefined && said(exchange).value === said(original).value;
  return holds(requirement, again, {
    expected: `the same ${said(original).value} once more`,
    actual: again
      ? "the same"
      : exchange !== undefined && !post
        ? exchange.request.method
        : named
          ? `another ${summary.value}`
          : summary.value,
    where: summary.where,
  });
}

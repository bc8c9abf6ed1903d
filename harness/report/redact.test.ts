import { expect, test } from "vitest";
import { Redactor } from "./redact.ts";

test("a known secret is found in every spelling", () => {
  const redactor = new Redactor(['p&ss "w<rd']);
  for (const spelling of [
    'p&ss "w<rd',
    "p&amp;ss &quot;w&lt;rd",
    'p&amp;ss "w&lt;rd',
    "p%26ss%20%22w%3Crd",
    "p%26ss+%22w%3crd".replace("%3c", "%3C"),
    Buffer.from('p&ss "w<rd').toString("base64"),
  ])
    expect(redactor.text(`a ${spelling} b`)).toBe("a [redacted] b");
});

test("a short secret is taken out as a word, not out of the middle of a number", () => {
  expect(new Redactor(["0000"]).text("pin 0000, serial 00004132")).toBe("pin [redacted], serial 00004132");
});

test("fields made for secrets are emptied without knowing the secret", () => {
  const redactor = new Redactor();
  expect(redactor.text("Authorization: Basic dTpw")).toBe("Authorization: Basic [redacted]");
  expect(redactor.text('Digest username="u", nonce="n", cnonce="0a4f113b00", response="6629fae49393a05397450978507c4ef1"')).toBe(
    'Digest username="u", nonce="n", cnonce="[redacted]", response="[redacted]"',
  );
  expect(redactor.text("<cwmp:Username>ann</cwmp:Username><Password>x</Password><Password></Password>")).toBe(
    "<cwmp:Username>[redacted]</cwmp:Username><Password>[redacted]</Password><Password></Password>",
  );
  expect(redactor.text("http://ann:pw@host/ and http://host:80/a@b")).toBe("http://ann:[redacted]@host/ and http://host:80/a@b");
});

test("the value of a parameter named like a password goes, its neighbours stay, and it is found again elsewhere", () => {
  const redactor = new Redactor();
  const struct = (name: string, value: string) => `<P><Name>${name}</Name>\n<Value xsi:type="xsd:string">${value}</Value></P>`;
  const message = struct("Device.ManagementServer.URL", "http://a/") + struct("Device.X.ConnectionRequestPassword", "hunter-22");
  expect(redactor.text(message)).toBe(message.replace("hunter-22", "[redacted]"));
  redactor.learn(message);
  expect(redactor.text('expected "hunter-22"')).toBe('expected "[redacted]"');
});

test("octets keep their length", () => {
  const data = Buffer.from("Authorization: Basic dTpw\r\n\r\n\xffgeheimes\xfe", "latin1");
  const clean = new Redactor(["geheimes"]).octets(data);
  expect(clean.length).toBe(data.length);
  expect(clean.toString("latin1")).toBe("Authorization: Basic ****\r\n\r\n\xff********\xfe");
});

test("strings are redacted at any depth", () => {
  expect(new Redactor(["geheimes"]).deep({ a: ["x geheimes", 4], b: undefined })).toEqual({
    a: ["x [redacted]", 4],
    b: undefined,
  });
});

test("a flood of what looks like the beginning of a secret does not hold up the run", () => {
  const redactor = new Redactor(["geheimes"]);
  const before = performance.now();
  for (const flood of ["<Password>", "a-", "<Name>Password</Name>", "://a:", "Basic ", "response="])
    redactor.text(flood.repeat(60_000));
  expect(performance.now() - before).toBeLessThan(5000);
});

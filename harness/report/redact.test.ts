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

test("passwords in maps, settings files and the web interface go, and placeholders stay", () => {
  const redactor = new Redactor();
  for (const kept of [
    "string:Device.ManagementServer.Password={tr69_acs_passwd}",
    "string:Device.VoiceService.1.Line.1.SIP.AuthPassword={user_pass|1}\r\nstring:Device.Time.NTPServer1=pass",
    '<http_pass perm=""></http_pass>',
    "GET /dummy.htm?settings=save&ntp_server=a",
  ])
    expect(redactor.text(kept)).toBe(kept);
  for (const [secret, clean] of [
    ["string:Device.X_Snom_HttpPass=two words", "string:Device.X_Snom_HttpPass=[redacted]"],
    ["string:D.A.SIP.AuthPassword!=x={y}\r\nint:D.B=1", "string:D.A.SIP.AuthPassword!=[redacted]\r\nint:D.B=1"],
    ['<user_pass idx="1" perm="">a&amp;b</user_pass><a>1</a>', '<user_pass idx="1" perm="">[redacted]</user_pass><a>1</a>'],
    ["<admin_mode_password>0000</admin_mode_password>", "<admin_mode_password>[redacted]</admin_mode_password>"],
    ["&user_pass1=abc&ntp_server=a", "&user_pass1=[redacted]&ntp_server=a"],
    ["http_pass!: two words\nntp_server: a", "http_pass!: [redacted]\nntp_server: a"],
  ] as const)
    expect(redactor.text(secret)).toBe(clean);
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
  for (const flood of [
    "<Password>",
    "a-",
    "<Name>Password</Name>",
    "://a:",
    "Basic ",
    "response=",
    "<a_pass>",
    "string:D.pass",
    "a_pass: ",
    "\nstring:a.pass=",
  ])
    redactor.text(flood.repeat(60_000));
  expect(performance.now() - before).toBeLessThan(5000);
});

import { createHash } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { answerDigest, basic, parseChallenges } from "../phone/digest.ts";
import type { Authentication } from "./authentication.ts";
import { Phone, type PhoneAnswer, soap, started, stopAll } from "./scripted-phone.ts";

afterEach(stopAll);

const account = { username: "phone", password: "top secret" };

function digestFor({ headers }: PhoneAnswer, changes: { nc?: number; password?: string } = {}): string {
  const [challenge] = parseChallenges([headers.get("www-authenticate") ?? ""]);
  if (challenge === undefined) throw new Error("no challenge");
  return answerDigest(challenge, { ...account, method: "POST", uri: "/acs", ...changes });
}

test("Basic is asked for before the case sees the Inform, once for the session", async () => {
  const acs = await started({ authentication: { scheme: "basic", ...account } });
  const phone = new Phone(acs);
  phone.plays(async () => {
    expect((await phone.post("Inform")).headers.get("www-authenticate")).toBe('Basic realm="assay"');
    const wrong = basic("phone", "guess");
    expect((await phone.post("Inform", { headers: [`Authorization: ${wrong}`] })).status).toBe(401);
    await phone.post("Inform", { headers: [`Authorization: ${basic("phone", "top secret")}`] });
    expect((await phone.post("")).status).toBe(204);
    phone.close();
  });
  const session = await acs.session();
  expect(session.inform.where).toBe("POST #3 (Inform), session 1");
  await session.end();
  expect(acs.authentications.map(({ outcome }) => outcome)).toEqual(["no Authorization field", "wrong password", "accepted"]);
  expect(JSON.stringify(acs.authentications)).not.toContain("secret");
  expect(acs.authentications[2]).toMatchObject({ scheme: "basic", fields: { username: "phone" } });
});

const forms: readonly Authentication[] = [
  { scheme: "digest", ...account },
  { scheme: "digest", ...account, qop: "none", opaque: 'a "b"' },
  { scheme: "digest", ...account, algorithm: "MD5-sess" },
  { scheme: "digest", ...account, algorithm: "SHA-256", qop: "auth,auth-int", realm: "there" },
];

test.each(forms)("Digest is understood: %o", async (authentication) => {
  const acs = await started({ authentication });
  const phone = new Phone(acs);
  phone.plays(async () => {
    const challenge = await phone.post("Inform");
    await phone.post("Inform", { headers: [`Authorization: ${digestFor(challenge)}`] });
    await phone.post("");
    phone.close();
  });
  await (await acs.session()).end();
  expect(acs.authentications.map(({ outcome }) => outcome)).toEqual(["no Authorization field", "accepted"]);
});

test("auth-int covers the body", async () => {
  const acs = await started({ authentication: { scheme: "digest", ...account, qop: "auth,auth-int" } });
  const phone = new Phone(acs);
  const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
  phone.plays(async () => {
    const { headers } = await phone.post("Inform");
    const nonce = parseChallenges([headers.get("www-authenticate") ?? ""])[0]?.fields.nonce ?? "";
    const secret = md5("phone:assay:top secret");
    const response = md5(`${secret}:${nonce}:00000001:c:auth-int:${md5(`POST:/acs:${md5(soap("Inform"))}`)}`);
    const value = `Digest username="phone", realm="assay", nonce="${nonce}", uri="/acs", qop=auth-int, nc=00000001, cnonce="c", response="${response}"`;
    await phone.post("Inform", { headers: [`Authorization: ${value}`] });
  });
  await acs.contact();
  expect(acs.authentications.at(-1)?.outcome).toBe("accepted");
});

test("with scope request every POST needs credentials; old nonces are stale, used counts are noted", async () => {
  const acs = await started();
  acs.requireAuthentication({ scheme: "digest", ...account, scope: "request" });
  const phone = new Phone(acs);
  phone.plays(async () => {
    const challenge = await phone.post("Inform");
    const first = digestFor(challenge);
    await phone.post("Inform", { headers: [`Authorization: ${first}`] });
    expect((await phone.post("")).status).toBe(401);
    await phone.post("", { headers: [`Authorization: ${first}`] });
    const stale = await phone.post("GetRPCMethodsResponse", { headers: [`Authorization: ${digestFor(challenge, { nc: 2 })}`] });
    expect(stale.headers.get("www-authenticate")).toContain("stale=true");
    await phone.post("GetRPCMethodsResponse", { headers: [`Authorization: ${digestFor(stale)}`] });
    phone.close();
  });
  const session = await acs.session();
  acs.expireNonces();
  expect((await session.getRPCMethods()).kind).toBe("response");
  await session.end();
  expect(acs.authentications.map(({ outcome }) => outcome)).toEqual([
    "no Authorization field",
    "accepted",
    "no Authorization field",
    "accepted, but nc 00000001 was used before",
    "nonce expired",
    "accepted",
  ]);
});

test("a challenge of the case's own shows it the Inform again", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    expect((await phone.post("Inform")).status).toBe(401);
    phone.close();
    await phone.post("Inform");
  });
  const session = await acs.contact();
  const again = await session.answer({ status: 401, extra: [["WWW-Authenticate", 'Basic realm="x"']] });
  expect([again.kind, again.exchange?.session]).toEqual(["inform", 1]);
});

test("an empty POST fetches a challenge", async () => {
  const acs = await started({ authentication: { scheme: "digest", ...account } });
  const phone = new Phone(acs);
  phone.plays(async () => {
    const challenge = await phone.post("");
    expect(challenge.status).toBe(401);
    await phone.post("Inform", { headers: [`Authorization: ${digestFor(challenge)}`] });
  });
  expect((await acs.contact()).number).toBe(1);
});

test("a phone that goes on without credentials is sent away", async () => {
  const acs = await started({ authentication: { scheme: "basic", ...account } });
  const phone = new Phone(acs);
  let answer = await phone.post("Inform");
  for (let count = 0; count < 30 && answer.status === 401; count += 1) answer = await phone.post("Inform");
  expect(answer.status).toBe(403);
});

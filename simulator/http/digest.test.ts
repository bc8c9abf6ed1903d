import { describe, expect, it } from "vitest";
import { answerDigest, parseChallenges, parseCredentials, verifyDigest } from "./digest.ts";

const parsed = (...values: string[]) =>
  parseChallenges(values).map(({ scheme, token, parameters }) => ({ scheme, token, ...Object.fromEntries(parameters) }));

describe("challenges", () => {
  it("are taken apart, several in one field or in several", () => {
    expect(
      parsed('Digest realm="a, b=\\"c\\"" , qop = "auth,auth-int",nonce=abc, Basic realm=""', "Negotiate YWJj==", "NTLM"),
    ).toEqual([
      { scheme: "digest", token: undefined, realm: 'a, b="c"', qop: "auth,auth-int", nonce: "abc" },
      { scheme: "basic", token: undefined, realm: "" },
      { scheme: "negotiate", token: "YWJj==" },
      { scheme: "ntlm", token: undefined },
    ]);
  });

  it("end where they cannot be read", () => {
    expect(parsed('Digest realm="r", nonce="broken')).toEqual([{ scheme: "digest", token: undefined, realm: "r" }]);
    expect(parsed("", ",,", '"x"')).toEqual([]);
  });
});

describe("answers", () => {
  it.each([
    // The examples of RFC 2617 3.5 and of RFC 7616 3.9.1.
    [
      "Circle Of Life",
      'realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"',
      "0a4f113b",
      "6629fae49393a05397450978507c4ef1",
    ],
    [
      "Circle of Life",
      'realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"',
      "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
      "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
    ],
  ])("are those of the RFCs: %s, %s", (password, challenge, cnonce, response) => {
    const [given] = parseChallenges([`Digest ${challenge}`]);
    if (given === undefined) throw new Error("no challenge");
    const answer = answerDigest({
      challenge: given,
      username: "Mufasa",
      password,
      method: "GET",
      uri: "/dir/index.html",
      count: 1,
      cnonce,
    });
    expect(answer).toContain(`response="${response}"`);
  });

  it("carry cnonce without qop only where the algorithm needs it, and none at all for what is not known", () => {
    const answer = (challenge: string): string | undefined =>
      parseChallenges([challenge]).map((given) =>
        answerDigest({ challenge: given, username: "u", password: "p", method: "POST", uri: "/", count: 2, cnonce: "c" }),
      )[0];
    expect(answer('Digest realm="r", nonce="n"')).not.toMatch(/qop|nc=|cnonce/);
    expect(answer('Digest realm="r", nonce="n", algorithm=MD5-sess')).toMatch(/algorithm=MD5-sess, cnonce="c"$/);
    expect(answer('Digest realm="r", nonce="n", qop="auth-int"')).toBeUndefined();
    expect(answer('Digest realm="r", nonce="n", algorithm=SHA-512-256')).toBeUndefined();
  });

  it("are verified down to the last field", () => {
    const expected = { username: "u", password: "p", realm: "r", method: "GET", target: "/x" };
    const [challenge] = parseChallenges(['Digest realm="r", nonce="n", qop="auth", algorithm=MD5']);
    if (challenge === undefined) throw new Error("no challenge");
    const good = answerDigest({ challenge, username: "u", password: "p", method: "GET", uri: "/x", count: 1, cnonce: "c" }) ?? "";
    const verified = (value: string): boolean => {
      const given = parseCredentials(value);
      return given !== undefined && verifyDigest(given, expected);
    };
    expect(verified(good)).toBe(true);
    for (const [from, to] of [
      ["/x", "/y"],
      ['"u"', '"v"'],
      ['"r"', '"s"'],
      ['"n"', '"m"'],
      ["nc=00000001", "nc=1"],
      ["qop=auth", "qop=auth-int"],
      ["MD5", "MD5-sess"],
      ['response="', 'response="0'],
    ] as const) {
      expect(verified(good.replace(from, to)), to).toBe(false);
    }
    expect(verified("Basic dTpw")).toBe(false);
  });
});

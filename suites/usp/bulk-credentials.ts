import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { Delivery } from "../../harness/collector/collector.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import { digestOf, parseFields } from "../../harness/phone/digest.ts";
import { upTime, withHttpProfile } from "./support/bulk.ts";

const CREDENTIALS = "TR-369:A.2.1#credentials";

const USERNAME = "assay";
const PASSWORD = "assay secret";

/** A delivery that is met with a challenge, and what comes after it. */
const challenged = (bench: UspBench, challenge: string) =>
  withHttpProfile(
    bench,
    { parameters: [upTime(bench)], values: { "HTTP.Username": USERNAME, "HTTP.Password": PASSWORD } },
    async ({ profile, inbox }) => {
      inbox.answers = ({ header }) =>
        header("Authorization").value === undefined ? { status: 401, extra: [["WWW-Authenticate", challenge]] } : { status: 200 };
      await profile.enable();
      const asked = await inbox.next(profile.twoReports);
      if (asked === undefined) throw new Inconclusive("precondition", "the agent delivers no report");
      return { asked, given: await inbox.next(profile.twoReports) };
    },
  );

const authorizationOf = (given: Delivery | undefined, asked: Delivery) =>
  given?.header("Authorization") ?? { value: undefined, where: `after ${asked.where}` };

export const bulkCredentialCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.bulk.credentials",
    title: "gives its credentials to a collector that asks for them",
    proves: [CREDENTIALS],
    needs: ["usp-bulk-http"],
    waits: 130,
    drive: (bench) => challenged(bench, 'Basic realm="assay"'),
    *judge({ asked, given }) {
      const credentials = Buffer.from(`${USERNAME}:${PASSWORD}`, "utf8").toString("base64");
      yield same(CREDENTIALS, authorizationOf(given, asked), `Basic ${credentials}`);
    },
  }),
  uspCase({
    id: "usp.bulk.credentials-digest",
    title: "proves that it knows its password to a collector that asks for a digest",
    proves: [CREDENTIALS],
    needs: ["usp-bulk-http"],
    waits: 130,
    drive: (bench) => {
      const nonce = Math.floor(bench.random() * 0xff_ff_ff_ff).toString(16);
      return challenged(bench, `Digest realm="assay", nonce="${nonce}", qop="auth", algorithm=MD5`);
    },
    *judge({ asked, given }) {
      const { value = "", where } = authorizationOf(given, asked);
      const fields = parseFields(value.replace(/^Digest\s+/i, ""));
      const { username, uri, response = "" } = fields;
      yield same(CREDENTIALS, { value: username, where }, USERNAME);
      if (given === undefined || username === undefined) return;
      yield same(CREDENTIALS, { value: uri, where }, given.target);
      yield holds(CREDENTIALS, response === digestOf(fields, PASSWORD, given.method), {
        expected: "the digest of its password",
        actual: response === "" ? "none" : "another one",
        where,
      });
    },
  }),
];

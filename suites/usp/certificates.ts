import { X509Certificate } from "node:crypto";
import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { instancesIn, parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { makeCertificate } from "../../harness/core/certificate.ts";
import { absent, holds, present, same, sameSet } from "../../harness/core/finding.ts";
import { inResponse } from "./support/answers.ts";
import { newAuthority, showing as shownTo, withAuthority } from "./support/authority.ts";
import { instancesOf, showing, tidily } from "./support/instances.ts";
import { freshName } from "./support/making.ts";

const CERTIFICATES = "Device.LocalAgent.Certificate.";
const ADD = "Device.LocalAgent.AddCertificate()";
const RESULT = "response/operate_resp/operation_results[1]";
const FAILURE = `${RESULT}/cmd_failure/err_code`;

/** Gives the agent a certificate that it has never seen; it is deleted after `use`. */
async function withCertificate<T>(bench: UspBench, use: (given: Awaited<ReturnType<typeof added>>) => Promise<T>): Promise<T> {
  const before = await instancesOf(bench.controller, CERTIFICATES);
  const given = await added(bench);
  try {
    return await use(given);
  } finally {
    await tidily(async () => {
      const now = await instancesOf(bench.controller, CERTIFICATES);
      for (const path of now.filter((one) => !before.includes(one))) await bench.controller.operate(`${path}Delete()`);
    });
  }
}

async function added(bench: UspBench) {
  const { controller, clock } = bench;
  const alias = freshName(bench);
  const { cert } = await makeCertificate(clock, { commonName: `${alias}.assay.example` });
  const reply = await controller.operate(ADD, { Alias: alias, Certificate: cert });
  const list = await controller.get([CERTIFICATES]);
  const [entry] = [...parametersIn(list)].find(([path, { value }]) => path.endsWith(".Alias") && value === alias) ?? [];
  return { alias, certificate: new X509Certificate(cert), reply, list, path: entry?.replace(/Alias$/, "") };
}

const DIGITS = /[^0-9a-f]/g;
const plain = (fingerprint: string | undefined): string | undefined => fingerprint?.toLowerCase().replace(DIGITS, "");

/** Certificates that a controller gives the agent (TR-181 Device.LocalAgent.AddCertificate). */
export const certificateCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.certificate.added",
    title: "has a certificate that it was given in its table, until that is deleted",
    proves: ["TP-469:9.2#added", "TP-469:9.2#listed", "TP-469:9.2#serial-number", "TP-469:9.2#deleted"],
    beyondPlan: ["TP-469:9.2#serial-number"],
    references: ["TP-469 9.2"],
    needs: ["usp-add-certificate"],
    drive: (bench) =>
      withCertificate(bench, async (given) => {
        const { controller } = bench;
        if (given.path === undefined) return { ...given, deleted: undefined, after: undefined };
        const deleted = await controller.operate(`${given.path}Delete()`);
        return { ...given, deleted, after: await controller.getInstances([CERTIFICATES], true) };
      }),
    *judge({ alias, certificate, reply, list, path, deleted, after }) {
      yield* inResponse("TP-469:9.2#added", reply, "OPERATE_RESP", function* () {
        yield same("TP-469:9.2#added", reply.at(`${RESULT}/executed_command`), ADD);
        yield absent("TP-469:9.2#added", reply.at(FAILURE), "no cmd_failure");
      });
      yield showing("TP-469:9.2#listed", list, "Alias", alias, true);
      if (path === undefined || deleted === undefined || after === undefined) return;
      const serial = parametersIn(list).get(`${path}SerialNumber`);
      const expected = plain(certificate.serialNumber);
      yield holds("TP-469:9.2#serial-number", plain(serial?.value) === expected, {
        expected: `SerialNumber ${certificate.serialNumber}`,
        actual: serial?.value,
        where: serial?.where ?? list.summary.where,
      });
      yield* inResponse("TP-469:9.2#deleted", deleted, "OPERATE_RESP", function* () {
        yield absent("TP-469:9.2#deleted", deleted.at(FAILURE), "no cmd_failure");
      });
      const left = instancesIn(after).filter((one) => one === path);
      yield sameSet("TP-469:9.2#deleted", { value: left, where: after.summary.where }, []);
    },
  }),
  uspCase({
    id: "usp.certificate.believed",
    title: "talks to a controller whose certificate is signed by one that it was given",
    proves: ["TP-469:9.2#believed"],
    references: ["TP-469 9.2"],
    needs: ["usp-add-certificate", "usp-controller-credentials", "usp-add-controller", "usp-websocket"],
    mtp: "websocket",
    async drive(bench) {
      const issuer = await newAuthority(bench);
      return withAuthority(bench, issuer, undefined, () => shownTo(bench, { issuer }, async () => {}));
    },
    *judge({ came, reply }) {
      yield holds("TP-469:9.2#believed", reply?.kind === "response" || reply?.kind === "error", {
        expected: "an answer to the controller with the new certificate",
        actual: reply?.summary.value ?? (came ? "no connection that stays" : "no connection"),
        where: reply?.summary.where ?? "after AddCertificate()",
      });
    },
  }),
  uspCase({
    id: "usp.certificate.fingerprint",
    title: "tells the fingerprint of a certificate that it was given",
    proves: ["TP-469:9.2#fingerprint"],
    needs: ["usp-add-certificate", "usp-fingerprint"],
    drive: (bench) =>
      withCertificate(bench, async ({ certificate, path, reply }) => {
        if (path === undefined)
          throw new Inconclusive("precondition", `adding a certificate: the agent gave ${reply.summary.value}`);
        const args = { FingerprintAlgorithm: "SHA-256" };
        return { certificate, told: await bench.controller.operate(`${path}GetFingerprint()`, args) };
      }),
    *judge({ certificate, told }) {
      const seen = told.at(`${RESULT}/req_output_args/output_args/Fingerprint`);
      const expected = plain(certificate.fingerprint256) ?? "";
      yield same("TP-469:9.2#fingerprint", { value: plain(seen.value), where: seen.where }, expected);
    },
  }),
  uspCase({
    id: "usp.certificate.broken",
    title: "refuses a text that is no certificate",
    proves: ["TP-469:9.2#broken"],
    needs: ["usp-add-certificate"],
    async drive(bench) {
      const { controller } = bench;
      const before = await instancesOf(controller, CERTIFICATES);
      const reply = await controller.operate(ADD, { Alias: freshName(bench), Certificate: "assay" });
      const after = await controller.getInstances([CERTIFICATES], true);
      const more = instancesIn(after).filter((path) => !before.includes(path));
      for (const path of more) await tidily(() => controller.operate(`${path}Delete()`));
      return { reply, more, where: after.summary.where };
    },
    *judge({ reply, more, where }) {
      const failure = reply.kind === "error" ? reply.errorCode : reply.at(FAILURE);
      yield present("TP-469:9.2#broken", { ...failure, where: reply.summary.where }, "a failure");
      yield sameSet("TP-469:9.2#broken", { value: more, where }, []);
    },
  }),
];

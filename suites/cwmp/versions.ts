import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { same } from "../../harness/core/finding.ts";
import { CWMP_PREFIX } from "../../harness/wire/soap.ts";
import { showAlive } from "../support/alive.ts";
import { afterOwnRequests, askHarmless, harmlessName, told } from "../support/sessions.ts";

export const versionsCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.versions.reverts-to-1-0",
    title: "speaks CWMP 1.0 for the rest of a session with an ACS of 1.0",
    proves: ["TR-069:3.7.1.1#reverts-to-1-0"],
    references: ["SES-029"],
    async drive(bench) {
      const { acs, phone } = bench;
      await showAlive(bench);
      const session = await acs.contact();
      const options = { speech: { namespace: "cwmp-1-0" } } as const;
      await afterOwnRequests(session, await session.informResponse(options));
      const reply = await askHarmless(session, phone, options);
      await session.end();
      return { reply, name: harmlessName(phone) };
    },
    *judge({ reply, name }) {
      yield told("TR-069:3.7.1.1#reverts-to-1-0", reply, name);
      const namespace = reply.exchange?.request.envelope?.cwmpNamespace;
      yield same("TR-069:3.7.1.1#reverts-to-1-0", { value: namespace, where: reply.summary.where }, `${CWMP_PREFIX}1-0`);
    },
  }),
  cwmpCase({
    id: "cwmp.versions.other-minor-version",
    title: "works with an ACS of another minor version",
    proves: ["TR-069:3.7.1.1#other-minor-version"],
    references: ["SES-030"],
    async drive(bench) {
      const { acs, phone } = bench;
      await showAlive(bench);
      const replies: Reply[] = [];
      for (const namespace of ["cwmp-1-1", "cwmp-1-2"] as const) {
        const session = await acs.contact();
        if (session.inform.request.envelope?.cwmpNamespace === `${CWMP_PREFIX}1-0`) {
          await session.end();
          throw new Inconclusive("precondition", "the phone speaks CWMP 1.0, which the ACS then has to speak, too");
        }
        const options = { speech: { namespace } };
        await afterOwnRequests(session, await session.informResponse(options));
        replies.push(await askHarmless(session, phone, options));
        await session.end();
      }
      return { replies, name: harmlessName(phone) };
    },
    *judge({ replies, name }) {
      for (const reply of replies) yield told("TR-069:3.7.1.1#other-minor-version", reply, name);
    },
  }),
];

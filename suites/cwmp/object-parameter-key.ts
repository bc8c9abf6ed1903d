import { parameterValue } from "../../harness/acs/read.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { same } from "../../harness/core/finding.ts";
import { type Created, deletingCreated } from "../support/objects.ts";
import { currentValue, demand } from "../support/steps.ts";

const needs = ["add-delete-object"] as const;

/** ParameterKey before and after a request that carries the key `sent`, which is another one than before. */
function keyAround(
  bench: CwmpBench,
  ask: (key: string, session: Session, table: string, created: Created) => Promise<Reply>,
  { method, taken }: { readonly method: string; readonly taken: boolean },
) {
  return deletingCreated(bench, async (session, created) => {
    const name = bench.phone.path("ManagementServer.ParameterKey");
    const { path: table } = bench.phone.values.table;
    // A first object, so that the key is not empty and there is something to delete.
    await created.add(session, table, "assay-before");
    const before = await currentValue(session, name);
    const sent = before === "assay-sent" ? "assay-other" : "assay-sent";
    const reply = await ask(sent, session, table, created);
    if (taken) demand(reply, method, `${method} with a ParameterKey`);
    else if (reply.kind !== "fault")
      throw new Inconclusive("precondition", `${method} for an unknown object: the phone gave ${reply.summary.value}`);
    return { before, sent, seen: parameterValue(await session.getParameterValues([name]), name) };
  });
}

export const objectParameterKeyCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.add-object.parameter-key",
    title: "sets ParameterKey with an AddObject that succeeds",
    proves: ["TR-069:A.3.2.6#parameter-key"],
    references: ["ADD-003"],
    needs,
    drive: (bench) =>
      keyAround(
        bench,
        async (key, session, table, created) => {
          const reply = await session.addObject(table, key);
          created.note(table, reply);
          return reply;
        },
        { method: "AddObject", taken: true },
      ),
    *judge({ sent, seen }) {
      yield same("TR-069:A.3.2.6#parameter-key", seen, sent);
    },
  }),
  cwmpCase({
    id: "cwmp.add-object.parameter-key-kept",
    title: "keeps ParameterKey when an AddObject fails",
    proves: ["TR-069:A.3.2.6#parameter-key-kept"],
    references: ["ADD-003"],
    needs,
    drive: (bench) =>
      keyAround(bench, (key, session) => session.addObject(bench.phone.path("X_NoSuchObject."), key), {
        method: "AddObject",
        taken: false,
      }),
    *judge({ before, seen }) {
      yield same("TR-069:A.3.2.6#parameter-key-kept", seen, before);
    },
  }),
  cwmpCase({
    id: "cwmp.delete-object.parameter-key",
    title: "sets ParameterKey with a DeleteObject that succeeds",
    proves: ["TR-069:A.3.2.7#parameter-key"],
    references: ["DEL-006"],
    needs,
    drive: (bench) =>
      keyAround(
        bench,
        async (key, session, table, created) => session.deleteObject(await created.add(session, table, "assay-before"), key),
        { method: "DeleteObject", taken: true },
      ),
    *judge({ sent, seen }) {
      yield same("TR-069:A.3.2.7#parameter-key", seen, sent);
    },
  }),
  cwmpCase({
    id: "cwmp.delete-object.parameter-key-kept",
    title: "keeps ParameterKey when a DeleteObject fails",
    proves: ["TR-069:A.3.2.7#parameter-key-kept"],
    references: ["DEL-006"],
    needs,
    drive: (bench) =>
      keyAround(bench, (key, session) => session.deleteObject(bench.phone.path("X_NoSuchObject.1."), key), {
        method: "DeleteObject",
        taken: false,
      }),
    *judge({ before, seen }) {
      yield same("TR-069:A.3.2.7#parameter-key-kept", seen, before);
    },
  }),
];

import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { faults } from "../support/answers.ts";
import { deletingCreated } from "../support/objects.ts";

/** How many instances are created in search of a limit that the profile does not tell. */
const UNKNOWN_LIMIT = 64;

/** After all other cases on objects: a phone that cannot delete is left with a full table. */
export const objectLimitCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.add-object.exhaustion",
    title: "answers AddObject with fault 9004 when no more objects fit",
    proves: ["TR-069:A.3.2.6#exhaustion"],
    references: ["ADD-008"],
    needs: ["add-delete-object"],
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table, max } = bench.phone.values.table;
        let reply = await session.addObject(table);
        let fitted = created.note(table, reply);
        if (reply.kind === "response" && fitted === undefined)
          throw new Inconclusive("precondition", `AddObject of ${table} gave no usable instance number`);
        for (let count = 1; fitted !== undefined && count <= (max ?? UNKNOWN_LIMIT); count += 1) {
          reply = await session.addObject(table);
          fitted = created.note(table, reply);
        }
        if (max === undefined && reply.kind === "response")
          throw new Inconclusive(
            "precondition",
            `${UNKNOWN_LIMIT} instances fit, and the profile does not say how many do (values.table.max)`,
          );
        return reply;
      }),
    *judge(reply) {
      yield faults("TR-069:A.3.2.6#exhaustion", reply, 9004);
    },
  }),
];

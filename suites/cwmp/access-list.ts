import { parameterValue } from "../../harness/acs/read.ts";
import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, same, sameSet } from "../../harness/core/finding.ts";
import { inResponse } from "../support/answers.ts";
import {
  accessListOf,
  attributesOf,
  keepingAttributes,
  ordinaryParameter,
  setAndRead,
  setFlagged,
  taken,
} from "../support/attributes.ts";
import { withLocal } from "../support/local.ts";
import { currentValue, demand } from "../support/steps.ts";
import { readOnlyOf } from "../support/targets.ts";

const METHOD = "SetParameterAttributes";
const SUBSCRIBER = "Subscriber";

/** The parameter's AccessList is then `expected`. */
function* lists(requirement: string, read: Reply, name: string, expected: readonly string[]): Iterable<Finding> {
  yield* inResponse(requirement, read, "GetParameterAttributes", function* () {
    yield sameSet(requirement, accessListOf(read, name), expected);
  });
}

/** Empties an AccessList and fills it again: what either of the two finds was not there before. */
async function emptyAndFill(bench: CwmpBench, name: string) {
  return keepingAttributes(bench, [name], async (session) => ({
    name,
    emptied: await setAndRead(session, [{ name, accessList: [] }], [name]),
    filled: await setAndRead(session, [{ name, accessList: [SUBSCRIBER] }], [name]),
  }));
}

function* emptiedAndFilled(
  requirement: string,
  { name, emptied, filled }: Awaited<ReturnType<typeof emptyAndFill>>,
): Iterable<Finding> {
  yield taken(requirement, emptied);
  yield* lists(requirement, emptied.read, name, []);
  yield taken(requirement, filled);
  yield* lists(requirement, filled.read, name, [SUBSCRIBER]);
}

export const accessListCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.access-list.set",
    title: "takes an AccessList, empty or not, and gives it back",
    proves: ["TR-069:A.3.2.4#access-list"],
    references: ["SPA-001"],
    drive: (bench) => emptyAndFill(bench, ordinaryParameter(bench.phone)),
    *judge(seen) {
      yield* emptiedAndFilled("TR-069:A.3.2.4#access-list", seen);
    },
  }),
  cwmpCase({
    id: "cwmp.access-list.read-only",
    title: "takes an AccessList also for a read-only parameter, and gives it back",
    proves: ["TR-069:A.3.2.4#access-list-read-only"],
    references: ["SPA-009"],
    drive: (bench) => emptyAndFill(bench, readOnlyOf(bench.phone)),
    *judge(seen) {
      yield* emptiedAndFilled("TR-069:A.3.2.4#access-list-read-only", seen);
    },
  }),
  cwmpCase({
    id: "cwmp.access-list.change-flag",
    title: "leaves the AccessList alone when AccessListChange is false",
    proves: ["TR-069:A.3.2.4#access-list-change"],
    references: ["SPA-002"],
    drive(bench) {
      const name = ordinaryParameter(bench.phone);
      return keepingAttributes(bench, [name], async (session, before) => {
        const was = before.get(name)?.accessList ?? [];
        const accessList = was.length === 0 ? [SUBSCRIBER] : [];
        const unchanging = {
          notificationChange: false,
          notification: before.get(name)?.notification ?? 0,
          accessListChange: false,
        };
        const set = await setFlagged(bench.acs, session, { name, ...unchanging, accessList });
        return { name, was, set, read: await session.getParameterAttributes([name]) };
      });
    },
    *judge({ name, was, set, read }) {
      yield taken("TR-069:A.3.2.4#access-list-change", { set, read });
      yield* lists("TR-069:A.3.2.4#access-list-change", read, name, was);
    },
  }),
  cwmpCase({
    id: "cwmp.access-list.unknown-entity",
    title: "ignores an entity in an AccessList that it does not know, and takes the others",
    proves: ["TR-069:A.3.2.4#unknown-entity"],
    references: ["SPA-010"],
    drive(bench) {
      const name = ordinaryParameter(bench.phone);
      return keepingAttributes(bench, [name], async (session) => {
        demand(await session.setParameterAttributes([{ name, accessList: [] }]), METHOD, "emptying an AccessList");
        return { name, ...(await setAndRead(session, [{ name, accessList: [SUBSCRIBER, "X_000000_Nobody"] }], [name])) };
      });
    },
    // Whether the entity is kept, and given back, is left to the phone.
    *judge({ name, set, read }) {
      yield taken("TR-069:A.3.2.4#unknown-entity", { set, read });
      const { value, where } = accessListOf(read, name);
      yield holds("TR-069:A.3.2.4#unknown-entity", value?.includes(SUBSCRIBER) === true, {
        expected: `an AccessList with ${SUBSCRIBER}`,
        actual: value === undefined ? read.summary.value : value.join(", ") || "an empty list",
        where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.access-list.enforced",
    title: "keeps its user from changing a parameter whose AccessList is empty",
    proves: ["TR-069:A.3.2.4#access-list-enforced"],
    references: ["SPA-011"],
    needs: ["local-change"],
    drive(bench) {
      const { acs } = bench;
      return withLocal(bench, 0, async ({ name, before, change }) => {
        const grant = async (accessList: readonly string[]): Promise<void> => {
          const session = await acs.session();
          demand(await session.setParameterAttributes([{ name, accessList }]), METHOD, `setting the AccessList of ${name}`);
          const kept = (await attributesOf(session, [name])).get(name)?.accessList;
          await session.end();
          if (kept?.includes(SUBSCRIBER) !== accessList.includes(SUBSCRIBER))
            throw new Inconclusive("precondition", `the phone has not taken the AccessList that was set for ${name}`);
        };
        await grant([]);
        await change().catch((refusal: unknown) => {
          // Refused is what the change has to be; whether it was shows in the value.
          if (!(refusal instanceof Inconclusive)) throw refusal;
        });
        const session = await acs.session();
        const reply = await session.getParameterValues([name]);
        await session.end();
        await grant([SUBSCRIBER]);
        await change();
        const control = await acs.session();
        const changed = (await currentValue(control, name)) !== before;
        await control.end();
        if (!changed)
          throw new Inconclusive("control-failed", `${name} cannot be changed at the phone with ${SUBSCRIBER} in its AccessList`);
        return { before, seen: parameterValue(reply, name) };
      });
    },
    *judge({ before, seen }) {
      yield same("TR-069:A.3.2.4#access-list-enforced", seen, before);
    },
  }),
];

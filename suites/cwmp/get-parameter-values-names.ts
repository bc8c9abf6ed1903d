import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import type { Phone } from "../../harness/phone/phone.ts";
import { faults } from "../support/answers.ts";
import { showReading } from "../support/model.ts";
import { deletingCreated } from "../support/objects.ts";
import { inSession } from "../support/stage.ts";
import { demand } from "../support/steps.ts";
import { otherCase } from "../support/targets.ts";

interface BadNames {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references: readonly string[];
  /** Each list is asked for in a request of its own. */
  lists(phone: Phone): readonly (readonly string[])[];
}

/** A case that asks for names of one kind that a phone has to refuse, and first for one that it has to answer. */
function badNames({ requirement, lists, ...known }: BadNames): AnyCase<CwmpBench> {
  return cwmpCase({
    ...known,
    proves: [requirement],
    drive: (bench) =>
      inSession(bench, async (session) => {
        await showReading(session, bench.phone);
        return askEach(session, lists(bench.phone));
      }),
    *judge(replies) {
      // A.3.2.2 wants 9005 in place of the more general 9003.
      for (const reply of replies) yield faults(requirement, reply, 9005);
    },
  });
}

async function askEach(session: Session, lists: readonly (readonly string[])[]): Promise<readonly Reply[]> {
  const replies: Reply[] = [];
  for (const names of lists) replies.push(await session.getParameterValues(names));
  return replies;
}

export const getParameterValuesNameCases: readonly AnyCase<CwmpBench>[] = [
  badNames({
    id: "cwmp.get-parameter-values.unknown-name",
    title: "refuses to read what is not in its data model, with fault 9005",
    requirement: "TR-069:A.3.2.2#unknown-name",
    references: ["GPV-006"],
    lists: (phone) => [[phone.path("ManagementServer.NoSuchParameter")], [phone.path("NoSuchObject.")]],
  }),
  badNames({
    id: "cwmp.get-parameter-values.bad-among-good",
    title: "refuses to read anything when one of the names is unknown, with fault 9005",
    requirement: "TR-069:A.3.2.2#bad-among-good",
    references: ["GPV-007"],
    lists(phone) {
      const good = ["DeviceInfo.SoftwareVersion", "ManagementServer.URL"].map((name) => phone.path(name));
      const bad = phone.path("ManagementServer.NoSuchParameter");
      return [
        [...good, bad],
        [bad, ...good],
      ];
    },
  }),
  badNames({
    id: "cwmp.get-parameter-values.object-without-dot",
    title: "refuses to read an object named without its dot, with fault 9005",
    requirement: "TR-069:A.3.2.2#object-without-dot",
    references: ["GPV-007"],
    lists: (phone) => [[phone.path("ManagementServer")]],
  }),
  badNames({
    id: "cwmp.get-parameter-values.parameter-with-dot",
    title: "refuses to read a parameter named with a dot at its end, with fault 9005",
    requirement: "TR-069:A.3.2.2#parameter-with-dot",
    references: ["GPV-007"],
    lists: (phone) => [[phone.path("ManagementServer.URL.")]],
  }),
  badNames({
    id: "cwmp.get-parameter-values.case",
    title: "refuses to read a name in another case, with fault 9005",
    requirement: "TR-069:A.3.2.2#case",
    references: ["GPV-015"],
    lists: (phone) => [[otherCase(phone.path("ManagementServer.URL"))], [otherCase(phone.path("ManagementServer."))]],
  }),
  cwmpCase({
    id: "cwmp.get-parameter-values.deleted-instance",
    title: "refuses to read an instance that was deleted, with fault 9005",
    proves: ["TR-069:A.3.2.2#deleted-instance"],
    references: ["GPV-014"],
    needs: ["add-delete-object"],
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const instance = await created.add(session, bench.phone.values.table.path);
        demand(await session.getParameterValues([instance]), "GetParameterValues", `reading ${instance}, which was just created`);
        await created.remove(session, instance);
        return session.getParameterValues([instance]);
      }),
    *judge(reply) {
      yield faults("TR-069:A.3.2.2#deleted-instance", reply, 9005);
    },
  }),
];

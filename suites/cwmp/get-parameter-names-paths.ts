import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import type { FeatureName } from "../../harness/phone/features.ts";
import type { Phone } from "../../harness/phone/phone.ts";
import { faults } from "../support/answers.ts";
import { showNaming } from "../support/model.ts";
import { inSession } from "../support/stage.ts";
import { otherCase } from "../support/targets.ts";

interface BadPath {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references: readonly string[];
  readonly needs?: readonly FeatureName[];
  /** Default: no. */
  readonly nextLevel?: boolean;
  /** Default: 9005, which A.3.2.3 wants in place of the more general 9003. */
  readonly codes?: readonly number[];
  paths(phone: Phone): readonly string[];
}

/** A case that asks for paths of one kind that a phone has to refuse, and first for one that it has to answer. */
function badPath({ codes = [9005], nextLevel = false, requirement, paths, ...known }: BadPath): AnyCase<CwmpBench> {
  return cwmpCase({
    ...known,
    proves: [requirement],
    drive: (bench) =>
      inSession(bench, async (session) => {
        await showNaming(session, bench.phone);
        const replies: Reply[] = [];
        for (const path of paths(bench.phone)) replies.push(await session.getParameterNames(path, nextLevel));
        return replies;
      }),
    *judge(replies) {
      for (const reply of replies) yield faults(requirement, reply, ...codes);
    },
  });
}

export const getParameterNamesPathCases: readonly AnyCase<CwmpBench>[] = [
  badPath({
    id: "cwmp.get-parameter-names.unknown-path",
    title: "refuses to list what is not in its data model, with fault 9005",
    requirement: "TR-069:A.3.2.3#unknown-path",
    references: ["GPN-009"],
    paths: (phone) => [phone.path("NoSuchObject."), phone.path("ManagementServer.NoSuchParameter")],
  }),
  badPath({
    id: "cwmp.get-parameter-names.object-without-dot",
    title: "refuses to list an object named without its dot, with fault 9005",
    requirement: "TR-069:A.3.2.3#object-without-dot",
    references: ["GPN-010"],
    paths: (phone) => [phone.path("ManagementServer")],
  }),
  badPath({
    id: "cwmp.get-parameter-names.parameter-with-dot",
    title: "refuses to list a parameter named with a dot at its end, with fault 9005",
    requirement: "TR-069:A.3.2.3#parameter-with-dot",
    references: ["GPN-011"],
    paths: (phone) => [phone.path("ManagementServer.URL.")],
  }),
  badPath({
    id: "cwmp.get-parameter-names.missing-instance",
    title: "refuses to list an instance that is not there, with fault 9005",
    requirement: "TR-069:A.3.2.3#missing-instance",
    references: ["GPN-012"],
    needs: ["add-delete-object"],
    paths: ({ values }) => [`${values.table.path}987654.`],
  }),
  badPath({
    id: "cwmp.get-parameter-names.case",
    title: "refuses to list a path in another case, with fault 9005",
    requirement: "TR-069:A.3.2.3#case",
    references: ["GPN-013"],
    paths: (phone) => [otherCase(phone.path("ManagementServer.URL")), otherCase(phone.path("ManagementServer."))],
  }),
  badPath({
    id: "cwmp.get-parameter-names.over-long-path",
    title: "refuses to list a path of over 256 characters, with fault 9003 or 9005",
    requirement: "TR-069:A.2.1#over-long-path",
    references: ["GPN-021"],
    // A.2.1 lets a recipient refuse over-long strings as such, with 9003; a path that does not exist it is as well.
    codes: [9003, 9005],
    paths: (phone) => [phone.path(`${"NoSuchObject.".repeat(23)}`)],
  }),
  badPath({
    id: "cwmp.get-parameter-names.parameter-next-level",
    title: "refuses NextLevel true for a parameter, with fault 9003",
    requirement: "TR-069:A.3.2.3#parameter-next-level",
    references: ["GPN-008"],
    codes: [9003],
    nextLevel: true,
    paths: (phone) => [phone.path("ManagementServer.URL")],
  }),
];

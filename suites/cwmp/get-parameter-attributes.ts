import { type ParameterAttribute, parameterAttributeList, parameterNameList } from "../../harness/acs/read.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, sameSet } from "../../harness/core/finding.ts";
import type { Phone } from "../../harness/phone/phone.ts";
import { each, faults, inResponse } from "../support/answers.ts";
import { attributesOf, ordinaryParameter } from "../support/attributes.ts";
import { isObject, parametersAmong, passing } from "../support/model.ts";
import { inSession } from "../support/stage.ts";
import { demand } from "../support/steps.ts";
import { objectOf } from "../support/targets.ts";

const METHOD = "GetParameterAttributes";

/** Two parameters whose attributes every phone can tell. */
const known = (phone: Phone): readonly string[] => [phone.path("DeviceInfo.SoftwareVersion"), ordinaryParameter(phone)];

/** The names in the response, repetitions included. */
const namesIn = (reply: Reply) => ({
  value: parameterAttributeList(reply).map(({ name }) => name),
  where: reply.at(`${METHOD}Response/ParameterList`).where,
});

/** The full names that the response has. */
function fullNamesIn(reply: Reply) {
  const { value, where } = namesIn(reply);
  return { value: value.filter((name) => !isObject(name)), where };
}

/** Asks for the attributes below a path, and before for the names there to compare with. */
async function askBelow(session: Session, phone: Phone, listed: string, path: string) {
  const names = await session.getParameterNames(listed, false);
  demand(names, "GetParameterNames", `listing ${listed}`);
  const expected = parametersAmong(parameterNameList(names).map(({ name }) => name));
  if (expected.length === 0) throw new Inconclusive("precondition", `no parameter was listed below ${listed}`);
  const reply = await session.getParameterAttributes([path]);
  return { expected, reply, passing: passing([...expected, ...namesIn(reply).value], phone) };
}

/** That the response has the parameters expected, each once; such as come and go by themselves may be in either list. */
function complete(requirement: string, { expected, reply, passing: ignored }: Awaited<ReturnType<typeof askBelow>>): Finding {
  const { value, where } = fullNamesIn(reply);
  const steady = (names: readonly string[]) => names.filter((name) => !ignored.includes(name));
  return sameSet(requirement, { value: steady(value), where }, steady(expected));
}

/** What `check` misses in the attributes of each parameter of a response that has some. */
function* everyParameter(
  requirement: string,
  reply: Reply,
  wanted: string,
  check: (attribute: ParameterAttribute) => string | undefined,
): Iterable<Finding> {
  yield* inResponse(requirement, reply, METHOD, function* () {
    const list = parameterAttributeList(reply);
    const { where } = namesIn(reply);
    if (list.length === 0) yield holds(requirement, false, { expected: "some parameters", actual: "none", where });
    else
      yield* each(requirement, list, { value: `${wanted} for each of ${list.length} parameters`, where }, (attribute) => {
        const actual = check(attribute);
        return actual === undefined
          ? undefined
          : { expected: wanted, actual: `${actual} for ${attribute.name}`, where: attribute.where };
      });
  });
}

export const getParameterAttributesCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.get-parameter-attributes.named-parameters",
    title: "tells the attributes of each parameter that it is asked for, and of no other",
    proves: ["TR-069:A.3.2.5#named-parameters"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const names = known(bench.phone);
        return { names, reply: await session.getParameterAttributes(names) };
      }),
    *judge({ names, reply }) {
      yield* inResponse("TR-069:A.3.2.5#named-parameters", reply, METHOD, function* () {
        yield sameSet("TR-069:A.3.2.5#named-parameters", namesIn(reply), names);
      });
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-attributes.notification",
    title: "gives a Notification of 0, 1 or 2 for every parameter",
    proves: ["TR-069:A.3.2.5#notification"],
    references: ["GPA-001"],
    drive: (bench) => inSession(bench, (session) => session.getParameterAttributes([bench.phone.path("DeviceInfo.")])),
    // Which of them a parameter starts with is free: 0 is only recommended, and Snom phones start with 1 where a user can write.
    *judge(reply) {
      yield* everyParameter("TR-069:A.3.2.5#notification", reply, "0, 1 or 2", ({ notification }) =>
        [0, 1, 2].includes(notification ?? -1) ? undefined : String(notification ?? "no number"),
      );
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-attributes.access-list",
    title: "lists Subscriber in the AccessList of its parameters",
    proves: ["TR-069:A.3.2.5#default-access-list"],
    references: ["GPA-001"],
    drive: (bench) => inSession(bench, (session) => session.getParameterAttributes([bench.phone.path("DeviceInfo.")])),
    // A recommendation for parameters whose list no ACS has changed yet; the cases put back what they change.
    *judge(reply) {
      yield* everyParameter("TR-069:A.3.2.5#default-access-list", reply, "Subscriber", ({ accessList }) =>
        accessList.includes("Subscriber") ? undefined : accessList.join(", ") || "an empty list",
      );
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-attributes.partial-path",
    title: "answers a partial path with all parameters below it, by their full names",
    proves: ["TR-069:A.3.2.5#partial-path", "TR-069:A.3.2.5#full-names"],
    references: ["GPA-002"],
    drive: (bench) => inSession(bench, (session) => askBelow(session, bench.phone, objectOf(bench.phone), objectOf(bench.phone))),
    *judge(asked) {
      yield* inResponse("TR-069:A.3.2.5#partial-path", asked.reply, METHOD, function* () {
        yield complete("TR-069:A.3.2.5#partial-path", asked);
        const { value, where } = namesIn(asked.reply);
        const partial = value.find(isObject);
        yield holds("TR-069:A.3.2.5#full-names", partial === undefined, {
          expected: "no partial path",
          actual: partial ?? "full names only",
          where,
        });
      });
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-attributes.whole-tree",
    title: "answers the empty path with the attributes of all its parameters",
    proves: ["TR-069:A.3.2.5#empty-path"],
    drive: (bench) => inSession(bench, (session) => askBelow(session, bench.phone, bench.phone.root, "")),
    *judge(asked) {
      yield* inResponse("TR-069:A.3.2.5#empty-path", asked.reply, METHOD, function* () {
        yield complete("TR-069:A.3.2.5#empty-path", asked);
      });
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-attributes.unknown-name",
    title: "answers a name outside its data model with fault 9005, also among known ones",
    proves: ["TR-069:A.3.2.5#unknown-name"],
    references: ["GPA-003"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const good = bench.phone.path("DeviceInfo.SoftwareVersion");
        const bad = bench.phone.path("DeviceInfo.X_NoSuchParameter");
        await attributesOf(session, [good]);
        return [await session.getParameterAttributes([bad]), await session.getParameterAttributes([good, bad])];
      }),
    *judge(replies) {
      for (const reply of replies) yield faults("TR-069:A.3.2.5#unknown-name", reply, 9005);
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-attributes.unknown-object",
    title: "answers a partial path outside its data model with fault 9005",
    proves: ["TR-069:A.3.2.5#unknown-object"],
    references: ["GPA-003"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        await attributesOf(session, [bench.phone.path("DeviceInfo.SoftwareVersion")]);
        return session.getParameterAttributes([bench.phone.path("X_NoSuchObject.")]);
      }),
    *judge(reply) {
      yield faults("TR-069:A.3.2.5#unknown-object", reply, 9005);
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-attributes.empty-object",
    title: "answers the path of an object without parameters with an empty list",
    proves: ["TR-069:A.3.2.5#empty-object"],
    references: ["GPA-004"],
    needs: ["empty-table"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        await attributesOf(session, [bench.phone.path("DeviceInfo.SoftwareVersion")]);
        return session.getParameterAttributes([bench.phone.values.emptyTable.path]);
      }),
    *judge(reply) {
      yield* inResponse("TR-069:A.3.2.5#empty-object", reply, METHOD, function* () {
        yield sameSet("TR-069:A.3.2.5#empty-object", namesIn(reply), []);
      });
    },
  }),
];

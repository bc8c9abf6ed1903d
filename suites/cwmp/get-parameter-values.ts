import { informValue, parameterValue } from "../../harness/acs/read.ts";
import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds, present, same, sameSet } from "../../harness/core/finding.ts";
import { inResponse, notTooLarge } from "../support/answers.ts";
import { batches, isUnder, parametersAmong, passing, spread, valueNamesIn, wholeModel } from "../support/model.ts";
import { inSession } from "../support/stage.ts";
import { objectOf } from "../support/targets.ts";

/** Octets that a request of GetParameterValues with this many octets of names may have, for all of it to stay below 32 kilobytes. */
const LARGE = 30_000;

/** Values that were asked for: the names that have to come, and those that nobody can foretell. */
interface Reading {
  readonly reply: Reply;
  readonly expected: readonly string[];
  readonly passing: readonly string[];
}

const reading = ({ phone }: CwmpBench, reply: Reply, expected: readonly string[]): Reading => ({
  reply,
  expected,
  passing: passing([...expected, ...(valueNamesIn(reply).value ?? [])], phone),
});

/** That a reply has the values that were asked for, and no others. A name may come twice when it was asked for twice (Table 16). */
function* gives(requirement: string, { reply, expected, passing }: Reading): Iterable<Finding> {
  yield* inResponse(requirement, reply, "GetParameterValues", function* () {
    const { value = [], where } = valueNamesIn(reply);
    const lasting = (names: readonly string[]) => names.filter((name) => !passing.includes(name));
    yield sameSet(requirement, { value: lasting(value), where }, lasting(expected));
  });
}

/** Asks for `names` in a session that has told what parameters there are. */
const ask = (
  bench: CwmpBench,
  choose: (parameters: readonly string[]) => { names: readonly string[]; expected: readonly string[] },
): Promise<Reading> =>
  inSession(bench, async (session) => {
    const model = await wholeModel(session, bench.phone);
    const { names, expected } = choose(parametersAmong(model));
    return reading(bench, await session.getParameterValues(names), expected);
  });

export const getParameterValuesCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.get-parameter-values.one",
    title: "gives the value of a parameter, the same as in its Inform",
    proves: ["TR-069:A.3.2.2#one"],
    references: ["GPV-001"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const name = bench.phone.path("DeviceInfo.SoftwareVersion");
        const reply = await session.getParameterValues([name]);
        return { name, informed: informValue(session.inform, name), asked: reading(bench, reply, [name]) };
      }),
    *judge({ name, informed, asked }) {
      yield* gives("TR-069:A.3.2.2#one", asked);
      // SoftwareVersion is in every Inform; where it is missing, that is the business of the rules for the Inform.
      const seen = parameterValue(asked.reply, name);
      if (informed.value === undefined) yield present("TR-069:A.3.2.2#one", seen, `a value of ${name}`);
      else yield same("TR-069:A.3.2.2#one", seen, informed.value);
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-values.several",
    title: "gives all of several parameters that it is asked for at once",
    proves: ["TR-069:A.3.2.2#all-requested"],
    references: ["GPV-002"],
    drive: (bench) =>
      ask(bench, (parameters) => {
        const names = spread(parameters, 10);
        return { names, expected: names };
      }),
    *judge(several) {
      yield* gives("TR-069:A.3.2.2#all-requested", several);
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-values.partial-path",
    title: "gives all parameters below a partial path",
    proves: ["TR-069:A.3.2.2#partial-path"],
    references: ["GPV-003"],
    drive(bench) {
      const path = objectOf(bench.phone);
      return ask(bench, (parameters) => ({ names: [path], expected: parameters.filter((name) => isUnder(name, path)) }));
    },
    *judge(branch) {
      yield* gives("TR-069:A.3.2.2#partial-path", branch);
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-values.empty-name",
    title: "gives every parameter that it has for the empty name",
    proves: ["TR-069:A.3.2.2#everything"],
    references: ["GPV-004"],
    drive: (bench) => ask(bench, (parameters) => ({ names: [""], expected: parameters })),
    *judge(everything) {
      yield* gives("TR-069:A.3.2.2#everything", everything);
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-values.overlapping",
    title: "gives the union of names and partial paths that overlap",
    proves: ["TR-069:A.3.2.2#overlapping"],
    references: ["GPV-005"],
    drive(bench) {
      const { phone } = bench;
      const path = objectOf(phone);
      return ask(bench, (parameters) => {
        const below = parameters.filter((name) => isUnder(name, path));
        const apart = phone.path("DeviceInfo.SoftwareVersion");
        return { names: [path, ...below.slice(0, 1), apart, apart], expected: [...new Set([...below, apart])] };
      });
    },
    *judge(union) {
      yield* gives("TR-069:A.3.2.2#overlapping", union);
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-values.empty-object",
    title: "gives nothing, and no fault, for an object with nothing in it",
    // TR-069 says so for GetParameterAttributes only; but by A.3.2.2 the name of an object that is there is valid, so no fault fits.
    proves: ["TR-069:A.3.2.2#empty-object"],
    references: ["GPV-010"],
    needs: ["empty-table"],
    drive: (bench) =>
      inSession(bench, async (session) =>
        reading(bench, await session.getParameterValues([bench.phone.values.emptyTable.path]), []),
      ),
    *judge(nothing) {
      yield* gives("TR-069:A.3.2.2#empty-object", nothing);
      const list = nothing.reply.at("GetParameterValuesResponse/ParameterList");
      yield present("TR-069:A.3.2.2#empty-object", list, "a ParameterList, with nothing in it");
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-values.large-request",
    title: "answers a request of nearly 32 kilobytes",
    proves: ["TR-069:3.5#large-request"],
    references: ["GPV-012"],
    drive: (bench) =>
      ask(bench, (parameters) => {
        // A small data model does not fill a request: then its names are asked for again and again, which A.3.2.2 allows.
        const often = Array.from({ length: Math.ceil(LARGE / (20 * Math.max(1, parameters.length))) }, () => parameters).flat();
        const [names = []] = batches(often, LARGE);
        return { names, expected: [...new Set(names)] };
      }),
    *judge(large) {
      yield notTooLarge(
        "TR-069:3.5#large-request",
        large.reply,
        `GetParameterValuesResponse with ${large.expected.length} values`,
      );
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-values.hidden-passwords",
    title: "gives its passwords as empty strings",
    proves: ["TR-106:3.4#hidden-passwords"],
    references: ["GPV-013"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const passwords = ["Password", "ConnectionRequestPassword", "STUNPassword"].map((name) =>
          bench.phone.path(`ManagementServer.${name}`),
        );
        const names = passwords.filter((name) => bench.phone.has(name));
        if (names.length === 0) throw new Inconclusive("precondition", `the phone lists none of ${few(passwords)}`);
        return { names, reply: await session.getParameterValues(names) };
      }),
    *judge({ names, reply }) {
      for (const name of names) {
        const { value, where } = parameterValue(reply, name);
        // The value itself stays out of the finding: it may be a password.
        yield holds("TR-106:3.4#hidden-passwords", value === "", {
          expected: `an empty string for ${name}`,
          actual: value === undefined ? reply.summary.value : `${value.length} characters`,
          where,
        });
      }
    },
  }),
];

import { tag } from "../../harness/acs/messages.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds, present, sameSet } from "../../harness/core/finding.ts";
import type { Phone } from "../../harness/phone/phone.ts";
import { inResponse } from "../support/answers.ts";
import { isChild, isUnder, namesIn, objectsOf, passing, spread, undotted, wholeModel } from "../support/model.ts";
import { inSession } from "../support/stage.ts";
import { objectOf } from "../support/targets.ts";

/** An answer to GetParameterNames, what it has to list, and which names of both nobody can foretell. */
interface Listing {
  readonly reply: Reply;
  readonly expected: readonly string[];
  readonly passing: readonly string[];
}

const listing = (phone: Phone, reply: Reply, expected: readonly string[]): Listing => ({
  reply,
  expected,
  passing: passing([...expected, ...(namesIn(reply).value ?? [])], phone),
});

/** That a reply lists exactly what it has to. Dots at the end of objects are another case's business. */
function* lists(requirement: string, { reply, expected, passing }: Listing): Iterable<Finding> {
  yield* inResponse(requirement, reply, "GetParameterNames", function* () {
    const { value = [], where } = namesIn(reply);
    const lasting = (names: readonly string[]) => names.filter((name) => !passing.includes(name)).map(undotted);
    yield sameSet(requirement, { value: lasting(value), where }, [...new Set(lasting(expected))]);
  });
}

/** Asks for `path`; `choose` says what of all that the phone has it then has to list. */
const ask = (
  bench: CwmpBench,
  path: string,
  nextLevel: boolean,
  choose: (model: readonly string[]) => readonly string[],
): Promise<Listing> =>
  inSession(bench, async (session) => {
    const model = await wholeModel(session, bench.phone);
    return listing(bench.phone, await session.getParameterNames(path, nextLevel), choose(model));
  });

/** What is on the level below an object, also what only the names of others tell of: that each is listed is judged elsewhere. */
const childrenOf = (path: string) => (model: readonly string[]) =>
  [...objectsOf(model), ...model].filter((name) => isChild(name, path));

/** GetParameterNames with arguments written as a case wants them. */
const spelt = (session: Session, path: string, nextLevel: string): Promise<Reply> =>
  session.request("GetParameterNames", `${path}<NextLevel>${nextLevel}</NextLevel>`);

/** How many objects the walk over the levels visits at most: a phone may have hundreds. */
const WALK = 60;

export const getParameterNamesCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.get-parameter-names.parameter",
    title: "lists a parameter alone when asked for it",
    proves: ["TR-069:A.3.2.3#parameter-itself"],
    references: ["GPN-001"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const path = bench.phone.path("ManagementServer.URL");
        return listing(bench.phone, await session.getParameterNames(path, false), [path]);
      }),
    *judge(parameter) {
      yield* lists("TR-069:A.3.2.3#parameter-itself", parameter);
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-names.object",
    title: "lists an object and all that is below it with NextLevel false",
    proves: ["TR-069:A.3.2.3#object-and-descendants"],
    references: ["GPN-002"],
    drive(bench) {
      const path = objectOf(bench.phone);
      return ask(bench, path, false, (model) => [path, ...model.filter((name) => isUnder(name, path))]);
    },
    *judge(object) {
      yield* lists("TR-069:A.3.2.3#object-and-descendants", object);
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-names.next-level",
    title: "lists the direct children of an object with NextLevel true",
    proves: ["TR-069:A.3.2.3#next-level"],
    references: ["GPN-003"],
    drive: (bench) => ask(bench, bench.phone.root, true, childrenOf(bench.phone.root)),
    *judge(root) {
      yield* lists("TR-069:A.3.2.3#next-level", root);
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-names.empty-path-next-level",
    title: "lists only its root object for the empty path with NextLevel true",
    proves: ["TR-069:A.3.2.3#root-alone"],
    references: ["GPN-004"],
    drive: (bench) =>
      inSession(bench, async (session) => listing(bench.phone, await session.getParameterNames("", true), [bench.phone.root])),
    *judge(top) {
      yield* lists("TR-069:A.3.2.3#root-alone", top);
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-names.empty-path",
    title: "lists everything that it has for the empty path with NextLevel false",
    proves: ["TR-069:A.3.2.3#everything"],
    references: ["GPN-005"],
    drive: (bench) => ask(bench, "", false, (model) => [...new Set([bench.phone.root, ...model])]),
    *judge(everything) {
      yield* lists("TR-069:A.3.2.3#everything", everything);
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-names.empty-path-spelling",
    title: "takes an empty-element tag for the empty path",
    proves: ["XML:1.0-3.1#empty-element"],
    references: ["GPN-005"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const pair = await spelt(session, "<ParameterPath></ParameterPath>", "1");
        const names = namesIn(pair).value ?? [];
        // What a phone has to make of the empty path is judged in the cases above; here only that the spelling is the same.
        if (names.length === 0)
          throw new Inconclusive("precondition", `asked for the empty path, the phone gave: ${pair.summary.value}`);
        return listing(bench.phone, await spelt(session, "<ParameterPath/>", "1"), names);
      }),
    *judge(single) {
      yield* lists("XML:1.0-3.1#empty-element", single);
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-names.table",
    title: "lists the instances of a table with NextLevel true",
    proves: ["TR-069:A.3.2.3#instances"],
    references: ["GPN-006"],
    needs: ["fixed-table"],
    async drive(bench) {
      const { path } = bench.phone.values.fixedTable;
      return { path, table: await ask(bench, path, true, childrenOf(path)) };
    },
    *judge({ path, table }) {
      yield* lists("TR-069:A.3.2.3#instances", table);
      const { value, where } = namesIn(table.reply);
      const numbered = value?.filter((name) => isUnder(name, path) && /^[1-9]\d*\.?$/.test(name.slice(path.length)));
      yield holds(
        "TR-069:A.3.2.3#instances",
        numbered !== undefined && numbered.length > 0 && numbered.length === value?.length,
        {
          expected: `instances of ${path}, such as ${path}1., and nothing else`,
          actual: value === undefined ? table.reply.summary.value : few(value),
          where,
        },
      );
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-names.empty-object",
    title: "lists nothing, and no fault, for an empty table with NextLevel true",
    proves: ["TR-069:A.3.2.3#empty-object"],
    references: ["GPN-007"],
    needs: ["empty-table"],
    drive: (bench) => inSession(bench, (session) => session.getParameterNames(bench.phone.values.emptyTable.path, true)),
    *judge(reply) {
      yield* inResponse("TR-069:A.3.2.3#empty-object", reply, "GetParameterNames", function* () {
        yield present("TR-069:A.3.2.3#empty-object", reply.at("GetParameterNamesResponse/ParameterList"), "a ParameterList");
        yield sameSet("TR-069:A.3.2.3#empty-object", namesIn(reply), []);
      });
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-names.boolean-spellings",
    title: "takes true and false for 1 and 0",
    proves: ["TR-069:A.2.1#boolean-arguments"],
    references: ["GPN-018"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const path = tag("ParameterPath", bench.phone.path("ManagementServer."));
        const pairs = [];
        for (const [digit, word] of [
          ["1", "true"],
          ["0", "false"],
        ] as const) {
          const known = await spelt(session, path, digit);
          pairs.push({ known, same: listing(bench.phone, await spelt(session, path, word), namesIn(known).value ?? []) });
        }
        return pairs;
      }),
    *judge(pairs) {
      for (const { known, same } of pairs) {
        yield holds("TR-069:A.2.1#boolean-arguments", same.expected.length > 0, {
          expected: "the names in ManagementServer, with a digit for NextLevel",
          actual: same.expected.length > 0 ? `${same.expected.length} names` : known.summary.value,
          where: known.summary.where,
        });
        yield* lists("TR-069:A.2.1#boolean-arguments", same);
      }
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-names.level-by-level",
    title: "lists level by level what it lists at once",
    proves: ["TR-069:A.3.2.3#levels-agree"],
    references: ["GPN-019"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const model = await wholeModel(session, bench.phone);
        const steps = [];
        for (const path of spread(objectsOf(model), WALK))
          steps.push(listing(bench.phone, await session.getParameterNames(path, true), childrenOf(path)(model)));
        return steps;
      }),
    *judge(steps) {
      for (const step of steps) yield* lists("TR-069:A.3.2.3#levels-agree", step);
    },
  }),
];

import fc from "fast-check";
import { parameterValues } from "../../harness/acs/read.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, type Located, sameSet } from "../../harness/core/finding.ts";
import { inResponse } from "../support/answers.ts";
import {
  isChild,
  isObject,
  isUnder,
  namesIn,
  objectsOf,
  parametersAmong,
  passing,
  spread,
  undotted,
  valueNamesIn,
  wholeModel,
} from "../support/model.ts";
import { inSession } from "../support/stage.ts";
import { listsOf } from "./support/lists.ts";
import { heard, property } from "./support/property.ts";

/** Parameters to choose from: so few that some are asked for twice. */
const POOL = 30;

/** What the phone tells of one object in three ways. */
interface Told {
  readonly below: Reply;
  readonly next: Reply;
  readonly values: Reply;
  /** Names that come and go by themselves. */
  readonly passing: ReadonlySet<string>;
}

/** Objects with a parameter below them, those with the fewest first: they are the smaller examples. */
function pathsOf(names: readonly string[]): readonly string[] {
  const parameters = parametersAmong(names);
  const counted = objectsOf(names).map((path) => ({ path, count: parameters.filter((name) => isUnder(name, path)).length }));
  return counted
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.count - b.count)
    .map(({ path }) => path);
}

async function askedThrice(session: Session, path: string, { phone }: CwmpBench): Promise<Told> {
  const below = heard(await session.getParameterNames(path, false));
  const next = heard(await session.getParameterNames(path, true));
  const values = heard(await session.getParameterValues([path]));
  const listed = [namesIn(below), namesIn(next), valueNamesIn(values)].flatMap(({ value = [] }) => value);
  return { below, next, values, passing: new Set(passing(listed, phone)) };
}

function* judgePath(path: string, { below, next, values, passing: ignored }: Told): Iterable<Finding> {
  const [LEVELS, VALUES] = ["TR-069:A.3.2.3#levels-agree", "TR-069:A.3.2.2#partial-path"];
  const steady = (list: readonly string[] = []): readonly string[] =>
    list.filter((name) => !ignored.has(name) && name !== path).map(undotted);
  const all = namesIn(below).value ?? [];
  yield* inResponse(LEVELS, below, "GetParameterNames", () => []);
  yield* inResponse(LEVELS, next, "GetParameterNames", function* () {
    const { value, where } = namesIn(next);
    // A phone may list of an object only what is in it, or the object as well.
    const children = new Set([...all, ...objectsOf(all)].filter((name) => isChild(name, path)));
    yield sameSet(LEVELS, { value: [...new Set(steady(value))], where }, [...new Set(steady([...children]))]);
  });
  yield* inResponse(VALUES, values, "GetParameterValues", function* () {
    const { value, where } = valueNamesIn(values);
    yield sameSet(VALUES, { value: steady(value), where }, [...new Set(steady(parametersAmong(all)))]);
  });
}

/** Names asked for in groups, and each alone. */
interface Grouped {
  readonly replies: readonly Reply[];
  /** What each gave alone; a name that changes by itself is left out. */
  readonly alone: ReadonlyMap<string, string>;
}

async function aloneAndGrouped(session: Session, groups: readonly (readonly string[])[]): Promise<Grouped> {
  const names = [...new Set(groups.flat())];
  const before = await readAlone(session, names);
  const replies: Reply[] = [];
  for (const group of groups) replies.push(heard(await session.getParameterValues(group)));
  const after = await readAlone(session, names);
  return { replies, alone: new Map([...before].filter(([name, value]) => after.get(name) === value)) };
}

async function readAlone(session: Session, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  for (const name of names) {
    const value = parameterValues(heard(await session.getParameterValues([name]))).get(name);
    if (value !== undefined) values.set(name, value.value);
  }
  return values;
}

function* judgeGroups(groups: readonly (readonly string[])[], { replies, alone }: Grouped): Iterable<Finding> {
  const requirement = "TR-069:A.3.2.2#all-requested";
  for (const [index, reply] of replies.entries())
    yield* inResponse(requirement, reply, "GetParameterValues", function* () {
      const asked = [...new Set(groups[index] ?? [])];
      const values = parameterValues(reply);
      yield sameSet(requirement, valueNamesIn(reply), asked);
      for (const name of asked) {
        const [expected, seen] = [alone.get(name), values.get(name)];
        if (expected !== undefined && seen !== undefined && seen.value !== expected)
          yield holds(requirement, false, differs(name, expected, seen));
      }
      yield holds(requirement, true, { expected: "the values that each has alone", actual: "so", where: reply.summary.where });
    });
}

const differs = (name: string, expected: string, { value, where }: Located) => ({
  expected: `${name} = ${JSON.stringify(expected)}, as when it is asked for alone`,
  actual: JSON.stringify(value),
  where,
});

/** What can be asked for in any order and grouping. */
async function steadyParameters(bench: CwmpBench): Promise<readonly string[]> {
  const names = await inSession(bench, (session) => wholeModel(session, bench.phone));
  const steady = parametersAmong(names).filter((name) => !isObject(name) && !bench.phone.values.isVolatile(name));
  if (steady.length === 0) throw new Inconclusive("precondition", "every parameter of the phone changes by itself");
  return steady;
}

export const readingCases: readonly AnyCase<CwmpBench>[] = [
  property<string, Told>({
    id: "properties.reading.any-path",
    title: "gives one tree of names and values, whatever path it is asked for",
    proves: ["TR-069:A.3.2.3#levels-agree", "TR-069:A.3.2.2#partial-path"],
    share: 2,
    async stage(bench, explore) {
      const paths = pathsOf(await inSession(bench, (session) => wholeModel(session, bench.phone)));
      if (paths.length === 0) throw new Inconclusive("precondition", "the phone lists no object with parameters");
      return explore(fc.constantFrom(...paths), (path) => inSession(bench, (session) => askedThrice(session, path, bench)));
    },
    judge: judgePath,
    tell: (path) => [`GetParameterNames and GetParameterValues of ${path}`],
  }),
  property<readonly (readonly string[])[], Grouped>({
    id: "properties.reading.any-grouping",
    title: "gives each parameter the same value in whatever company it is asked for",
    proves: ["TR-069:A.3.2.2#all-requested"],
    async stage(bench, explore) {
      const name = fc.constantFrom(...spread(await steadyParameters(bench), POOL));
      return explore(listsOf(listsOf(name, 7), 2), (example) => inSession(bench, (session) => aloneAndGrouped(session, example)));
    },
    judge: judgeGroups,
    tell: (groups) => groups.map((group) => `GetParameterValues of ${group.join(", ")}`),
  }),
];

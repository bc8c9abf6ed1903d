import type { Bench, UspAgent, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds } from "../../harness/core/finding.ts";
import { inResponse } from "./support/answers.ts";
import { getResults, objectsIn } from "./support/get-results.ts";
import { SUBSCRIPTIONS } from "./support/instances.ts";
import { withSubscriptions } from "./support/making.ts";

const ALL = "TR-369:R-ARC.9";
const ONLY = "TP-469:1.46#only";
const BLANKS = "TR-369:R-ARC.9a";

type Values = Readonly<Record<string, string>>;

interface Search {
  /** Subscriptions that ought to be found, by what their parameters hold. */
  readonly expected: readonly string[];
  readonly reply: UspReply;
}

/** A number of subscriptions that expressions compare. */
interface Column {
  readonly name: string;
  /** What the numbers of `VARIED` are multiplied with. */
  readonly unit: number;
}

/** Two or more of these fit each expression below, and some do not. */
const VARIED: readonly (readonly [Enable: string, number: number])[] = [
  ["true", 5],
  ["false", 7],
  ["true", 10],
  ["false", 20],
  ["true", 40],
];

/**
 * The test plan's NotifExpiration, or, for an agent without it, TimeToLive, in numbers of seconds in which nothing ends by itself.
 * @throws Inconclusive `precondition` when the agent has neither
 */
function columnOf({ supports }: UspAgent): Column {
  if (supports(`${SUBSCRIPTIONS}1.NotifExpiration`)) return { name: "NotifExpiration", unit: 1 };
  if (supports(`${SUBSCRIPTIONS}1.TimeToLive`)) return { name: "TimeToLive", unit: 10_000 };
  throw new Inconclusive("precondition", `${SUBSCRIPTIONS}{i}. has neither NotifExpiration nor TimeToLive, and no other number`);
}

/** What a case searches for, among subscriptions that it makes. */
interface Asked {
  readonly values: readonly Values[];
  readonly expression: string;
  fits(values: Values): boolean;
}

/** A search for truth values alone. */
const byTruth = (expression: string, fits: (values: Values) => boolean) => (): Asked => ({
  values: VARIED.map(([Enable]) => ({ Enable })),
  expression,
  fits,
});

/** A search for numbers. @param expression of the column's name, and of a number of `VARIED` as it stands in that column */
const byNumber =
  (expression: (name: string, of: (number: number) => string) => string, fits: (number: number, values: Values) => boolean) =>
  (agent: UspAgent): Asked => {
    const { name, unit } = columnOf(agent);
    const inColumn = (number: number): string => String(number * unit);
    return {
      values: VARIED.map(([Enable, number]) => ({ Enable, [name]: inColumn(number) })),
      expression: expression(name, inColumn),
      fits: (values) => fits(Number(values[name]) / unit, values),
    };
  };

const VERSION = "Device.LocalAgent.SoftwareVersion";

const isOn = ({ Enable = "" }: Values): boolean => /^(?:true|1)$/.test(Enable);

/** Values of all subscriptions, by instance. */
async function subscriptions({ controller }: UspBench): Promise<ReadonlyMap<string, Values>> {
  const reply = await controller.get([SUBSCRIPTIONS]);
  if (reply.summary.value !== "GET_RESP")
    throw new Inconclusive(
      "precondition",
      `the agent does not show its subscriptions: ${reply.summary.value} (${reply.summary.where})`,
    );
  const all = new Map<string, Values>();
  for (const [path, { value = "" }] of parametersIn(reply)) {
    const cut = path.indexOf(".", SUBSCRIPTIONS.length) + 1;
    const instance = path.slice(0, cut);
    all.set(instance, { ...all.get(instance), [path.slice(cut)]: value });
  }
  return all;
}

/** Searches among subscriptions with these values, and whatever others there are. */
const searching = (bench: UspBench, { values, expression, fits }: Asked): Promise<Search> =>
  withSubscriptions(bench, values, async () => {
    const all = await subscriptions(bench);
    const expected = [...all].flatMap(([instance, held]) => (fits(held) ? instance : []));
    if (expected.length === 0)
      throw new Inconclusive("precondition", "of the subscriptions that were made, none shows the values that they were given");
    return { expected, reply: await bench.controller.get([`${SUBSCRIPTIONS}[${expression}].`]) };
  });

/** Instances that a Get found, whatever is inside them. */
const found = (reply: UspReply): readonly string[] =>
  objectsIn(getResults(reply)).map((path) => path.slice(0, path.indexOf(".", SUBSCRIPTIONS.length) + 1));

function* findsAll(requirement: string, { expected, reply }: Search): Iterable<Finding> {
  yield* inResponse(requirement, reply, "GET_RESP", function* () {
    const missing = expected.filter((path) => !found(reply).includes(path));
    const actual = missing.length === 0 ? "all of them" : `missing ${few(missing)}`;
    yield holds(requirement, missing.length === 0, {
      expected: `${expected.length} instances: ${few(expected)}`,
      actual,
      where: reply.summary.where,
    });
  });
}

function* findsOnly(requirement: string, { expected, reply }: Search): Iterable<Finding> {
  yield* inResponse(requirement, reply, "GET_RESP", function* () {
    const extra = found(reply).filter((path) => !expected.includes(path));
    const actual = extra.length === 0 ? "none" : few(extra);
    yield holds(requirement, extra.length === 0, { expected: "no other instances", actual, where: reply.summary.where });
  });
}

/** A case for an expression of numbers or truth values. */
interface Expression {
  readonly id: string;
  readonly title: string;
  readonly reference?: string;
  asks(agent: UspAgent): Asked;
}

const expressions: readonly Expression[] = [
  {
    id: "equal",
    title: "finds by == the instances whose parameter has the value",
    reference: "TP-469 1.46",
    asks: byTruth("Enable==true", isOn),
  },
  {
    id: "not-equal",
    title: "finds by != the instances whose parameter has another value",
    reference: "TP-469 1.47",
    asks: byTruth("Enable!=true", (values) => !isOn(values)),
  },
  {
    id: "greater",
    title: "finds by > the instances whose parameter is greater",
    reference: "TP-469 1.48",
    asks: byNumber(
      (name, of) => `${name}>${of(10)}`,
      (number) => number > 10,
    ),
  },
  {
    id: "less",
    title: "finds by < the instances whose parameter is less",
    reference: "TP-469 1.49",
    asks: byNumber(
      (name, of) => `${name}<${of(10)}`,
      (number) => number < 10,
    ),
  },
  {
    id: "greater-or-equal",
    title: "finds by >= the instances whose parameter is greater or equal",
    reference: "TP-469 1.50",
    asks: byNumber(
      (name, of) => `${name}>=${of(10)}`,
      (number) => number >= 10,
    ),
  },
  {
    id: "less-or-equal",
    title: "finds by <= the instances whose parameter is less or equal",
    reference: "TP-469 1.51",
    asks: byNumber(
      (name, of) => `${name}<=${of(10)}`,
      (number) => number <= 10,
    ),
  },
  {
    id: "and",
    title: "finds by && the instances that fit both parts of the expression",
    asks: byNumber(
      (name, of) => `Enable==true&&${name}>${of(5)}`,
      (number, values) => isOn(values) && number > 5,
    ),
  },
  {
    id: "by-value",
    title: "compares values, not their spelling",
    asks: byTruth("Enable==1", isOn),
  },
];

export const searchCases: readonly AnyCase<Bench>[] = [
  ...expressions.map(({ id, title, reference, asks }) =>
    uspCase({
      id: `usp.search.${id}`,
      title,
      proves: [ALL, ONLY],
      ...(reference === undefined ? {} : { references: [reference] }),
      drive: async (bench) => searching(bench, asks(bench.agent)),
      *judge(search) {
        yield* findsAll(ALL, search);
        yield* findsOnly(ONLY, search);
      },
    }),
  ),
  uspCase({
    id: "usp.search.contains",
    title: "finds by ~= the instances whose list has the item",
    proves: [ALL, ONLY],
    drive: (bench) => {
      const item = bench.agent.controllerPath;
      // The last list has an item that only begins with the one that is looked for.
      const values = [`${VERSION},${item}`, item, `${item}EndpointID`].map((ReferenceList) => ({ ReferenceList }));
      const fits = ({ ReferenceList = "" }: Values): boolean => ReferenceList.split(/\s*,\s*/).includes(item);
      return searching(bench, { values, expression: `ReferenceList~="${item}"`, fits });
    },
    *judge(search) {
      yield* findsAll(ALL, search);
      yield* findsOnly(ONLY, search);
    },
  }),
  uspCase({
    id: "usp.search.blanks",
    title: "bears blanks around the operator of a search expression",
    proves: [BLANKS],
    drive: async (bench) => {
      const asks = byNumber(
        (name, of) => `${name} > ${of(10)}`,
        (number) => number > 10,
      );
      return searching(bench, asks(bench.agent));
    },
    *judge(search) {
      yield* findsAll(BLANKS, search);
    },
  }),
];

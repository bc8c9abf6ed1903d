import fc from "fast-check";
import { type ParameterAttribute, parameterAttributes, parameterNames } from "../../harness/acs/read.ts";
import type { AttributeSetting, Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds } from "../../harness/core/finding.ts";
import type { Phone } from "../../harness/phone/phone.ts";
import { inResponse, isResponse } from "../support/answers.ts";
import { attributesOf, FORCED_ACTIVE, putBack } from "../support/attributes.ts";
import { holderOf, isObject, isUnder, parametersAmong, spread } from "../support/model.ts";
import { inSession } from "../support/stage.ts";
import { listsOf } from "./support/lists.ts";
import { afterwards, heard, property } from "./support/property.ts";

const [LAST, WRITABLE] = ["TR-069:A.3.2.4#last-word", "TR-069:A.3.2.4#read-only-stays"] as const;

/** Objects that are set as a whole, and parameters outside them. */
const [OBJECTS, PARAMETERS] = [2, 6];
const [REQUESTS, ENTRIES] = [6, 3];
/** Parameters in an object that is set as a whole. */
const [LEAST, MOST] = [2, 12];

/** The parameters whose attributes are set, and the objects among whose names they stand. */
interface Field {
  readonly paths: readonly string[];
  readonly parameters: readonly string[];
}

/** Requests, each a list of entries. */
type Requests = readonly (readonly AttributeSetting[])[];

interface Seen {
  readonly field: Field;
  readonly before: ReadonlyMap<string, ParameterAttribute>;
  readonly writable: ReadonlyMap<string, boolean | undefined>;
  /** After each request, until one was not answered as a request of its kind. */
  readonly steps: readonly { readonly set: Reply; readonly read: Reply }[];
  readonly names: readonly Reply[];
}

/** Whatever an ACS may set as it likes: it does not change by itself, and no data model forces it to notify. */
function fieldOf({ model, values, path }: Phone): Field {
  const forced = new Set(FORCED_ACTIVE.map(path).concat(path("ManagementServer.ConnectionRequestURL")));
  const steady = parametersAmong([...model.keys()]).filter(
    (name) => !values.isVolatile(name) && !forced.has(name) && !/\.\d+\./.test(name),
  );
  const all = parametersAmong([...model.keys()]);
  const below = (list: readonly string[], holder: string): number => list.filter((name) => isUnder(name, holder)).length;
  const whole = [...new Set(steady.map(holderOf))].filter((holder) => {
    const count = below(steady, holder);
    return count >= LEAST && count <= MOST && count === below(all, holder);
  });
  const objects = spread(whole, OBJECTS);
  const inside = steady.filter((name) => objects.includes(holderOf(name)));
  const others = spread(
    steady.filter((name) => !inside.includes(name)),
    PARAMETERS,
  );
  if (steady.length === 0) throw new Inconclusive("precondition", "every parameter of the phone changes by itself");
  return { paths: [...others, ...inside, ...objects], parameters: [...others, ...inside] };
}

const entry = (paths: readonly string[]): fc.Arbitrary<AttributeSetting> =>
  fc
    .record({
      name: fc.constantFrom(...paths),
      notification: fc.option(fc.constantFrom(0, 1, 2), { nil: undefined }),
      accessList: fc.option(fc.subarray(["Subscriber"]), { nil: undefined, freq: 2 }),
    })
    .map(({ name, notification, accessList }) => ({
      name,
      ...(notification === undefined ? {} : { notification }),
      ...(accessList === undefined ? {} : { accessList }),
    }));

async function run(bench: CwmpBench, field: Field, before: Seen["before"], requests: Requests): Promise<Seen> {
  return inSession(bench, async (session) => {
    await putBack(session, [...before.values()]);
    const holders = [...new Set(field.parameters.map(holderOf))];
    const steps: Seen["steps"][number][] = [];
    for (const request of requests) {
      const set = heard(await session.setParameterAttributes(request));
      steps.push({ set, read: heard(await session.getParameterAttributes(field.parameters)) });
    }
    const names: Reply[] = [];
    for (const holder of holders) names.push(heard(await session.getParameterNames(holder, true)));
    return { field, before, writable: bench.phone.model, steps, names };
  });
}

function* judge(requests: Requests, { field, before, writable, steps, names }: Seen): Iterable<Finding> {
  const expected = new Map(field.parameters.map((name) => [name, attributesText(before.get(name))]));
  const current = new Map(before);
  for (const [index, { set, read }] of steps.entries()) {
    const request = requests[index] ?? [];
    // Active notification may be refused (TR-069 A.3.2.4); then nothing of the request is applied.
    const refused = set.faultCode.value === "9009" && request.some(({ notification }) => notification === 2);
    if (!refused && !isResponse(set, "SetParameterAttributes"))
      yield holds(LAST, false, {
        expected: "SetParameterAttributesResponse",
        actual: set.summary.value,
        where: set.summary.where,
      });
    if (!refused) apply(request, field.parameters, current);
    for (const name of field.parameters) expected.set(name, attributesText(current.get(name)));
    yield* inResponse(LAST, read, "GetParameterAttributes", function* () {
      const seen = parameterAttributes(read);
      const wrong = field.parameters.filter((name) => attributesText(seen.get(name)) !== expected.get(name));
      const [first = ""] = wrong;
      yield holds(LAST, wrong.length === 0, {
        expected: wrong.length === 0 ? "what was set last" : `${first} with ${expected.get(first)}`,
        actual: wrong.length === 0 ? "so" : `${attributesText(seen.get(first))}; wrong are ${few(wrong, 3)}`,
        where: seen.get(first)?.where ?? read.summary.where,
      });
    });
  }
  for (const reply of names)
    for (const { name, writable: now, where } of parameterNames(reply).values()) {
      const was = writable.get(name);
      if (was === undefined || isObject(name) || !expected.has(name)) continue;
      if (now !== was) yield holds(WRITABLE, false, { expected: `${name} with Writable ${was}`, actual: String(now), where });
    }
}

/** What a request that was taken makes of the attributes: a later entry counts more than an earlier one. */
function apply(
  request: readonly AttributeSetting[],
  parameters: readonly string[],
  current: Map<string, ParameterAttribute>,
): void {
  for (const { name: path, notification, accessList } of request)
    for (const name of parameters) {
      const was = current.get(name);
      if (was === undefined || (name !== path && !(isObject(path) && isUnder(name, path)))) continue;
      current.set(name, { ...was, notification: notification ?? was.notification, accessList: accessList ?? was.accessList });
    }
}

const attributesText = (attribute: ParameterAttribute | undefined): string =>
  attribute === undefined
    ? "no attributes"
    : `Notification ${attribute.notification ?? "absent"}, AccessList ${attribute.accessList.join(", ") || "empty"}`;

const entryText = ({ name, notification, accessList }: AttributeSetting): string =>
  [
    name,
    ...(notification === undefined ? [] : [`Notification ${notification}`]),
    ...(accessList === undefined ? [] : [`AccessList ${accessList.join(", ") || "empty"}`]),
  ].join(" ");

export const attributeCases: readonly AnyCase<CwmpBench>[] = [
  property<Requests, Seen>({
    id: "properties.attributes.last-word",
    title: "keeps the attributes that were set last, and what is writable stays so",
    proves: [LAST, WRITABLE],
    async stage(bench, explore) {
      const field = fieldOf(bench.phone);
      const before = await inSession(bench, (session) => attributesOf(session, field.parameters));
      const request = listsOf(entry(field.paths), ENTRIES);
      const requests = listsOf(request, Math.min(REQUESTS, bench.properties.commands));
      try {
        return await explore(requests, (example) => run(bench, field, before, example));
      } finally {
        await afterwards(bench, (session) => putBack(session, [...before.values()]));
      }
    },
    judge,
    tell: (requests) => requests.map((request) => `SetParameterAttributes of ${request.map(entryText).join(", ")}`),
  }),
];

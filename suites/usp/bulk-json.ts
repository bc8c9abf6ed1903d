import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { absent, type Finding, holds, matches, same } from "../../harness/core/finding.ts";
import { type JsonValue, readJson } from "../../harness/wire/json.ts";
import { type OneDelivery, oneDelivery, type Transferred, upTime } from "./support/bulk.ts";
import { PARAMETER, reportsIn } from "./support/bulk-judging.ts";
import { byPath, type Typed, typedParameters } from "./support/bulk-types.ts";

const MEDIA_TYPE = "TR-369:R-BULK.7";
const FORMAT = "TR-369:R-BULK.8";
const TYPES = "TR-369:A.6.2#types";

/** Kinds of JSON values by base type ("Translating Data Types"). */
const KINDS: Readonly<Record<string, JsonValue["kind"]>> = {
  boolean: "boolean",
  int: "number",
  long: "number",
  unsignedInt: "number",
  unsignedLong: "number",
};

/** Header fields that every transfer has (R-BULK.7, R-BULK.8). */
export function* described({ delivery, profile }: OneDelivery, mediaType: RegExp): Iterable<Finding> {
  const type = delivery.header("Content-Type");
  yield matches(MEDIA_TYPE, type, mediaType, `the media type of ${profile.layout.encoding}`);
  yield matches(MEDIA_TYPE, type, /;\s*charset\s*=\s*"?[\w-]+"?/i, "a charset");
  const format = delivery.header("BBF-Report-Format");
  // As a token, or in quotes as in the example of the standard.
  yield same(FORMAT, { ...format, value: format.value?.replace(/^"(.*)"$/, "$1") }, profile.layout.format);
}

const truth = (text: string): string => ({ "1": "true", "0": "false" })[text] ?? text;

/** Each parameter is there by its path, with its value. */
export function* valued(transfer: Transferred, typed: readonly Typed[]): Iterable<Finding> {
  const [report] = reportsIn([transfer]);
  for (const { path, value, type } of typed) {
    const seen = report?.values.get(path) ?? { value: undefined, where: transfer.where };
    const told = type === "boolean" && seen.value !== undefined ? truth(seen.value) : seen.value;
    yield same(PARAMETER, { ...seen, value: told }, type === "boolean" ? truth(value) : value);
  }
}

/** What the first report of a document holds by itself, without what is inside of it. */
function members({ body }: OneDelivery["delivery"]): ReadonlyMap<string, JsonValue> {
  const { root } = readJson(body);
  const listed = root?.kind === "object" ? root.members.get("Report") : undefined;
  const first = listed?.kind === "array" ? listed.items[0] : undefined;
  return first?.kind === "object" ? first.members : new Map();
}

const format = (name: "NameValuePair" | "ObjectHierarchy", slug: string): AnyCase<Bench> => {
  const requirement = `TR-369:A.6.2#${slug}`;
  return uspCase({
    id: `usp.bulk.json-${slug}`,
    title: `lays out a report in JSON as ${name}`,
    proves: [requirement, PARAMETER, TYPES],
    needs: ["usp-bulk-http-json"],
    waits: 130,
    async drive(bench) {
      const typed = await typedParameters(bench);
      const values = { "JSONEncoding.ReportFormat": name };
      const seen = await oneDelivery(bench, { encoding: "JSON", values, parameters: byPath(typed) }, "whatever");
      // Another layout is what is judged; no JSON at all is another case's.
      const [fault] = readJson(seen.delivery.body).faults;
      if (fault !== undefined) throw new Inconclusive("precondition", `${seen.delivery.where} is no JSON: ${fault}`);
      return { typed, ...seen };
    },
    *judge({ typed, delivery, transfer }) {
      const names = [...members(delivery).keys()].filter((one) => one !== "CollectionTime");
      yield same(
        requirement,
        { value: names.toSorted().join(), where: delivery.where },
        name === "ObjectHierarchy"
          ? "Device"
          : typed
              .map(({ path }) => path)
              .toSorted()
              .join(),
      );
      yield* valued(transfer, typed);
      const [report] = reportsIn([transfer]);
      for (const { path, type } of typed) {
        const seen = report?.values.get(path);
        yield holds(TYPES, seen?.kind === (KINDS[type] ?? "string"), {
          expected: `${path} (${type}) as a JSON ${KINDS[type] ?? "string"}`,
          actual: seen?.kind,
          where: seen?.where ?? transfer.where,
        });
      }
    },
  });
};

const timestamp = (kind: string, slug: string, judge: (seen: OneDelivery) => Iterable<Finding>): AnyCase<Bench> =>
  uspCase({
    id: `usp.bulk.json-time-${slug}`,
    title: `tells the time of a report in JSON as ReportTimestamp ${kind}`,
    proves: ["TR-369:A.6.2#collection-time"],
    needs: ["usp-bulk-http-json"],
    waits: 130,
    drive: (bench) =>
      oneDelivery(bench, {
        encoding: "JSON",
        values: { "JSONEncoding.ReportTimestamp": kind },
        parameters: [upTime(bench)],
      }),
    judge,
  });

const timeOf = ({ transfer }: OneDelivery) => reportsIn([transfer])[0]?.timestamp ?? { value: undefined, where: transfer.where };
const TIME = "TR-369:A.6.2#collection-time";

export const bulkJsonCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.bulk.json-header",
    title: "tells media type, charset and report format of a report in JSON",
    proves: [MEDIA_TYPE, FORMAT],
    needs: ["usp-bulk-http-json"],
    waits: 130,
    drive: (bench) => oneDelivery(bench, { encoding: "JSON", parameters: [upTime(bench)] }),
    *judge(seen) {
      yield* described(seen, /^application\/json(?:\s*;|$)/i);
    },
  }),
  format("ObjectHierarchy", "object-hierarchy"),
  format("NameValuePair", "name-value-pair"),
  timestamp("Unix-Epoch", "unix", function* (seen) {
    yield matches(TIME, timeOf(seen), /^\d{9,11}$/, "seconds since 1970");
  }),
  timestamp("ISO-8601", "iso", function* (seen) {
    yield matches(TIME, timeOf(seen), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?$/, "a time of ISO 8601");
  }),
  timestamp("None", "none", function* (seen) {
    yield holds(TIME, reportsIn([seen.transfer]).length === 1, {
      expected: "a report",
      actual: `${reportsIn([seen.transfer]).length}`,
      where: seen.transfer.where,
    });
    yield absent(TIME, timeOf(seen), "no CollectionTime");
  }),
];

import { messageOf, parameterNameList, parameterValue, status } from "../../../harness/acs/read.ts";
import type { Reply } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, holds, type Located, sameSet } from "../../../harness/core/finding.ts";
import type { Serving } from "../../../harness/files/server.ts";
import { effectiveLines, parseParamMap } from "../../../schema/param-map.ts";
import { comes } from "../../support/contacts.ts";
import { parametersAmong } from "../../support/model.ts";
import { inSession } from "../../support/stage.ts";
import { giveOwn } from "./lines.ts";
import { load, own } from "./map.ts";

/** What a phone has made of a map: what it shows, and what it lists and gives below the object of the case's own. */
export interface Loaded {
  readonly shown: string;
  readonly names: Reply;
  readonly values: Reply;
}

/** Looks at the map and at the object of the case's own, in a session of its own. */
export async function look(bench: CwmpBench): Promise<Loaded> {
  const shown = await bench.phone.snom.paramMap();
  return inSession(bench, async (session) => {
    const names = await session.getParameterNames(own(""), false);
    const listed = parametersAmong(parameterNameList(names).map(({ name }) => name));
    return { shown, names, values: await session.getParameterValues(listed.length === 0 ? [own("")] : listed) };
  });
}

/** Uploads a map through the web interface, and looks at what became of it. */
export async function loaded(bench: CwmpBench, map: string): Promise<Loaded & { readonly answer: Located }> {
  const { summary } = await load(bench, map);
  return { answer: { value: summary, where: "the upload of the param_map" }, ...(await look(bench)) };
}

/** That the object of the case's own holds these parameters with these values, and no others. */
export function* holdsAll(
  requirement: string,
  { names, values }: Loaded,
  expected: Readonly<Record<string, string>>,
): Iterable<Finding> {
  yield listsAll(requirement, names, Object.keys(expected));
  yield* giveOwn(requirement, values, expected);
}

/** That these are all parameters that are listed below the object of the case's own. Which objects are listed is another case's business. */
export function listsAll(requirement: string, names: Reply, expected: readonly string[]): Finding {
  const listed = parametersAmong(parameterNameList(names).map(({ name }) => name));
  const { where } = names.at("GetParameterNamesResponse/ParameterList");
  return sameSet(requirement, { value: listed, where }, expected.map(own));
}

/** A map with something wrong in it, and two good parameters around that; another map was in force before. */
export interface Half {
  /** The parameter of the map before, and the two of the new one, each with its value. */
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
}

/**
 * That the phone took the new map or kept the old one, and not something of both: what it shows is what it lists and gives. The guide
 * leaves open which of the two, and whether a line that is none is left out of what it shows.
 */
export function* wholeOrNot(requirement: string, { shown, names, values }: Loaded, { before, after }: Half): Iterable<Finding> {
  const lines = effectiveLines(parseParamMap(shown));
  const has = (parameters: Readonly<Record<string, string>>): number =>
    Object.keys(parameters).filter((name) => lines.has(own(name))).length;
  const [old, young] = [has(before), has(after)];
  const isTaken = young > 0;
  const all = Object.keys(after).length;
  yield holds(requirement, isTaken ? young === all && old === 0 : old === Object.keys(before).length, {
    expected: "the whole new map but for the line that is none, or the one from before",
    actual: `${young} of ${all} new lines, and ${old === 0 ? "none" : old} from before`,
    where: "param_map",
  });
  const [there, gone] = isTaken ? [after, before] : [before, after];
  yield* giveOwn(requirement, values, there);
  const listed = parameterNameList(names).map(({ name }) => name);
  const wrong = [
    ...Object.keys(there).filter((name) => !listed.includes(own(name))),
    ...Object.keys(gone).filter((name) => listed.includes(own(name))),
  ];
  yield holds(requirement, wrong.length === 0, {
    expected: `${Object.keys(there).join(", ")} below ${own("")}, as the map that it shows has them`,
    actual: wrong.length === 0 ? "so" : `${wrong.join(", ")} not as it shows`,
    where: names.at("GetParameterNamesResponse/ParameterList").where,
  });
  for (const name of Object.keys(gone)) {
    const seen = parameterValue(values, own(name));
    yield holds(requirement, seen.value === undefined, { expected: `no ${own(name)}`, actual: seen.value, where: seen.where });
  }
}

/** What came of a Download of a map. */
export interface Downloaded {
  readonly reply: Reply;
  /** FaultCode of TransferComplete, `0` for none and where all was done with the response (Status 0); absent for a refusal. */
  readonly fault: Located;
}

/** Milliseconds for the phone to fetch a map from us, to put it in force, and to say so. */
const REPORTED_WITHIN = 120_000;

/**
 * Has the phone fetch a map by Download, and waits for its report. What it refuses is for the case to judge.
 * @throws Inconclusive `precondition` when it never reports, which is what cases on transfers are about
 */
export async function downloadMap(bench: CwmpBench, map: string, serving: Serving = {}, url?: string): Promise<Downloaded> {
  const { acs, files, phone } = bench;
  await phone.snom.mapWillChange();
  const offer = files.offer("map.txt", map, { contentType: "text/plain", ...serving });
  const session = await acs.session();
  const reply = await session.download({
    commandKey: "assay-map",
    fileType: phone.snom.ways.mapFileType,
    url: url ?? offer.url,
    fileSize: 0,
  });
  const { value } = status(reply, "Download");
  if (value !== "1") {
    await session.end();
    return {
      reply,
      fault: value === "0" ? { value: "0", where: reply.summary.where } : { value: undefined, where: reply.summary.where },
    };
  }
  const report = await comes(acs, { trigger: () => session.end(), event: "7 TRANSFER COMPLETE", within: REPORTED_WITHIN });
  const complete = report?.requests.map(messageOf).find((message) => message.element("TransferComplete") !== undefined);
  await report?.end();
  if (complete === undefined)
    throw new Inconclusive(
      "precondition",
      "the phone did not report by TransferComplete what became of a Download that it accepted",
    );
  return { reply, fault: complete.at("TransferComplete/FaultStruct/FaultCode") };
}

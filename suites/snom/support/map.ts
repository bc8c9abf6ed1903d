import { informValue } from "../../../harness/acs/read.ts";
import type { Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import type { CallAnswer } from "../../../harness/phone/http.ts";
import { parseParamMap } from "../../../schema/param-map.ts";
import { Stage } from "../../support/stage.ts";

/** The object that cases put their own lines under: the guide keeps maps open for parameters of the user's own. */
const OWN = "Device.X_Snom_Assay.";

/** Full name of a parameter of the case's own. */
export const own = (name: string): string => `${OWN}${name}`;

/** A line of the case's own: `line("string", "Text", "=", "hello")`. */
export const line = (type: string, name: string, modifier: string, value = ""): string =>
  `${type}:${own(name)}${modifier}${value}`;

/** The map that the phone has now, with `lines` at its end. */
export async function mapWith({ phone }: Pick<CwmpBench, "phone">, lines: readonly string[]): Promise<string> {
  const map = await phone.snom.paramMap();
  const kept = parseParamMap(map).lines.filter((one) => one.kind !== "parameter" || !one.name.startsWith(OWN));
  const text = kept.map((one) => one.text + (one.end === "" ? "\n" : one.end)).join("");
  return `${text}${lines.join("\n")}\n`;
}

/**
 * Uploads the phone's map with `lines` at its end, and hands a session to `work`, which may go on in further ones. The map from
 * before is put back after the case.
 * @throws Inconclusive `precondition` when the phone does not take the map
 */
export async function onLines<Evidence>(
  bench: CwmpBench,
  lines: readonly string[],
  work: (stage: Stage) => Promise<Evidence>,
): Promise<Evidence> {
  await upload(bench, await mapWith(bench, lines));
  const session = await bench.acs.session();
  const key = informValue(session.inform, bench.phone.path("ManagementServer.ParameterKey")).value ?? "";
  const stage = new Stage(bench.acs, session, new Map(), key);
  try {
    return await work(stage);
  } finally {
    await stage.session.end();
  }
}

/** The same for a case that does its work in one session and writes no values. */
export const withLines = <Evidence>(
  bench: CwmpBench,
  lines: readonly string[],
  work: (session: Session) => Promise<Evidence>,
): Promise<Evidence> => onLines(bench, lines, ({ session }) => work(session));

/**
 * Uploads a map and gives the answer as it came. A phone that happens to be in a session of its own takes a map up when that is over
 * (TR-069 3.7.1.1): it is let go to its end then.
 */
export async function load({ acs, phone }: Pick<CwmpBench, "acs" | "phone">, map: string): Promise<CallAnswer> {
  const { snom } = phone;
  const before = await snom.paramMap();
  const answer = await snom.loadParamMap(map);
  if (isTaken(answer) && map !== before && (await snom.paramMap()) === before) {
    const session = await acs.session();
    await session.end();
  }
  return answer;
}

/** Uploads a map that the phone has to take. @throws Inconclusive `precondition` when it does not */
export async function upload(bench: Pick<CwmpBench, "acs" | "phone">, map: string): Promise<void> {
  const answer = await load(bench, map);
  if (!isTaken(answer)) throw new Inconclusive("precondition", `the phone did not take the param_map: ${answer.summary}`);
}

const isTaken = ({ status }: CallAnswer): boolean => status >= 200 && status < 400;

import { deviceId, type EventEntry, eventCodes, events, informField, parameterList } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { few, holds, matches, same } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { messageOf } from "../support/messages.ts";
import { passiveCase, passiveRule } from "../support/passive.ts";

const isInform = (exchange: Exchange): boolean => messageOf(exchange)?.method === "Inform";

/** EventCodes of TR-069 Table 7, those of Amendments 5 and 6, and the two forms for vendors. */
const EVENT_CODES = new Set([
  "0 BOOTSTRAP",
  "1 BOOT",
  "2 PERIODIC",
  "3 SCHEDULED",
  "4 VALUE CHANGE",
  "5 KICKED",
  "6 CONNECTION REQUEST",
  "7 TRANSFER COMPLETE",
  "8 DIAGNOSTICS COMPLETE",
  "9 REQUEST DOWNLOAD",
  "10 AUTONOMOUS TRANSFER COMPLETE",
  "11 DU STATE CHANGE COMPLETE",
  "12 AUTONOMOUS DU STATE CHANGE COMPLETE",
  "13 WAKEUP",
  "14 HEARTBEAT",
  "M Reboot",
  "M ScheduleInform",
  "M Download",
  "M ScheduleDownload",
  "M Upload",
  "M ChangeDUState",
]);
const VENDOR_EVENT = /^(?:M X_[0-9A-Z][0-9A-Z_-]*_\S+|X [0-9A-Z][0-9A-Z_-]* .+)$/;

/** By event, the M events of which at least one has to accompany it (Table 7). */
const PAIRED: Readonly<Record<string, readonly string[]>> = {
  "3 SCHEDULED": ["M ScheduleInform"],
  "7 TRANSFER COMPLETE": ["M Download", "M ScheduleDownload", "M Upload"],
};

const entries = (list: readonly EventEntry[]): string => few(list.map(({ code }) => code));

/** Parameters that every Inform has to hold, without root, for each of the three data models; a phone lists those that it has. */
const FORCED: Readonly<Record<"Device:1" | "Device:2" | "InternetGatewayDevice:1", readonly string[]>> = {
  "Device:1": [
    "DeviceSummary",
    "DeviceInfo.HardwareVersion",
    "DeviceInfo.SoftwareVersion",
    "ManagementServer.ConnectionRequestURL",
    "ManagementServer.ParameterKey",
    "LAN.IPAddress",
  ],
  "Device:2": [
    "RootDataModelVersion",
    "DeviceInfo.HardwareVersion",
    "DeviceInfo.SoftwareVersion",
    "DeviceInfo.ProvisioningCode",
    "ManagementServer.ConnectionRequestURL",
    "ManagementServer.ParameterKey",
  ],
  "InternetGatewayDevice:1": [
    "DeviceSummary",
    "DeviceInfo.SpecVersion",
    "DeviceInfo.HardwareVersion",
    "DeviceInfo.SoftwareVersion",
    "DeviceInfo.ProvisioningCode",
    "ManagementServer.ConnectionRequestURL",
    "ManagementServer.ParameterKey",
  ],
};

/** Those that no data model can lack: asked for also where the phone would not tell its names. */
const ALWAYS = ["DeviceInfo.SoftwareVersion", "ManagementServer.ConnectionRequestURL", "ManagementServer.ParameterKey"];

/** Full names of the parameters that an Inform of this phone has to list. */
export function forcedParameters(root: string, model: ReadonlySet<string>): readonly string[] {
  const data =
    root === "InternetGatewayDevice."
      ? "InternetGatewayDevice:1"
      : model.has("Device.RootDataModelVersion")
        ? "Device:2"
        : "Device:1";
  return FORCED[data]
    .filter((name) => model.has(root + name) || (model.size === 0 && ALWAYS.includes(name)))
    .map((name) => root + name);
}

const rootOf = (name: string): string => name.slice(0, name.indexOf(".") + 1);

export const informRules: readonly AnyCase<CwmpBench>[] = [
  passiveRule({
    id: "cwmp.inform.oui",
    title: "gives its OUI as six hexadecimal digits",
    requirement: "TR-069:A.3.3.1#oui",
    references: ["INF-003"],
    *judge(exchange) {
      if (isInform(exchange)) yield matches(this.requirement, deviceId(exchange).oui, /^[0-9A-F]{6}$/, "six digits 0-9, A-F");
    },
  }),
  passiveCase({
    id: "cwmp.inform.device-id-fixed",
    title: "keeps its DeviceId throughout the run",
    requirement: "TR-069:A.3.3.1#device-id-fixed",
    references: ["INF-005", "FRS-003"],
    *judge({ exchanges }) {
      let first: string | undefined;
      for (const inform of exchanges.filter(isInform)) {
        const { oui, productClass, serialNumber } = deviceId(inform);
        const now = [oui, productClass, serialNumber].map(({ value }) => value ?? "absent").join(" / ");
        first ??= now;
        yield same(this.requirement, { value: now, where: oui.where }, first);
      }
    },
  }),
  passiveRule({
    id: "cwmp.inform.max-envelopes",
    title: "sets MaxEnvelopes to 1",
    requirement: "TR-069:A.3.3.1#max-envelopes",
    references: ["INF-006"],
    *judge(exchange) {
      if (isInform(exchange)) yield matches(this.requirement, informField(exchange, "MaxEnvelopes"), /^\s*\+?0*1\s*$/, "1");
    },
  }),
  passiveRule({
    id: "cwmp.inform.current-time",
    title: "gives CurrentTime with the offset of its time zone",
    requirement: "TR-069:A.3.3.1#current-time",
    references: ["INF-007"],
    *judge(exchange) {
      // A.2.1: a phone that does not know the time counts from the year 1, and then there is no zone.
      const legal =
        /^\s*(?:0001-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))\s*$/;
      if (isInform(exchange))
        yield matches(
          this.requirement,
          informField(exchange, "CurrentTime"),
          legal,
          "a dateTime with Z or an offset such as +02:00",
        );
    },
  }),
  passiveRule({
    id: "cwmp.inform.event-codes",
    title: "spells EventCodes as the event table does",
    requirement: "TR-069:A.3.3.1#event-codes",
    references: ["INF-008", "INF-011"],
    *judge(exchange) {
      if (!isInform(exchange)) return;
      const wrong = events(exchange).find(({ code }) => !EVENT_CODES.has(code) && !VENDOR_EVENT.test(code));
      yield holds(this.requirement, wrong === undefined, {
        expected: "codes of the event table, or X <VENDOR> <event>",
        actual: wrong === undefined ? entries(events(exchange)) : JSON.stringify(wrong.code),
        where: wrong?.where ?? eventCodes(exchange).where,
      });
    },
  }),
  passiveRule({
    id: "cwmp.inform.single-events",
    title: "lists no single event twice in an Inform",
    requirement: "TR-069:3.7.1.5#single-events",
    references: ["INF-009"],
    *judge(exchange) {
      if (!isInform(exchange)) return;
      const singles = events(exchange).filter(({ code }) => /^\d/.test(code));
      const twice = singles.find((one, index) => singles.findIndex(({ code }) => code === one.code) !== index);
      yield holds(this.requirement, twice === undefined, {
        expected: "each numbered event once",
        actual: twice === undefined ? entries(singles) : `${twice.code} again`,
        where: twice?.where ?? eventCodes(exchange).where,
      });
    },
  }),
  passiveRule({
    id: "cwmp.inform.most-events",
    title: "lists at most 64 events in an Inform",
    requirement: "TR-069:3.7.1.5#most-events",
    references: ["INF-009"],
    *judge(exchange) {
      if (!isInform(exchange)) return;
      const count = events(exchange).length;
      yield holds(this.requirement, count <= 64, { expected: "at most 64", actual: count, where: eventCodes(exchange).where });
    },
  }),
  passiveRule({
    id: "cwmp.inform.command-key-empty",
    title: "leaves the CommandKey of numbered events empty",
    requirement: "TR-069:A.3.3.1#command-key-empty",
    references: ["INF-010"],
    *judge(exchange) {
      if (!isInform(exchange)) return;
      const numbered = events(exchange).filter(({ code }) => /^\d/.test(code));
      const keyed = numbered.find(({ commandKey }) => commandKey.trim() !== "");
      yield holds(this.requirement, keyed === undefined, {
        expected: "an empty CommandKey",
        actual: keyed === undefined ? "so" : `${keyed.code} with ${JSON.stringify(keyed.commandKey)}`,
        where: keyed?.where ?? eventCodes(exchange).where,
      });
    },
  }),
  passiveRule({
    id: "cwmp.inform.paired-events",
    title: "sends events of methods together with their M events",
    requirement: "TR-069:3.7.1.5#paired-events",
    references: ["EVT-010", "DNL-020"],
    *judge(exchange) {
      if (!isInform(exchange)) return;
      const list = events(exchange);
      const alone = list.find(
        ({ code }) => PAIRED[code]?.every((partner) => list.every((other) => other.code !== partner)) === true,
      );
      yield holds(this.requirement, alone === undefined, {
        expected: alone === undefined ? "no such event alone" : `${alone.code} with ${PAIRED[alone.code]?.join(" or ")}`,
        actual: entries(list),
        where: alone?.where ?? eventCodes(exchange).where,
      });
    },
  }),
  passiveCase({
    id: "cwmp.inform.forced-parameters",
    title: "lists the parameters that every Inform has to hold",
    requirement: "TR-106:3.5#forced-inform",
    references: ["INF-012"],
    *judge({ exchanges, model }) {
      for (const inform of exchanges.filter(isInform)) {
        const listed = parameterList(inform).map(({ name }) => name);
        const root = rootOf(listed[0] ?? "Device.");
        const missing = forcedParameters(root, model).filter((name) => !listed.includes(name));
        yield holds(this.requirement, missing.length === 0, {
          expected: few(forcedParameters(root, model)),
          actual: missing.length === 0 ? "all of them" : `without ${few(missing)}`,
          where: messageOf(inform)?.at("Inform/ParameterList").where ?? inform.where,
        });
      }
    },
  }),
  passiveRule({
    id: "cwmp.inform.parameters-once",
    title: "lists no parameter twice in an Inform",
    requirement: "TR-069:A.3.3.1#parameters-once",
    references: ["INF-015", "NTF-006"],
    *judge(exchange) {
      if (!isInform(exchange)) return;
      const list = parameterList(exchange);
      const twice = list.find((one, index) => list.findIndex(({ name }) => name === one.name) !== index);
      yield holds(this.requirement, twice === undefined, {
        expected: "each parameter once",
        actual: twice === undefined ? `${list.length} parameters, each once` : `${twice.name} again`,
        where: twice?.where ?? exchange.where,
      });
    },
  }),
  passiveRule({
    id: "cwmp.inform.device-summary",
    title: "writes DeviceSummary in the notation of TR-106",
    requirement: "TR-106:3.7#device-summary",
    references: ["INF-018"],
    needs: ["device-summary"],
    *judge(exchange) {
      if (!isInform(exchange)) return;
      const object = /[A-Za-z][\w-]*:\d+\.\d+\[(?:\d+(?:,\d+)*)?\]\((?:[\w-]+:\d+(?:, ?[\w-]+:\d+)*)?\)/.source;
      const summary = parameterList(exchange).find(({ name }) => name.endsWith(".DeviceSummary"));
      if (summary === undefined) return;
      yield matches(
        this.requirement,
        summary,
        new RegExp(`^\\s*(?=Device:|InternetGatewayDevice:)${object}(?:, ?${object})*\\s*$`),
        "the root object first, then services, each as Name:1.0[](Profile:1, …)",
      );
    },
  }),
  passiveCase({
    id: "cwmp.inform.one-root",
    title: "names all parameters under one root object",
    requirement: "TR-106:2.1#one-root",
    references: ["INF-023"],
    *judge({ exchanges }) {
      const roots = new Set<string>();
      for (const inform of exchanges.filter(isInform))
        for (const { name, where } of parameterList(inform)) {
          roots.add(rootOf(name));
          const ok = roots.size === 1 && /^(?:Device|InternetGatewayDevice)\.$/.test(rootOf(name));
          yield holds(this.requirement, ok, {
            expected: "Device. or InternetGatewayDevice., always the same",
            actual: name,
            where,
          });
        }
    },
  }),
];

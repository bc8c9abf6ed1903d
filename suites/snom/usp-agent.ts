import { eventCodes } from "../../harness/acs/read.ts";
import type { Bench } from "../../harness/bench/usp-bench.ts";
import { type BothBench, bothCase } from "../../harness/bench/usp-case.ts";
import type { RequestOptions, UspReply } from "../../harness/controller/controller.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { absent, holds, same } from "../../harness/core/finding.ts";
import { comes } from "../support/contacts.ts";
import { back } from "../support/reboots.ts";
import { anew, filterFor, subscribesTo, subscribing } from "../usp/support/mqtt.ts";
import { savedSettings } from "./support/management.ts";
import { upload } from "./support/map.ts";
import { entry, macOf, provisioning, settingsFile } from "./support/provisioning.ts";
import { OWN } from "./support/usp.ts";
import { mapWithout } from "./support/usp-map.ts";

const PARAMETERS = "Device.LocalAgent.Controller.2.";
const URI = `tr369_websocket_uri${OWN}`;
const CONTROLLER = `tr369_controller_endpointid${OWN}`;

/** Milliseconds in which a phone ends what it may no longer do, and in which one that goes on would be back. */
const GOES = 30_000;
const COMES = 60_000;

/** Whether the agent is there, by what it answers. */
const asked = ({ controller }: BothBench, options?: RequestOptions): Promise<UspReply> =>
  controller.get(["Device.LocalAgent.EndpointID"], 0, options);

/** Has the phone's agent come to us under another name for us, and gives what it says first, with the address that it came to. */
async function comeAs({ websocket, controller, recording, patience }: BothBench, point: () => Promise<unknown>) {
  const before = websocket.current;
  controller.forget();
  await point();
  let connection = await websocket.opened(patience.reboot);
  // The one from before may have been made anew meanwhile.
  if (connection !== undefined && connection === before) connection = await websocket.opened(patience.contact);
  const number = connection?.number;
  const first = await controller.next((record) => record.kind === "websocket-connect", patience.contact);
  return { first, upgrade: recording.upgrades.findLast((one) => one.connection === number) };
}

/** The USP agent of a Snom phone: its settings with index 2, its map, and what it does to the rest of the phone. */
export const uspAgentCases: readonly AnyCase<Bench>[] = [
  bothCase({
    id: "snom.usp-agent.without-lines",
    title: "does not run its USP agent with a map that has none of the lines for TR-369",
    proves: ["SNOM-TR-369:Parameter-lines#agent-needs-them"],
    needs: ["param-map", "usp-settings"],
    waits: (GOES + COMES) / 1000,
    async drive(bench) {
      const { controller, phone } = bench;
      const map = await phone.snom.paramMap();
      const connection = controller.current;
      await upload(bench, await mapWithout(bench, []));
      await connection?.closed(GOES);
      const isThere = await controller.ready(COMES);
      const reply = isThere ? await asked(bench) : undefined;
      await upload(bench, map);
      if (!(await controller.ready()))
        throw new Inconclusive("control-failed", "with its lines again, the phone's USP agent does not come either");
      return reply;
    },
    *judge(reply) {
      const requirement = "SNOM-TR-369:Parameter-lines#agent-needs-them";
      const seen = { value: reply?.summary.value, where: reply?.summary.where ?? "a map without the lines" };
      yield absent(requirement, seen, "no USP agent");
    },
  }),
  bothCase({
    id: "snom.usp-agent.mac",
    title: "comes to an address and to a controller whose {mac} is its MAC address",
    proves: ["SNOM-TR-369:mac#websocket-uri", "SNOM-TR-369:mac#endpoint-id"],
    needs: ["usp-settings", "snom"],
    mtp: "websocket",
    async drive(bench) {
      const before = await bench.phone.snom.settings();
      const own = { [URI]: `${before.get(URI) ?? ""}?phone={mac}`, [CONTROLLER]: "self::assay-{mac}" };
      const { first, upgrade } = await comeAs(bench, () => savedSettings(bench, own));
      if (upgrade !== undefined && first === undefined)
        throw new Inconclusive("precondition", "the agent opens a WebSocket and says nothing over it");
      return { mac: macOf(before, bench), first, upgrade };
    },
    *judge({ mac, first, upgrade }) {
      const { target, where = "no upgrade" } = upgrade ?? {};
      yield holds("SNOM-TR-369:mac#websocket-uri", target?.includes(`phone=${mac}`) === true, {
        expected: `phone=${mac} in the address`,
        actual: target,
        where,
      });
      const to = first?.record.at("to_id") ?? { value: undefined, where };
      yield same("SNOM-TR-369:mac#endpoint-id", to, `self::assay-${mac}`);
    },
  }),
  bothCase({
    id: "snom.usp-agent.mac-topic",
    title: "subscribes to a topic whose {mac} is its MAC address",
    proves: ["SNOM-TR-369:mac#topic"],
    needs: ["usp-settings", "snom"],
    mtp: "mqtt",
    waits: 60,
    async drive(bench) {
      const mac = macOf(await bench.phone.snom.settings(), bench);
      await savedSettings(bench, { [`tr369_mqtt_topic${OWN}`]: "usp/assay/{mac}" });
      await bench.ready();
      return anew(bench, { connack: { responseInformation: false } }, async (connection) => ({
        topic: filterFor(connection, `usp/assay/${mac}`),
        asked: await subscribing(bench, connection),
        where: connection.connect.where,
      }));
    },
    *judge({ topic, asked, where }) {
      yield subscribesTo("SNOM-TR-369:mac#topic", asked, topic, where);
    },
  }),
  bothCase({
    id: "snom.usp-agent.provisioned",
    title: "comes to the controller that its provisioning server has named with index 2",
    proves: ["SNOM-TR-369:Best-practice#own-by-provisioning"],
    needs: ["usp-settings", "provisioning"],
    disturbs: "reboot",
    mtp: "websocket",
    drive: (bench) =>
      provisioning(bench, async (server) => {
        const uri = `${server.before.get(URI) ?? ""}?assay=provisioned`;
        const own = {
          enable: "true",
          mtp_protocol: "WebSocket",
          websocket_uri: uri,
          controller_endpointid: "self::assay-provisioned",
        };
        const lines = Object.entries(own).map(([name, value]) => entry(`tr369_${name} idx="${OWN}"`, value));
        server.folder.put("usp.xml", settingsFile([...lines, ...server.acs]));
        await bench.phone.snom.save({ [`tr369_enable${OWN}`]: "false" });
        return comeAs(bench, () => server.start("usp.xml"));
      }),
    *judge({ first, upgrade }) {
      const requirement = "SNOM-TR-369:Best-practice#own-by-provisioning";
      const { target, where = "no upgrade" } = upgrade ?? {};
      yield holds(requirement, target?.includes("assay=provisioned") === true, {
        expected: "an upgrade at the provisioned address",
        actual: target,
        where,
      });
      if (first !== undefined) yield same(requirement, first.record.at("to_id"), "self::assay-provisioned");
    },
  }),
  bothCase({
    id: "snom.usp-agent.e2e-session",
    title: "shows a controller the settings of its session context",
    proves: ["SNOM-TR-369:Parameter-lines#e2e-session"],
    needs: ["usp-settings", "snom"],
    async drive(bench) {
      const { controller } = bench;
      const seen = [];
      for (const [mode, size] of [
        ["Forbid", "4096"],
        ["Allow", "8192"],
      ] as const) {
        await savedSettings(bench, { [`tr369_controller_e2emode${OWN}`]: mode, [`tr369_controller_e2esize${OWN}`]: size });
        const reply = await controller.get([`${PARAMETERS}E2ESession.`]);
        if (reply.kind !== "response")
          throw new Inconclusive("precondition", `asked for E2ESession, the agent gave: ${reply.summary.value}`);
        seen.push({ mode, size, reply });
      }
      return seen;
    },
    *judge(seen) {
      for (const { mode, size, reply } of seen) {
        const shown = parametersIn(reply);
        const at = (name: string) =>
          shown.get(`${PARAMETERS}E2ESession.${name}`) ?? { value: undefined, where: reply.summary.where };
        yield same("SNOM-TR-369:Parameter-lines#e2e-session", at("SessionMode"), mode);
        yield same("SNOM-TR-369:Parameter-lines#e2e-session", at("MaxUSPRecordSize"), size);
      }
    },
  }),
  bothCase({
    id: "snom.usp-agent.reboot",
    title: "tells its ACS 1 BOOT, and no M Reboot, after a Device.Reboot() by USP",
    proves: ["SNOM-TR-369:Two-protocols#boot"],
    needs: ["usp-reboot", "snom"],
    disturbs: "reboot",
    async drive(bench) {
      const { acs, controller } = bench;
      const connection = controller.current;
      const trigger = () => controller.operate("Device.Reboot()", {}, { commandKey: "assay-reboot" });
      const session = await back(bench, (within) => comes(acs, { trigger, event: "1 BOOT", within }));
      await session?.end();
      if (session === undefined && connection?.open === true)
        throw new Inconclusive("precondition", "the phone does not reboot when it is told to");
      return session?.inform;
    },
    *judge(inform) {
      const requirement = "SNOM-TR-369:Two-protocols#boot";
      const codes = inform === undefined ? { value: undefined, where: "after Device.Reboot()" } : eventCodes(inform);
      yield holds(requirement, codes.value?.includes("1 BOOT") === true && !codes.value.includes("M Reboot"), {
        expected: "1 BOOT, and no M Reboot",
        actual: codes.value?.join(", "),
        where: codes.where,
      });
    },
  }),
];

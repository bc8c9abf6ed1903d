import { informValue, parameterValue, parameterValues } from "../../harness/acs/read.ts";
import type { Bench } from "../../harness/bench/usp-bench.ts";
import { type BothBench, bothCase } from "../../harness/bench/usp-case.ts";
import { parametersIn, updatedIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import type { UspRecord } from "../../harness/wire/usp.ts";
import { each } from "../support/answers.ts";
import { keepingAttributes } from "../support/attributes.ts";
import { comes } from "../support/contacts.ts";
import { concerns } from "../support/local.ts";
import { inSession, restoring } from "../support/stage.ts";
import { demand } from "../support/steps.ts";
import { hasValue } from "../usp/support/instances.ts";
import {
  notified as notifiedByUsp,
  type Subscription,
  tellsEvent,
  tellsValue,
  withSubscription,
} from "../usp/support/notifications.ts";
import { firmwareBack, install, nextVersion, versionOf } from "./support/firmware.ts";
import { another, provisioning } from "./support/provisioning.ts";
import { OWN, uspName } from "./support/usp.ts";
import { PUBLISHED } from "./support/usp-map.ts";

const REQUIREMENT = "SNOM-TR-369:Two-protocols";
/** Milliseconds in which a change is notified at all; how soon is another case's business. */
const NOTIFIED_WITHIN = 60_000;

/** What does not read back, and a subscription that is none over USP as long as it has no ID. */
const APART = /Password$|^Device\.LocalAgent\.Subscription\./;

const UPDATED = "request/notify/event/params/FirmwareUpdated";

const needs = ["usp-settings", "snom"] as const;

/** A subscription to changes of a parameter, in force when `use` begins. */
const watching = <T>(bench: BothBench, name: string, path: string, use: (subscription: Subscription) => Promise<T>): Promise<T> =>
  withSubscription(bench, { name, type: "ValueChange", references: path }, use);

/** Writes a parameter over USP. @throws Inconclusive `precondition` when the agent does not take it */
async function write({ controller }: BothBench, path: string, value: string): Promise<void> {
  const cut = path.lastIndexOf(".") + 1;
  const reply = await controller.set([{ path: path.slice(0, cut), params: [{ name: path.slice(cut), value, required: true }] }]);
  if (!updatedIn(reply).includes(path))
    throw new Inconclusive("precondition", `writing ${path}: the agent gave ${reply.summary.value}`);
}

/** The string that may be written, and the value of the two for it that it does not have. */
async function writable(bench: BothBench) {
  const { path, use } = bench.phone.values.writableString;
  const before = parametersIn(await bench.controller.get([path])).get(path)?.value;
  if (before === undefined) throw new Inconclusive("precondition", `the USP agent does not show ${path}`);
  return { path, before, value: use.find((one) => one !== before) ?? use[0] };
}

/** One map under both protocols: what one of them changes, the other one sees. */
export const twoProtocolCases: readonly AnyCase<Bench>[] = [
  bothCase({
    id: "snom.two-protocols.values",
    title: "gives the parameters of its map the same values by CWMP and by USP",
    proves: [`${REQUIREMENT}#values`],
    needs,
    async drive(bench) {
      const names = PUBLISHED.map(({ name }) => name).filter((name) => !APART.test(name));
      const told = await inSession(bench, (session) => session.getParameterValues(names));
      demand(told, "GetParameterValues", "reading the parameters of the lines for TR-369");
      const reply = await bench.controller.get(names);
      if (reply.kind !== "response")
        throw new Inconclusive("precondition", `asked for the same, the USP agent gave: ${reply.summary.value}`);
      return { names, told, reply };
    },
    *judge({ names, told, reply }) {
      const [byCwmp, byUsp] = [parameterValues(told), parametersIn(reply)];
      const meant = (text = ""): string => ({ "1": "true", "0": "false" })[text] ?? text;
      const good = { value: "the same value for each", where: reply.summary.where };
      yield* each(`${REQUIREMENT}#values`, names, good, (name) => {
        const [one, other] = [byCwmp.get(name), byUsp.get(name)];
        // What the ACS is not given is another case's business.
        return one === undefined || (other !== undefined && meant(one.value) === meant(other.value))
          ? undefined
          : { expected: `${name} = ${one.value}`, actual: other?.value ?? "absent", where: reply.summary.where };
      });
    },
  }),
  bothCase({
    id: "snom.two-protocols.changed-by-acs",
    title: "notifies a USP controller of what its ACS has changed, and shows it",
    proves: [`${REQUIREMENT}#by-acs`],
    needs: ["snom"],
    async drive(bench) {
      const { controller } = bench;
      const { path, value } = await writable(bench);
      return watching(bench, "by-acs", path, (subscription) =>
        restoring(bench, [path], async (stage) => {
          demand(await stage.write([{ name: path, value, type: "string" }]), "SetParameterValues", `writing ${path}`);
          await stage.session.end();
          const log = await controller.next(tellsValue(subscription, path, value), NOTIFIED_WITHIN);
          return { path, value, log, reply: await controller.get([path]) };
        }),
      );
    },
    *judge({ path, value, log, reply }) {
      yield notifiedByUsp(`${REQUIREMENT}#by-acs`, log, `${path} = ${value}`, "SetParameterValues");
      yield hasValue(`${REQUIREMENT}#by-acs`, reply, path, value);
    },
  }),
  bothCase({
    id: "snom.two-protocols.changed-by-user",
    title: "notifies a USP controller of what its user has changed",
    proves: [`${REQUIREMENT}#by-user`],
    needs,
    async drive(bench) {
      const { controller, phone } = bench;
      const path = uspName(bench, OWN, "LocalAgent.Controller.#.E2ESession.MaxUSPRecordSize");
      return watching(bench, "by-user", path, async (subscription) => {
        const name = `tr369_controller_e2esize${OWN}`;
        const value = another(await phone.snom.settings(), name, ["4096", "8192"]);
        await phone.snom.save({ [name]: value });
        return { path, value, log: await controller.next(tellsValue(subscription, path, value), NOTIFIED_WITHIN) };
      });
    },
    *judge({ path, value, log }) {
      yield notifiedByUsp(`${REQUIREMENT}#by-user`, log, `${path} = ${value}`, "the change on the web interface");
    },
  }),
  bothCase({
    id: "snom.two-protocols.changed-by-usp",
    title: "informs its ACS of what a USP controller has changed, and shows it",
    proves: [`${REQUIREMENT}#by-usp`],
    needs: ["snom"],
    async drive(bench) {
      const { acs } = bench;
      const { path, before, value } = await writable(bench);
      return keepingAttributes(bench, [path], async (session) => {
        const active = await session.setParameterAttributes([{ name: path, notification: 2 }]);
        await session.end();
        demand(active, "SetParameterAttributes", `setting the Notification of ${path}`);
        try {
          const trigger = () => write(bench, path, value);
          const told = await comes(acs, { trigger, accepts: (inform) => concerns(inform, path) });
          await told?.end();
          const reply = await inSession(bench, (last) => last.getParameterValues([path]));
          return { path, value, inform: told?.inform, reply };
        } finally {
          await write(bench, path, before);
        }
      });
    },
    *judge({ path, value, inform, reply }) {
      yield holds(`${REQUIREMENT}#by-usp`, inform !== undefined && informValue(inform, path).value === value, {
        expected: `an Inform with ${path} = ${value}`,
        actual: inform === undefined ? "none" : informValue(inform, path).value,
        where: inform?.where ?? "after the Set",
      });
      yield same(`${REQUIREMENT}#by-usp`, parameterValue(reply, path), value);
    },
  }),
  bothCase({
    id: "snom.two-protocols.firmware",
    title: "tells a USP controller in Boot! that provisioning has brought other firmware",
    proves: [`${REQUIREMENT}#firmware`],
    needs: ["firmware-provisioning", "provisioning", "snom"],
    disturbs: "reboot",
    drive: (bench) =>
      withSubscription(
        bench,
        { name: "firmware", type: "Event", references: "Device.Boot!", settings: { Persistent: "true" } },
        (boots) =>
          provisioning(bench, async (server) => {
            try {
              const version = nextVersion(versionOf(server.before));
              if ((await install(bench, server, version, server.before)) === undefined)
                throw new Inconclusive("precondition", `the phone does not come with firmware ${version}`);
              const tells = tellsEvent(boots, "Boot!");
              const isUpdated = (record: UspRecord): boolean =>
                tells(record) && /^(?:true|1)$/.test(record.message?.at(UPDATED).value ?? "");
              return await bench.controller.next(isUpdated, bench.patience.contact);
            } finally {
              await firmwareBack(bench, server);
            }
          }),
      ),
    *judge(log) {
      yield notifiedByUsp(`${REQUIREMENT}#firmware`, log, "Boot! with FirmwareUpdated true", "the start with other firmware");
    },
  }),
];

import { deviceId, eventCodes, hasEvent, informValue, parameterValue } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds, same } from "../../harness/core/finding.ts";
import type { Settings } from "../../harness/phone/snom-settings.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { each } from "../support/answers.ts";
import { attributesOf, notificationOf } from "../support/attributes.ts";
import { currentValue, demand } from "../support/steps.ts";
import { numberOf } from "../support/targets.ts";
import { line, mapWith, own, upload } from "./support/map.ts";
import { another, settingIn } from "./support/provisioning.ts";
import { keep, resetByAcs, resetByUser, SILENT } from "./support/reset.ts";

const RESET = "SNOM-TR-069:FactoryReset";
const BY_USER = "SNOM:factory-reset";

const needs = ["snom", "factory-reset"] as const;

/** Settings that lead to an ACS, with the values that Table 1 of the guide says are those of the factory. */
const FACTORY: Readonly<Record<string, string>> = {
  tr69_acs_url: "",
  tr69_acs_user: "",
  tr69_acs_passwd: "",
  tr69_use_acs: "off",
  tr69_bootstrap: "on",
  tr69_cnr_user: "",
  tr69_cnr_pass: "",
};

/** Settings that name an ACS or let somebody in. */
const ACS_DATA = ["tr69_acs_url", "tr69_acs_user", "tr69_acs_passwd", "tr69_cnr_user", "tr69_cnr_pass"];

/** Credentials towards an ACS that asks for none: it is seen whether a reset forgets them. */
const CREDENTIALS = { tr69_acs_user: "assay-case", tr69_acs_passwd: "Case-0123456789" };

/** Settings that a user may have changed, and two values of each. */
const CUSTOM: Readonly<Record<string, readonly [string, string]>> = {
  user_realname1: ["Assay one", "Assay two"],
  user_realname2: ["Assay one", "Assay two"],
  ntp_server: ["ntp1.assay.example", "ntp2.assay.example"],
  dim_timer: ["31", "32"],
  tone_scheme: ["USA", "GBR"],
};

const different = (settings: Settings): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(CUSTOM).map(([name, values]) => [name, another(settings, name, values)]));

/** Nothing of what was told to the phone about its ACS is left. */
const forgotten = (requirement: string, told: Readonly<Record<string, string>>, after: Settings): Iterable<Finding> =>
  each(requirement, ACS_DATA, { value: "nothing of the ACS", where: "settings.xml" }, (name) =>
    told[name] === "" || after.get(name) !== told[name]
      ? undefined
      : { expected: `${name} forgotten`, actual: "as before the reset", where: `settings.xml, ${name}` },
  );

/** The Inform has 0 BOOTSTRAP. */
const bootstraps = (requirement: string, inform: Exchange): Finding =>
  holds(requirement, hasEvent(inform, "0 BOOTSTRAP"), {
    expected: "0 BOOTSTRAP at the first contact",
    actual: eventCodes(inform).value?.join(", ") || "no event",
    where: eventCodes(inform).where,
  });

export const snomFactoryResetCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.factory-reset.acs-data",
    title: "has lost all that it knew of its ACS after FactoryReset",
    proves: [`${RESET}#acs-data`, "SNOM-TR-069:TR-069-specific-phone-settings#defaults"],
    needs,
    disturbs: "factory-reset",
    async drive(bench) {
      const { acs, phone } = bench;
      await phone.snom.save(CREDENTIALS);
      const { seen } = await resetByAcs(bench, await acs.session(), keep);
      return { told: { ...phone.snom.acsSettings, ...CREDENTIALS }, seen };
    },
    *judge({ told, seen }) {
      yield* forgotten(`${RESET}#acs-data`, told, seen);
      for (const [name, value] of Object.entries(FACTORY)) {
        const shown = settingIn(seen, name);
        const fits = value === (shown.value ?? "") || (value !== "" && SPELLINGS[value] === shown.value);
        yield holds("SNOM-TR-069:TR-069-specific-phone-settings#defaults", fits, {
          expected: `${name} = ${JSON.stringify(value)}`,
          actual: shown.value,
          where: shown.where,
        });
      }
    },
  }),
  cwmpCase({
    id: "snom.factory-reset.by-user",
    title: "forgets ACS, ParameterKey and values by the reset button of its web interface",
    proves: [`${BY_USER}#by-user-acs-data`, `${BY_USER}#by-user-values`, "TR-069:3.7.1.5#bootstrap-after-reset"],
    needs: ["snom", "writable-string"],
    disturbs: "factory-reset",
    async drive(bench) {
      const { acs, phone } = bench;
      const { path, use } = phone.values.writableString;
      const key = phone.path("ManagementServer.ParameterKey");
      const session = await acs.session();
      const before = await currentValue(session, path);
      const value = before === use[0] ? use[1] : use[0];
      demand(
        await session.setParameterValues([{ name: path, value }], "before the reset"),
        "SetParameterValues",
        `writing ${path}`,
      );
      await session.end();
      const { seen, inform } = await resetByUser(bench, keep);
      const again = await acs.session();
      const after = parameterValue(await again.getParameterValues([path]), path);
      await again.end();
      return { told: phone.snom.acsSettings, seen, inform, key: informValue(inform, key), value, after };
    },
    *judge({ told, seen, inform, key, value, after }) {
      yield* forgotten(`${BY_USER}#by-user-acs-data`, told, seen);
      yield bootstraps("TR-069:3.7.1.5#bootstrap-after-reset", inform);
      yield same(`${BY_USER}#by-user-values`, key, "");
      yield holds(`${BY_USER}#by-user-values`, after.value !== undefined && after.value !== value, {
        expected: `another value than ${JSON.stringify(value)}`,
        actual: after.value,
        where: after.where,
      });
    },
  }),
  cwmpCase({
    id: "snom.factory-reset.silent",
    title: "contacts no ACS after a reset until it is provisioned, not even when called",
    proves: [`${RESET}#no-contact`],
    needs: ["snom", "factory-reset", "connection-request"],
    disturbs: "factory-reset",
    waits: SILENT / 1000,
    async drive(bench) {
      const { acs, phone } = bench;
      const { seen, early } = await resetByAcs(bench, await acs.session(), async () => {
        const call = await phone.connectionRequest();
        await (await acs.silence(SILENT))?.end();
        return { where: call.last.where };
      });
      // That it comes once it has its ACS again is the control.
      return { ...seen, inform: early[0] };
    },
    *judge({ inform, where }) {
      yield holds(`${RESET}#no-contact`, inform === undefined, {
        expected: `no Inform for ${SILENT / 1000} s`,
        actual: inform === undefined ? "so" : `an Inform with ${eventCodes(inform).value?.join(", ") || "no event"}`,
        where: inform?.where ?? where,
      });
    },
  }),
  cwmpCase({
    id: "snom.factory-reset.delivered-state",
    title: "has map, settings and attributes as delivered after a reset",
    proves: [`${RESET}#map`, `${BY_USER}#delivered-map`, `${BY_USER}#settings`, `${BY_USER}#attributes`],
    needs: ["snom", "factory-reset", "param-map"],
    disturbs: "factory-reset",
    async drive(bench) {
      const { acs, phone } = bench;
      const { path, use } = numberOf(phone);
      const look = async (settings: Settings) => ({ settings, map: await phone.snom.paramMap() });
      // What was told to the phone since the factory is not known before a reset: the first one brings about what is compared with.
      const first = await resetByAcs(bench, await acs.session(), look);
      await upload(bench, await mapWith(bench, [line("string", "Text", "=", "before the reset")]));
      const changes = different(first.seen.settings);
      await phone.snom.save(changes);
      const session = await acs.session();
      const before = (await attributesOf(session, [path])).get(path)?.notification;
      const others = [{ name: path, value: use[0], type: "unsignedInt" }];
      demand(await session.setParameterValues(others), "SetParameterValues", `writing ${path}`);
      const active = await session.setParameterAttributes([{ name: path, notification: before === 2 ? 1 : 2 }]);
      demand(active, "SetParameterAttributes", `setting the Notification of ${path}`);
      const second = await resetByAcs(bench, session, look);
      const again = await acs.session();
      const attributes = await again.getParameterAttributes([path]);
      await again.end();
      return {
        first: first.seen,
        second: second.seen,
        changes,
        notification: { before, after: notificationOf(attributes, path) },
      };
    },
    *judge({ first, second, changes, notification }) {
      const gone = !second.map.includes(own(""));
      yield holds(`${RESET}#map`, gone, {
        expected: "a param_map without the line that was loaded before",
        actual: gone ? "so" : "the line is still there",
        where: "param_map after the second reset",
      });
      const alike = first.map === second.map;
      yield holds(`${BY_USER}#delivered-map`, alike, {
        expected: "the same param_map after both resets",
        actual: alike ? "so" : "two different ones",
        where: "param_map after the second reset",
      });
      for (const name of Object.keys(changes))
        yield same(
          `${BY_USER}#settings`,
          { ...settingIn(second.settings, name), value: second.settings.get(name) ?? "" },
          first.settings.get(name) ?? "",
        );
      if (notification.before !== undefined) yield same(`${BY_USER}#attributes`, notification.after, notification.before);
    },
  }),
  cwmpCase({
    id: "snom.factory-reset.identity",
    title: "is the same phone with the same software after a reset",
    proves: [`${BY_USER}#identity`],
    needs,
    disturbs: "factory-reset",
    async drive(bench) {
      const { acs, phone } = bench;
      const name = phone.path("DeviceInfo.SoftwareVersion");
      const session = await acs.session();
      const { inform } = await resetByAcs(bench, session, keep);
      const { manufacturer, oui, model, serialNumber } = phone.identity;
      const software = informValue(session.inform, name).value ?? "";
      return { before: { manufacturer, oui, productClass: model, serialNumber, software }, inform, name };
    },
    *judge({ before: { software, ...id }, inform, name }) {
      const { manufacturer, oui, productClass, serialNumber } = deviceId(inform);
      yield same(`${BY_USER}#identity`, manufacturer, id.manufacturer);
      yield same(`${BY_USER}#identity`, oui, id.oui);
      yield same(`${BY_USER}#identity`, productClass, id.productClass);
      yield same(`${BY_USER}#identity`, serialNumber, id.serialNumber);
      yield same(`${BY_USER}#identity`, informValue(inform, name), software);
    },
  }),
];

/** The other spelling of a boolean of Table 1. */
const SPELLINGS: Readonly<Record<string, string>> = { on: "1", off: "0" };

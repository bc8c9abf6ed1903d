import { informValue, parameterList, parameterValue } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import { keepingAttributes } from "../support/attributes.ts";
import { gatherInforms } from "../support/failures.ts";
import { concerns } from "../support/local.ts";
import { noSessionOfItsOwn, notified, notNotified, QUIET, quietSeconds } from "../support/notified.ts";
import { back } from "../support/reboots.ts";
import { currentValue, demand } from "../support/steps.ts";
import { settingNow } from "./support/lines.ts";
import { line, own } from "./support/map.ts";
import { byUser, NAME, NAMES, opened, openedFor, SHOWS_NAME, text, toldOf } from "./support/user.ts";

const MODIFIERS = "SNOM-TR-069:Modifiers";

const needs = ["param-map"] as const;

/** One line with this modifier, changed by the user: what the phone told of it. */
const changedUnder = (bench: CwmpBench, modifier: string) =>
  byUser(bench, [line("string", "Name", modifier, SHOWS_NAME)], NAMES, (user) =>
    toldOf(bench, user.change, text, user.before[NAME]),
  );

export const localChangeCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.local.passive",
    title: "tells of a user's change on a line with = in the next Inform, and not before",
    proves: [`${MODIFIERS}#passive-waits`, `${MODIFIERS}#passive-told`],
    needs,
    waits: quietSeconds,
    drive: (bench) => changedUnder(bench, "="),
    *judge({ informs, value }) {
      yield noSessionOfItsOwn(`${MODIFIERS}#passive-waits`, informs, text);
      yield notified(`${MODIFIERS}#passive-told`, informs, text, value);
    },
  }),
  cwmpCase({
    id: "snom.local.active",
    title: "opens a session for a user's change on a line with *=",
    proves: [`${MODIFIERS}#active-told`],
    needs,
    drive: (bench) =>
      byUser(bench, [line("string", "Name", "*=", SHOWS_NAME)], NAMES, async (user) => {
        const session = await opened(bench, user, text);
        await session?.end();
        return session?.inform;
      }),
    *judge(inform) {
      yield openedFor(`${MODIFIERS}#active-told`, inform, text);
      yield same(`${MODIFIERS}#active-told`, informValue(inform, text), NAMES[NAME][1]);
    },
  }),
  cwmpCase({
    id: "snom.local.off",
    title: "does not tell of a user's change on a line with $=",
    proves: [`${MODIFIERS}#off-silent`],
    needs,
    waits: quietSeconds,
    drive: (bench) => changedUnder(bench, "$="),
    *judge({ informs }) {
      yield notNotified(`${MODIFIERS}#off-silent`, informs, text);
    },
  }),
  cwmpCase({
    id: "snom.local.read-only",
    title: "does not tell of a user's change on a line with !=",
    proves: ["PARAM-MAP:local-change#read-only-silent"],
    needs,
    waits: quietSeconds,
    drive: (bench) => changedUnder(bench, "!="),
    *judge({ informs }) {
      yield notNotified("PARAM-MAP:local-change#read-only-silent", informs, text);
    },
  }),
  cwmpCase({
    id: "snom.local.read-only-active",
    title: "tells of a change on a line with != once the ACS has asked to be told of it",
    proves: ["TR-069:A.3.2.4#active"],
    needs,
    drive: (bench) =>
      byUser(bench, [line("string", "Name", "!=", SHOWS_NAME)], NAMES, async (user) => {
        const session = await bench.acs.session();
        const set = await session.setParameterAttributes([{ name: text, notification: 2 }]);
        await session.end();
        demand(set, "SetParameterAttributes", `setting the Notification of ${text} to 2`);
        const told = await opened(bench, user, text);
        await told?.end();
        return told?.inform;
      }),
    *judge(inform) {
      yield openedFor("TR-069:A.3.2.4#active", inform, text);
    },
  }),
  cwmpCase({
    id: "snom.local.unsupported",
    title: "never names the parameter of a line with &= in an Inform",
    proves: [`${MODIFIERS}#unsupported-unnamed`],
    needs,
    waits: quietSeconds,
    drive: (bench) => {
      const lines = [line("string", "Name", "&=", SHOWS_NAME), line("string", "Seen", "*=", SHOWS_NAME)];
      return byUser(bench, lines, NAMES, (user) => toldOf(bench, user.change, own("Seen"), user.before[NAME]));
    },
    *judge({ informs }) {
      const found = informs.find((inform) => parameterList(inform).some(({ name }) => name === text));
      yield holds(`${MODIFIERS}#unsupported-unnamed`, found === undefined, {
        expected: `no Inform with ${text}`,
        actual: found === undefined ? "none" : "one",
        where: found?.where ?? informs.at(-1)?.where ?? "no Inform",
      });
    },
  }),
  cwmpCase({
    id: "snom.local.corrected",
    title: "lets the ACS correct a user's change in the session that tells of it",
    proves: ["SNOM-TR-069:TR-069-introduction#corrected", "SNOM:local-change#correction-silent"],
    needs,
    waits: quietSeconds,
    drive: (bench) =>
      byUser(bench, [line("string", "Name", "*=", SHOWS_NAME)], NAMES, async (user) => {
        const { acs } = bench;
        const session = await opened(bench, user, text);
        if (session === undefined) throw new Inconclusive("precondition", `the phone told of no change of ${text}`);
        const seen = await currentValue(session, text);
        const corrected = await session.setParameterValues([{ name: text, value: "Assay corrected" }]);
        demand(corrected, "SetParameterValues", `correcting ${text}`);
        const informs = gatherInforms(acs);
        await session.end();
        await (await acs.silence(QUIET, { accepts: (inform) => concerns(inform, text) }))?.end();
        const next = await acs.session();
        const reply = await next.getParameterValues([text]);
        await next.end();
        informs.stop();
        return { seen, reply, setting: await settingNow(bench, NAME), informs: informs.seen };
      }),
    *judge({ seen, reply, setting, informs }) {
      const requirement = "SNOM-TR-069:TR-069-introduction#corrected";
      yield same(requirement, { value: seen, where: "the session that told of the change" }, NAMES[NAME][1]);
      yield same(requirement, parameterValue(reply, text), "Assay corrected");
      yield same(requirement, setting, "Assay corrected");
      yield notNotified("SNOM:local-change#correction-silent", informs, text);
    },
  }),
  cwmpCase({
    id: "snom.local.secret",
    title: "tells of a changed password without the password",
    proves: ["TR-106:3.4#hidden-passwords"],
    needs: ["snom"],
    drive(bench) {
      const name = bench.phone.path("ManagementServer.Password");
      return keepingAttributes(bench, [name], async (session) => {
        demand(
          await session.setParameterAttributes([{ name, notification: 2 }]),
          "SetParameterAttributes",
          `setting the Notification of ${name} to 2`,
        );
        await session.end();
        // Whatever the ACS is shown: it asks for no credentials.
        const { tr69_acs_passwd: old = "" } = bench.phone.snom.acsSettings;
        const save = (password: string) => () => bench.phone.snom.save({ tr69_acs_passwd: password });
        const told = await toldOf(bench, save("Secret-0123456789"), name);
        await save(old)();
        return { name, informs: told.informs };
      });
    },
    *judge({ name, informs }) {
      const listed = informs.flatMap((inform) => parameterList(inform).filter((one) => one.name === name));
      const leak = listed.find(({ value }) => value !== "");
      yield holds("TR-106:3.4#hidden-passwords", leak === undefined, {
        expected: `${name} empty where an Inform lists it`,
        actual: leak === undefined ? `${listed.length} times, empty` : "a text",
        where: (leak ?? listed.at(-1))?.where ?? informs.at(-1)?.where ?? "no Inform",
      });
    },
  }),
  cwmpCase({
    id: "snom.local.after-boot",
    title: "tells of a user's change after a restart that came before the next Inform",
    proves: ["SNOM:local-change#kept-over-boot"],
    needs: ["param-map", "power-cycle"],
    disturbs: "reboot",
    drive: (bench) =>
      byUser(bench, [line("string", "Name", "=", SHOWS_NAME)], NAMES, async (user) => {
        const { acs, phone } = bench;
        await user.change();
        const session = await back(bench, (within) =>
          acs.session({ trigger: () => phone.powerCycle(), event: "1 BOOT", within }),
        );
        await session.end();
        return session.inform;
      }),
    *judge(inform) {
      yield notified("SNOM:local-change#kept-over-boot", [inform], text, NAMES[NAME][1]);
    },
  }),
];

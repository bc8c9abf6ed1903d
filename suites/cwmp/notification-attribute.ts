import { parameterNames } from "../../harness/acs/read.ts";
import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { Phone } from "../../harness/phone/phone.ts";
import { each, faults, isResponse, responds } from "../support/answers.ts";
import {
  FORCED_ACTIVE,
  keepingAttributes,
  notificationOf,
  ordinaryParameter,
  reads,
  setAndRead,
  setFlagged,
  taken,
} from "../support/attributes.ts";
import { holderOf, isObject } from "../support/model.ts";
import { demand } from "../support/steps.ts";
import { readOnlyOf } from "../support/targets.ts";

const METHOD = "SetParameterAttributes";

/** How many parameters stand for all, where each is tried by itself. */
const SAMPLE = 20;

/** Parameters from all over the data model, and among them the kinds that a phone could be tempted to refuse. */
function sampleOf(phone: Phone): readonly string[] {
  const { model, values } = phone;
  const all = [...model.keys()].filter((name) => !isObject(name));
  const step = Math.max(1, Math.ceil(all.length / SAMPLE));
  const special = ["DeviceInfo.UpTime", "DeviceInfo.SoftwareVersion", "ManagementServer.ParameterKey"]
    .filter((name) => phone.has(name))
    .map((name) => phone.path(name));
  const named = [
    values.has("deniable") ? [values.deniable.path] : [],
    values.has("readOnly") ? [values.readOnly.path] : [],
    values.has("writableString") ? [values.writableString.path] : [],
  ].flat();
  return [...new Set([...special, ...named, ...all.filter((_, index) => index % step === 0)])];
}

/** That a request for active notification was met, or refused with the fault that is there for it. */
function metOrRefused(requirement: string, set: Reply): Finding {
  const { value, where } = set.summary;
  const ok = isResponse(set, METHOD) || set.faultCode.value === "9009";
  return holds(requirement, ok, { expected: `${METHOD}Response, or fault 9009`, actual: value, where });
}

export const notificationAttributeCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.notification-attribute.values",
    title: "takes active, passive and no notification, and gives back what was set",
    proves: ["TR-069:A.3.2.4#notification"],
    references: ["SPA-001"],
    drive(bench) {
      const path = ordinaryParameter(bench.phone);
      return keepingAttributes(bench, [path], async (session) => {
        const rounds = [];
        for (const notification of [2, 1, 0])
          rounds.push({ notification, ...(await setAndRead(session, [{ name: path, notification }], [path])) });
        return { path, rounds };
      });
    },
    *judge({ path, rounds }) {
      for (const round of rounds) {
        yield taken("TR-069:A.3.2.4#notification", round);
        yield* reads("TR-069:A.3.2.4#notification", round.read, path, round.notification);
      }
    },
  }),
  cwmpCase({
    id: "cwmp.notification-attribute.change-flag",
    title: "leaves Notification alone when NotificationChange is false",
    proves: ["TR-069:A.3.2.4#notification-change"],
    references: ["SPA-002"],
    drive(bench) {
      const path = ordinaryParameter(bench.phone);
      return keepingAttributes(bench, [path], async (session) => {
        demand(await session.setParameterAttributes([{ name: path, notification: 1 }]), METHOD, "setting passive notification");
        const unchanging = { notificationChange: false, notification: 0, accessListChange: false, accessList: [] };
        const set = await setFlagged(bench.acs, session, { name: path, ...unchanging });
        return { path, set, read: await session.getParameterAttributes([path]) };
      });
    },
    *judge({ path, set, read }) {
      yield taken("TR-069:A.3.2.4#notification-change", { set, read });
      yield* reads("TR-069:A.3.2.4#notification-change", read, path, 1);
    },
  }),
  cwmpCase({
    id: "cwmp.notification-attribute.range",
    title: "refuses a Notification of 7 with fault 9003",
    proves: ["TR-069:A.3.2.4#notification-range"],
    references: ["SPA-013"],
    drive(bench) {
      const path = ordinaryParameter(bench.phone);
      return keepingAttributes(bench, [path], async (session) => {
        // The control: the same parameter takes a value that exists.
        demand(await session.setParameterAttributes([{ name: path, notification: 1 }]), METHOD, "setting passive notification");
        return { path, ...(await setAndRead(session, [{ name: path, notification: 7 }], [path])) };
      });
    },
    *judge({ path, set, read }) {
      yield faults("TR-069:A.3.2.4#notification-range", set, 9003);
      yield* reads("TR-069:A.3.2.4#notification-range", read, path, 1);
    },
  }),
  cwmpCase({
    id: "cwmp.notification-attribute.passive-always",
    title: "accepts passive notification for every parameter",
    proves: ["TR-069:A.3.2.4#passive-always"],
    references: ["SPA-006"],
    drive(bench) {
      const names = sampleOf(bench.phone);
      return keepingAttributes(bench, names, async (session) => {
        const tried = [];
        for (const name of names) tried.push({ name, set: await session.setParameterAttributes([{ name, notification: 1 }]) });
        return tried;
      });
    },
    *judge(tried) {
      const requirement = "TR-069:A.3.2.4#passive-always";
      const good = {
        value: `${METHOD}Response for each of ${tried.length} parameters`,
        where: tried.at(-1)?.set.summary.where ?? "",
      };
      yield* each(requirement, tried, good, ({ name, set }) =>
        isResponse(set, METHOD)
          ? undefined
          : { expected: `${METHOD}Response for ${name}`, actual: set.summary.value ?? "nothing", where: set.summary.where },
      );
    },
  }),
  cwmpCase({
    id: "cwmp.notification-attribute.deniable",
    title: "activates notification where it may be refused, or refuses it with fault 9009",
    proves: ["TR-069:A.3.2.4#deniable"],
    references: ["SPA-005"],
    needs: ["deniable-notification"],
    drive(bench) {
      const { path } = bench.phone.values.deniable;
      return keepingAttributes(bench, [path], async (session) => {
        demand(await session.setParameterAttributes([{ name: path, notification: 0 }]), METHOD, "setting no notification");
        return { path, ...(await setAndRead(session, [{ name: path, notification: 2 }], [path])) };
      });
    },
    *judge({ path, set, read }) {
      yield metOrRefused("TR-069:A.3.2.4#deniable", set);
      yield* reads("TR-069:A.3.2.4#deniable", read, path, set.kind === "fault" ? 0 : 2);
    },
  }),
  cwmpCase({
    id: "cwmp.notification-attribute.deniable-below",
    title: "activates notification for all below a partial path, or for none",
    proves: ["TR-069:A.3.2.4#deniable-below"],
    references: ["SPA-016"],
    needs: ["deniable-notification"],
    drive(bench) {
      const path = holderOf(bench.phone.values.deniable.path);
      if (path === bench.phone.root || path === "")
        throw new Inconclusive(
          "precondition",
          "the parameter that may refuse stands at the top: its partial path is the whole tree",
        );
      return keepingAttributes(bench, [path], async (session, before) => {
        const names = [...before.keys()].filter((name) => !isObject(name));
        const off = await setAndRead(session, [{ name: path, notification: 0 }], [path]);
        demand(off.set, METHOD, `setting no notification for ${path}`);
        return { names, off, active: await setAndRead(session, [{ name: path, notification: 2 }], [path]) };
      });
    },
    *judge({ names, off, active }) {
      const requirement = "TR-069:A.3.2.4#deniable-below";
      yield metOrRefused(requirement, active.set);
      yield responds(requirement, active.read, "GetParameterAttributes");
      const refused = active.set.kind === "fault";
      const good = {
        value: refused ? "every Notification as before" : "Notification 2 everywhere",
        where: active.read.summary.where,
      };
      yield* each(requirement, names, good, (name) => {
        const expected = refused ? notificationOf(off.read, name).value : 2;
        const { value, where } = notificationOf(active.read, name);
        return value === expected ? undefined : { expected: String(expected), actual: `${value ?? "none"} for ${name}`, where };
      });
    },
  }),
  cwmpCase({
    id: "cwmp.notification-attribute.forced-active",
    title: "accepts another setting than active where active notification is forced",
    proves: ["TR-069:A.3.2.4#forced-active"],
    references: ["SPA-007"],
    drive(bench) {
      const names = FORCED_ACTIVE.filter((name) => bench.phone.has(name)).map((name) => bench.phone.path(name));
      if (names.length === 0) throw new Inconclusive("precondition", `the data model has neither ${FORCED_ACTIVE.join(" nor ")}`);
      return keepingAttributes(bench, names, async (session) => {
        const replies = [];
        for (const name of names) replies.push(await session.setParameterAttributes([{ name, notification: 0 }]));
        return replies;
      });
    },
    // Device:1 forces neither: then the setting is an ordinary one. Either way it succeeds, and what is read back is free.
    *judge(replies) {
      for (const reply of replies) yield responds("TR-069:A.3.2.4#forced-active", reply, METHOD);
    },
  }),
  cwmpCase({
    id: "cwmp.notification-attribute.read-only",
    title: "keeps a read-only parameter read-only when its Notification is set",
    proves: ["TR-069:A.3.2.4#read-only-stays"],
    drive(bench) {
      const name = readOnlyOf(bench.phone);
      return keepingAttributes(bench, [name], async (session) => {
        const before = await session.getParameterNames(name, false);
        if (parameterNames(before).get(name)?.writable !== false)
          throw new Inconclusive("precondition", `${name} was not listed as read-only before its Notification was set`);
        const set = await session.setParameterAttributes([{ name, notification: 1 }]);
        demand(set, METHOD, `setting passive notification of ${name}`);
        return { name, names: await session.getParameterNames(name, false) };
      });
    },
    *judge({ name, names }) {
      const found = parameterNames(names).get(name);
      yield holds("TR-069:A.3.2.4#read-only-stays", found?.writable === false, {
        expected: `Writable false for ${name}`,
        actual: found === undefined ? names.summary.value : found.writable,
        where: found?.where ?? names.summary.where,
      });
    },
  }),
];

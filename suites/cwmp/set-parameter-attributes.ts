import { parameterValue } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { same } from "../../harness/core/finding.ts";
import { each, faults, inResponse } from "../support/answers.ts";
import {
  attributesOf,
  FORCED_ACTIVE,
  keepingAttributes,
  notificationOf,
  ordinaryParameter,
  putBack,
  reads,
  setAndRead,
  taken,
} from "../support/attributes.ts";
import { isObject } from "../support/model.ts";
import { columnOf, deletingCreated } from "../support/objects.ts";
import { rebooted } from "../support/reboots.ts";
import { currentValue, demand } from "../support/steps.ts";
import { objectOf } from "../support/targets.ts";

const METHOD = "SetParameterAttributes";

/** A Notification other than this one, which every parameter takes. */
const otherThan = (notification: number | undefined): number => (notification === 1 ? 0 : 1);

/** A parameter that takes any Notification; an object among them is a fault of GetParameterAttributes. */
const isFree = (name: string): boolean => !isObject(name) && !FORCED_ACTIVE.some((forced) => name.endsWith(`.${forced}`));

export const setParameterAttributesCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.set-parameter-attributes.unknown-name",
    title: "refuses attributes for an unknown name with fault 9005 and changes none",
    proves: ["TR-069:A.3.2.4#unknown-name", "TR-069:A.3.2.4#atomic"],
    references: ["SPA-004"],
    drive(bench) {
      const path = ordinaryParameter(bench.phone);
      return keepingAttributes(bench, [path], async (session, before) => {
        const was = before.get(path)?.notification;
        const notification = otherThan(was);
        const unknown = bench.phone.path("DeviceInfo.X_NoSuchParameter");
        const settings = [
          { name: path, notification },
          { name: unknown, notification },
        ];
        return { path, was: was ?? 0, ...(await setAndRead(session, settings, [path])) };
      });
    },
    *judge({ path, was, set, read }) {
      yield faults("TR-069:A.3.2.4#unknown-name", set, 9005);
      yield* reads("TR-069:A.3.2.4#atomic", read, path, was);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-attributes.partial-path",
    title: "applies attributes set on a partial path to all parameters below it",
    proves: ["TR-069:A.3.2.4#partial-path"],
    drive(bench) {
      const path = objectOf(bench.phone);
      return keepingAttributes(bench, [path], async (session, before) => {
        const names = [...before.keys()].filter(isFree);
        const off = await setAndRead(session, [{ name: path, notification: 0 }], [path]);
        const passive = await setAndRead(session, [{ name: path, notification: 1 }], [path]);
        return { names, rounds: [off, passive] };
      });
    },
    *judge({ names, rounds }) {
      const requirement = "TR-069:A.3.2.4#partial-path";
      for (const [expected, round] of rounds.entries()) {
        yield taken(requirement, round);
        const good = { value: `Notification ${expected} for ${names.length} parameters`, where: round.read.summary.where };
        yield* each(requirement, names, good, (name) => {
          const { value, where } = notificationOf(round.read, name);
          return value === expected ? undefined : { expected: good.value, actual: `${value ?? "none"} for ${name}`, where };
        });
      }
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-attributes.later-instances",
    title: "leaves objects created later out of what was set on their table",
    proves: ["TR-069:A.3.2.4#existing-instances", "TR-069:A.3.2.4#partial-path"],
    references: ["SPA-003"],
    needs: ["add-delete-object"],
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table } = bench.phone.values.table;
        const earlier = await created.add(session, table);
        const column = await columnOf(session, bench.phone.values.table, earlier);
        const before = await attributesOf(session, [table]);
        const unset = before.get(`${earlier}${column}`)?.notification ?? 0;
        const notification = otherThan(unset);
        try {
          const set = await session.setParameterAttributes([{ name: table, notification }]);
          const later = await created.add(session, table);
          const read = await session.getParameterAttributes([`${earlier}${column}`, `${later}${column}`]);
          return { set, read, earlier: `${earlier}${column}`, later: `${later}${column}`, notification, unset };
        } finally {
          const others = [...before.values()].filter(({ name }) => !name.startsWith(earlier));
          await putBack(session, others);
        }
      }),
    *judge({ set, read, earlier, later, notification, unset }) {
      yield taken("TR-069:A.3.2.4#partial-path", { set, read });
      yield* reads("TR-069:A.3.2.4#partial-path", read, earlier, notification);
      yield* reads("TR-069:A.3.2.4#existing-instances", read, later, unset);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-attributes.last-entry-wins",
    title: "applies entries in their order, whether they name a parameter or a partial path",
    proves: ["TR-069:A.3.2.4#order"],
    references: ["SPA-008"],
    drive(bench) {
      const path = objectOf(bench.phone);
      return keepingAttributes(bench, [path], async (session, before) => {
        const name = [...before.keys()].find(isFree);
        if (name === undefined) throw new Inconclusive("precondition", `no parameter was listed below ${path}`);
        const all = { name: path, notification: 0 };
        const one = { name, notification: 1 };
        return {
          name,
          parameterLast: await setAndRead(session, [all, one], [name]),
          pathLast: await setAndRead(session, [one, all], [name]),
        };
      });
    },
    *judge({ name, parameterLast, pathLast }) {
      yield* reads("TR-069:A.3.2.4#order", parameterLast.read, name, 1);
      yield* reads("TR-069:A.3.2.4#order", pathLast.read, name, 0);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-attributes.parameter-key",
    title: "leaves ParameterKey alone when attributes are set",
    proves: ["TR-106:ManagementServer#parameter-key-attributes"],
    references: ["SPA-015"],
    needs: ["writable-string"],
    drive(bench) {
      const { path } = bench.phone.values.writableString;
      const name = bench.phone.path("ManagementServer.ParameterKey");
      const notified = ordinaryParameter(bench.phone);
      return keepingAttributes(bench, [notified], async (session, before) => {
        const original = await currentValue(session, name);
        const value = await currentValue(session, path);
        // A key that is not empty, or a phone that clears it would not be seen.
        demand(
          await session.setParameterValues([{ name: path, value }], "assay"),
          "SetParameterValues",
          "setting a ParameterKey",
        );
        const key = await currentValue(session, name);
        const set = await session.setParameterAttributes([
          { name: notified, notification: otherThan(before.get(notified)?.notification) },
        ]);
        const reply = await session.getParameterValues([name]);
        await session.setParameterValues([{ name: path, value }], original);
        demand(set, METHOD, "setting an attribute");
        return { key, seen: parameterValue(reply, name) };
      });
    },
    *judge({ key, seen }) {
      yield same("TR-106:ManagementServer#parameter-key-attributes", seen, key);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-attributes.persistent",
    title: "keeps attributes over a reboot",
    proves: ["TR-069:A.3.2.4#persistent"],
    references: ["SPA-012"],
    needs: ["reboot"],
    disturbs: "reboot",
    drive(bench) {
      const path = ordinaryParameter(bench.phone);
      return keepingAttributes(bench, [path], async (session, before) => {
        const notification = before.get(path)?.notification === 2 ? 1 : 2;
        const { set, read: kept } = await setAndRead(session, [{ name: path, notification }], [path]);
        demand(set, METHOD, "setting an attribute");
        if (notificationOf(kept, path).value !== notification)
          throw new Inconclusive("precondition", `the phone has not taken Notification ${notification} for ${path}`);
        const booted = await rebooted(bench, session);
        const read = await booted.getParameterAttributes([path]);
        await booted.end();
        return { path, notification, read };
      });
    },
    *judge({ path, notification, read }) {
      yield* reads("TR-069:A.3.2.4#persistent", read, path, notification);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-attributes.deleted-with-object",
    title: "forgets the attributes of an object that is deleted",
    proves: ["TR-069:A.3.2.4#deleted-with-object"],
    references: ["SPA-014"],
    needs: ["add-delete-object"],
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table } = bench.phone.values.table;
        const first = await created.add(session, table);
        const column = await columnOf(session, bench.phone.values.table, first);
        const name = `${first}${column}`;
        const fresh = (await attributesOf(session, [name])).get(name)?.notification;
        demand(await session.setParameterAttributes([{ name, notification: otherThan(fresh) }]), METHOD, "setting an attribute");
        await created.remove(session, first);
        const gone = await session.getParameterAttributes([name]);
        const second = `${await created.add(session, table)}${column}`;
        return { gone, second, fresh: fresh ?? 0, read: await session.getParameterAttributes([second]) };
      }),
    *judge({ gone, second, fresh, read }) {
      yield faults("TR-069:A.3.2.4#deleted-with-object", gone, 9005);
      yield* inResponse("TR-069:A.3.2.4#deleted-with-object", read, "GetParameterAttributes", function* () {
        yield same("TR-069:A.3.2.4#deleted-with-object", notificationOf(read, second), fresh);
      });
    },
  }),
];

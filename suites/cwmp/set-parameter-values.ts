import { boolean, informValue, parameterValue, status } from "../../harness/acs/read.ts";
import type { ParameterSetting, Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, oneOf, same } from "../../harness/core/finding.ts";
import { faults, responds } from "../support/answers.ts";
import { back } from "../support/reboots.ts";
import { restoring, type Stage } from "../support/stage.ts";
import { currentValue, demand } from "../support/steps.ts";
import { booleanOf, numberOf, readOnlyOf } from "../support/targets.ts";
import { kept, otherOf, readOnlySetting, sameOrBoolean, writeAndRead } from "../support/writing.ts";

/** The name of ParameterKey and two values that it does not have now. */
const keyOf = ({ phone }: CwmpBench, { key }: Stage) => ({
  name: phone.path("ManagementServer.ParameterKey"),
  use: ["assay-1", "assay-2", "assay-3"].filter((one) => one !== key) as [string, string],
});

/** That reading ParameterKey gave `key`. */
const keyIs = (requirement: string, read: Reply, name: string, key: string): Finding =>
  same(requirement, parameterValue(read, name), key);

/** Sets ParameterKey to the first value as a step that is not judged, then to the second, and reads it. */
const setKeys = (bench: CwmpBench, keys: (known: ReturnType<typeof keyOf>) => readonly [string, string]) => {
  const { path } = numberOf(bench.phone);
  return restoring(bench, [path], async (stage) => {
    const known = keyOf(bench, stage);
    const [before, key] = keys(known);
    const settings = [{ name: path, value: stage.before(path), type: stage.typeOf(path) }];
    demand(await stage.write(settings, before), "SetParameterValues", `writing ${path} as it is`);
    return { name: known.name, before, key, set: await stage.write(settings, key), read: await stage.read(known.name) };
  });
};

export const setParameterValuesCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.set-parameter-values.one",
    title: "takes a new value and gives it back at once",
    proves: ["TR-069:A.3.2.1#set"],
    references: ["SPV-001", "SPV-020"],
    needs: ["writable-string"],
    drive(bench) {
      const target = bench.phone.values.writableString;
      return restoring(bench, [target.path], (stage) => writeAndRead(stage, target.path, otherOf(stage, target)));
    },
    *judge(writing) {
      // Status 1 defers the effect, not the value: it has to be readable at once either way.
      yield oneOf("TR-069:A.3.2.1#set", status(writing.set, "SetParameterValues"), [0, 1]);
      yield* kept("TR-069:A.3.2.1#set", writing);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.several",
    title: "takes new values of several parameters in one request",
    proves: ["TR-069:A.3.2.1#set-several"],
    references: ["SPV-002"],
    drive(bench) {
      const number = numberOf(bench.phone);
      const flag = booleanOf(bench.phone);
      return restoring(bench, [number.path, flag], async (stage) => {
        const settings: readonly ParameterSetting[] = [
          { name: number.path, value: otherOf(stage, number), type: stage.typeOf(number.path) },
          { name: flag, value: boolean(stage.before(flag)) === true ? "0" : "1", type: stage.typeOf(flag) },
        ];
        const set = await stage.write(settings);
        const read = await stage.read(number.path, flag);
        return settings.map((setting) => ({ setting, set, read }));
      });
    },
    *judge(writings) {
      for (const writing of writings) yield* kept("TR-069:A.3.2.1#set-several", writing, sameOrBoolean);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.persistent",
    title: "keeps a new value across a reboot",
    proves: ["TR-069:A.3.2.1#persistent"],
    references: ["SPV-021"],
    needs: ["reboot", "writable-string"],
    disturbs: "reboot",
    drive(bench) {
      const target = bench.phone.values.writableString;
      return restoring(bench, [target.path], async (stage) => {
        const setting = { name: target.path, value: otherOf(stage, target) };
        const set = await stage.write([setting]);
        demand(await stage.session.reboot("assay"), "Reboot", "rebooting to see what is kept");
        await back(bench, (within) => stage.nextSession({ trigger: "none", event: "1 BOOT", within }));
        return { setting, set, read: await stage.read(target.path) };
      });
    },
    *judge(writing) {
      yield* kept("TR-069:A.3.2.1#persistent", writing);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.parameter-key",
    title: "sets ParameterKey and tells it in the next Inform",
    proves: ["TR-069:A.3.2.1#parameter-key"],
    references: ["SPV-003"],
    drive(bench) {
      const { path } = numberOf(bench.phone);
      return restoring(bench, [path], async (stage) => {
        const { name, use } = keyOf(bench, stage);
        const set = await stage.write([{ name: path, value: stage.before(path), type: stage.typeOf(path) }], use[0]);
        demand(set, "SetParameterValues", `writing ${path} as it is`);
        const read = await stage.read(name);
        const { inform } = await stage.nextSession();
        return { name, key: use[0], read, informed: informValue(inform, name) };
      });
    },
    *judge({ name, key, read, informed }) {
      yield keyIs("TR-069:A.3.2.1#parameter-key", read, name, key);
      yield same("TR-069:A.3.2.1#parameter-key", informed, key);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.parameter-key-kept",
    title: "keeps ParameterKey when a request fails",
    proves: ["TR-069:A.3.2.1#parameter-key-kept"],
    references: ["SPV-004"],
    drive: (bench) =>
      restoring(bench, [], async (stage) => {
        const { name, use } = keyOf(bench, stage);
        const before = await currentValue(stage.session, name);
        const bad = [
          { name: bench.phone.path("NoSuchParameter"), value: "1" },
          await readOnlySetting(stage, readOnlyOf(bench.phone)),
        ];
        const failed = await stage.write(
          bad,
          use.find((one) => one !== before),
        );
        if (failed.kind !== "fault")
          throw new Inconclusive("precondition", `writing what cannot be written, the phone gave: ${failed.summary.value}`);
        return { name, before, read: await stage.read(name) };
      }),
    *judge({ name, before, read }) {
      yield keyIs("TR-069:A.3.2.1#parameter-key-kept", read, name, before);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.empty-list",
    title: "sets ParameterKey alone for an empty list",
    proves: ["TR-069:A.3.2.1#empty-list"],
    references: ["SPV-005"],
    drive: (bench) =>
      restoring(bench, [], async (stage) => {
        const { name, use } = keyOf(bench, stage);
        return { name, key: use[0], set: await stage.write([], use[0]), read: await stage.read(name) };
      }),
    *judge({ name, key, set, read }) {
      yield responds("TR-069:A.3.2.1#empty-list", set, "SetParameterValues");
      yield keyIs("TR-069:A.3.2.1#empty-list", read, name, key);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.empty-key",
    title: "empties ParameterKey for an empty argument",
    proves: ["TR-069:A.3.2.1#empty-key"],
    references: ["SPV-006"],
    drive: (bench) => setKeys(bench, ({ use }) => [use[0], ""]),
    *judge({ name, key, set, read }) {
      yield responds("TR-069:A.3.2.1#empty-key", set, "SetParameterValues");
      yield keyIs("TR-069:A.3.2.1#empty-key", read, name, key);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.longest-key",
    title: "takes a ParameterKey of 32 characters, however many octets they need",
    proves: ["TR-069:A.3.2.1#longest-key"],
    references: ["SPV-007"],
    drive: (bench) => setKeys(bench, ({ use }) => [use[0], `${"ä".repeat(16)}0123456789abcdeé`]),
    *judge({ name, key, set, read }) {
      yield responds("TR-069:A.3.2.1#longest-key", set, "SetParameterValues");
      yield keyIs("TR-069:A.3.2.1#longest-key", read, name, key);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.over-long-key",
    title: "refuses a ParameterKey of more than 32 characters, with fault 9003",
    // A.2.1 lets a phone refuse strings that are too long, A.2.2 wants an error for what is not as in the schema: a SHOULD for us.
    proves: ["TR-069:A.2.2#over-long-key"],
    references: ["SPV-007"],
    drive: (bench) => setKeys(bench, ({ use }) => [use[0], `${"0123456789abcdef".repeat(2)}-`]),
    *judge({ set }) {
      yield faults("TR-069:A.2.2#over-long-key", set, 9003);
    },
  }),
];

import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { same, sameSet } from "../../harness/core/finding.ts";
import { inResponse } from "../support/answers.ts";
import { accessListOf, notificationOf, reads, setAndRead, taken } from "../support/attributes.ts";
import { rebooted } from "../support/reboots.ts";
import { demand } from "../support/steps.ts";
import { kept, writeAndRead } from "../support/writing.ts";
import { BARRED, lookAtBarred, notifying, staysReadOnly } from "./support/attributes.ts";
import { othersStand, stands } from "./support/lines.ts";
import { line, mapWith, onLines, own, upload } from "./support/map.ts";

const METHOD = "SetParameterAttributes";

/** How long attributes that an ACS has set for a line stay. */
export const mapAttributeKeptCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.map-attributes-kept.with-value",
    title: "keeps the modifier of a line whose value is written, and the value beside it",
    proves: ["PARAM-MAP:writing#modifier-stays"],
    needs: ["param-map"],
    async drive(bench) {
      const seen = await onLines(bench, [line("string", "Line", "=", "at first")], async (stage) => {
        const { set } = await setAndRead(stage.session, notifying("Line", 2), [own("Line")]);
        const writing = await writeAndRead(stage, own("Line"), "and then", "string");
        return { set, writing, read: await stage.session.getParameterAttributes([own("Line")]) };
      });
      return { ...seen, map: await bench.phone.snom.paramMap() };
    },
    *judge({ set, writing, read, map }) {
      const requirement = "PARAM-MAP:writing#modifier-stays";
      yield taken(requirement, { set, read });
      yield* kept(requirement, writing);
      yield* reads(requirement, read, own("Line"), 2);
      yield stands(requirement, map, "Line", line("string", "Line", "*=", "and then"));
    },
  }),
  cwmpCase({
    id: "snom.map-attributes-kept.reboot",
    title: "keeps the notification of a line, and its modifier, over a reboot",
    proves: ["TR-069:A.3.2.4#persistent", "PARAM-MAP:attributes#modifier-after-boot"],
    needs: ["param-map", "reboot"],
    disturbs: "reboot",
    async drive(bench) {
      const read = await onLines(bench, [line("string", "Line", "=", "at first")], async (stage) => {
        demand(await stage.session.setParameterAttributes(notifying("Line", 2)), METHOD, "setting a notification");
        stage.session = await rebooted(bench, stage.session);
        return stage.session.getParameterAttributes([own("Line")]);
      });
      return { read, map: await bench.phone.snom.paramMap() };
    },
    *judge({ read, map }) {
      yield* reads("TR-069:A.3.2.4#persistent", read, own("Line"), 2);
      yield stands("PARAM-MAP:attributes#modifier-after-boot", map, "Line", line("string", "Line", "*=", "at first"));
    },
  }),
  cwmpCase({
    id: "snom.map-attributes-kept.read-only",
    title: "keeps the notification of a read-only line, and that it is one, over a reboot",
    proves: ["TR-069:A.3.2.4#persistent", "TR-069:A.3.2.4#read-only-stays", "SNOM-TR-069:Modifiers#stays-read-only"],
    needs: ["param-map", "reboot"],
    disturbs: "reboot",
    async drive(bench) {
      const barred = await onLines(bench, [BARRED], async (stage) => {
        demand(await stage.session.setParameterAttributes(notifying("Barred")), METHOD, "setting a notification");
        stage.session = await rebooted(bench, stage.session);
        return lookAtBarred(stage);
      });
      return { barred, map: await bench.phone.snom.paramMap() };
    },
    *judge({ barred, map }) {
      yield* reads("TR-069:A.3.2.4#persistent", barred.read, own("Barred"), 1);
      yield* staysReadOnly("TR-069:A.3.2.4#read-only-stays", barred);
      yield stands("SNOM-TR-069:Modifiers#stays-read-only", map, "Barred", BARRED);
    },
  }),
  cwmpCase({
    id: "snom.map-attributes-kept.access-list",
    title: "keeps an AccessList, for which a line has no sign, beside the map",
    proves: ["TR-069:A.3.2.4#access-list", "PARAM-MAP:attributes#access-list"],
    needs: ["param-map", "reboot"],
    disturbs: "reboot",
    async drive(bench) {
      const lines = [line("string", "Open", "=", "1"), line("string", "Closed", "*=", "2")];
      const before = await mapWith(bench, lines);
      const seen = await onLines(bench, lines, async (stage) => {
        const { set, read } = await setAndRead(stage.session, [{ name: own("Closed"), accessList: [] }], [own("Closed")]);
        stage.session = await rebooted(bench, stage.session);
        return { set, read, later: await stage.session.getParameterAttributes([own("Open"), own("Closed")]) };
      });
      return { ...seen, before, after: await bench.phone.snom.paramMap() };
    },
    *judge({ set, read, later, before, after }) {
      yield taken("TR-069:A.3.2.4#access-list", { set, read });
      for (const reply of [read, later])
        yield* inResponse("TR-069:A.3.2.4#access-list", reply, "GetParameterAttributes", function* () {
          yield sameSet("TR-069:A.3.2.4#access-list", accessListOf(reply, own("Closed")), []);
        });
      yield* reads("PARAM-MAP:attributes#access-list", later, own("Closed"), 2);
      yield othersStand("PARAM-MAP:attributes#access-list", before, after);
    },
  }),
  cwmpCase({
    id: "snom.map-attributes-kept.loaded-again",
    title: "takes the notifications of a map that is loaded, not those set before",
    proves: ["PARAM-MAP:loading#new-attributes"],
    needs: ["param-map"],
    drive(bench) {
      const lines = [line("string", "Line", "$=", "1"), line("string", "Barred", "!=", "2")];
      return onLines(bench, lines, async (stage) => {
        const names = [own("Line"), own("Barred")];
        const settings = [...notifying("Line", 2), ...notifying("Barred", 1)];
        demand(await stage.session.setParameterAttributes(settings), METHOD, "setting notifications");
        await stage.session.end();
        await upload(bench, await mapWith(bench, lines));
        await stage.nextSession();
        return stage.session.getParameterAttributes(names);
      });
    },
    *judge(reply) {
      for (const name of ["Line", "Barred"]) yield same("PARAM-MAP:loading#new-attributes", notificationOf(reply, own(name)), 0);
    },
  }),
];

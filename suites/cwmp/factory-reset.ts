import { eventCodes, informValue, instanceNumber, parameterNames, parameterValue } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import { reset } from "../support/resets.ts";

export const factoryResetCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.factory-reset.bootstrap",
    title: "answers FactoryReset, ends the session, and comes back with BOOTSTRAP",
    proves: ["TR-069:A.4.1.6#response", "TR-069:A.4.1.6#after-session", "TR-069:3.7.1.5#bootstrap-after-reset"],
    references: ["FRS-001", "EVT-001"],
    needs: ["factory-reset"],
    disturbs: "factory-reset",
    async drive({ acs, phone, patience }) {
      const session = await acs.session();
      const reply = await session.factoryReset();
      const after = await session.getParameterValues([phone.path("DeviceInfo.SoftwareVersion")]);
      await session.end();
      const contact = await acs.contact({ trigger: () => phone.provisionAgain(), within: patience.reboot });
      await contact.end();
      return { reply, after, codes: eventCodes(contact.inform) };
    },
    *judge({ reply, after, codes }) {
      yield same("TR-069:A.4.1.6#response", reply.summary, "FactoryResetResponse");
      yield same("TR-069:A.4.1.6#after-session", after.summary, "GetParameterValuesResponse");
      yield holds("TR-069:3.7.1.5#bootstrap-after-reset", codes.value?.includes("0 BOOTSTRAP") === true, {
        expected: "0 BOOTSTRAP at the first contact",
        actual: codes.value?.join(", "),
        where: codes.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.factory-reset.parameter-key",
    title: "has an empty ParameterKey after a factory reset",
    proves: ["TR-069:A.4.1.6#parameter-key"],
    references: ["FRS-002", "INF-021"],
    needs: ["factory-reset"],
    disturbs: "factory-reset",
    async drive(bench) {
      const session = await bench.acs.session();
      const { path, use } = bench.phone.values.writableString;
      const name = bench.phone.path("ManagementServer.ParameterKey");
      await session.setParameterValues([{ name: path, value: use[0] }], "before the reset");
      const before = parameterValue(await session.getParameterValues([name]), name);
      const contact = await reset(bench, session);
      await contact.end();
      if (before.value !== "before the reset")
        throw new Inconclusive(
          "precondition",
          `the ParameterKey was not set before the reset: ${before.value ?? "it could not be read"}`,
        );
      return informValue(contact.inform, name);
    },
    *judge(key) {
      yield same("TR-069:A.4.1.6#parameter-key", key, "");
    },
  }),
  cwmpCase({
    id: "cwmp.factory-reset.values",
    title: "has its factory values after a factory reset",
    proves: ["TR-069:A.4.1.6#values"],
    references: ["FRS-002"],
    needs: ["factory-reset", "writable-string"],
    disturbs: "factory-reset",
    async drive(bench) {
      const { acs, phone } = bench;
      const { path, use } = phone.values.writableString;
      // What the ACS has set since the factory is not known before a reset: the first one brings the factory value about.
      const first = await reset(bench, await acs.session());
      await first.end();
      const session = await acs.session();
      const factory = parameterValue(await session.getParameterValues([path]), path);
      await session.setParameterValues([{ name: path, value: factory.value === use[0] ? use[1] : use[0] }]);
      const second = await reset(bench, session);
      await second.end();
      const again = await acs.session();
      const after = parameterValue(await again.getParameterValues([path]), path);
      await again.end();
      if (factory.value === undefined) throw new Inconclusive("precondition", `${path} could not be read after the first reset`);
      return { factory: factory.value, after };
    },
    *judge({ factory, after }) {
      yield same("TR-069:A.4.1.6#values", after, factory);
    },
  }),
  cwmpCase({
    id: "cwmp.factory-reset.instances",
    title: "has lost added objects after a factory reset",
    proves: ["TR-069:A.4.1.6#instances"],
    references: ["FRS-002"],
    needs: ["factory-reset", "add-delete-object"],
    disturbs: "factory-reset",
    async drive(bench) {
      const { acs, phone } = bench;
      const { path } = phone.values.table;
      const session = await acs.session();
      const added = instanceNumber(await session.addObject(path));
      if (added.value === undefined) throw new Inconclusive("precondition", "no object could be added before the reset");
      const contact = await reset(bench, session);
      await contact.end();
      const again = await acs.session();
      const reply = await again.getParameterNames(path, true);
      await again.end();
      return { reply, object: `${path}${added.value}.` };
    },
    *judge({ reply, object }) {
      const kept = parameterNames(reply).get(object);
      // A fault for a table with nothing in it is another case's business.
      const told = reply.kind === "response" || reply.faultCode.value === "9005";
      yield holds("TR-069:A.4.1.6#instances", told && kept === undefined, {
        expected: `GetParameterNamesResponse without ${object}`,
        actual: kept === undefined ? reply.summary.value : `${object} is still there`,
        where: kept?.where ?? reply.summary.where,
      });
    },
  }),
];

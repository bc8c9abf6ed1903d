import {
  deviceId,
  informValue,
  parameterAttributes,
  parameterList,
  parameterValue,
  parameterValues,
} from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { few, holds, same } from "../../harness/core/finding.ts";
import { forcedParameters } from "./inform-rules.ts";

/** Fields of DeviceId and the parameters that hold the same; phones of the root object Device:1 may lack ProductClass. */
const IDENTITY = [
  ["manufacturer", "DeviceInfo.Manufacturer"],
  ["oui", "DeviceInfo.ManufacturerOUI"],
  ["productClass", "DeviceInfo.ProductClass"],
  ["serialNumber", "DeviceInfo.SerialNumber"],
] as const;

export const informCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.inform.device-id",
    title: "gives in DeviceId what DeviceInfo holds",
    proves: ["TR-069:A.3.3.1#device-id"],
    references: ["INF-004"],
    async drive({ acs, phone }) {
      const pairs = IDENTITY.filter(([, name]) => phone.has(name));
      const session = await acs.session();
      const reply = await session.getParameterValues(pairs.map(([, name]) => phone.path(name)));
      await session.end();
      if (reply.kind !== "response")
        throw new Inconclusive("precondition", `DeviceInfo could not be read: ${reply.summary.value}`);
      const id = deviceId(session.inform);
      return pairs.map(([field, name]) => ({ informed: id[field], read: parameterValue(reply, phone.path(name)) }));
    },
    *judge(pairs) {
      for (const { informed, read } of pairs)
        yield same("TR-069:A.3.3.1#device-id", informed, read.value ?? "what DeviceInfo holds");
    },
  }),
  cwmpCase({
    id: "cwmp.inform.values",
    title: "gives in an Inform the values that GetParameterValues gives",
    proves: ["TR-069:A.3.3.1#values"],
    references: ["INF-013"],
    async drive({ acs, phone }) {
      const session = await acs.session();
      const stable = parameterList(session.inform).filter(({ name }) => !phone.values.isVolatile(name));
      // Both may change from one session to the next, not within one.
      const inSession = ["ManagementServer.ParameterKey", "ManagementServer.ConnectionRequestURL"].map((name) =>
        phone.path(name),
      );
      const names = [...new Set([...stable.map(({ name }) => name), ...inSession])];
      const reply = await session.getParameterValues(names);
      await session.end();
      if (reply.kind !== "response")
        throw new Inconclusive("precondition", `the values could not be read: ${reply.summary.value}`);
      return names.map((name) => ({ informed: informValue(session.inform, name), read: parameterValues(reply).get(name) }));
    },
    *judge(pairs) {
      for (const { informed, read } of pairs) if (read !== undefined) yield same("TR-069:A.3.3.1#values", informed, read.value);
    },
  }),
  cwmpCase({
    id: "cwmp.inform.changed-only",
    title: "lists beside VALUE CHANGE only what changed and what has to be there",
    proves: ["TR-069:A.3.3.1#changed-only"],
    references: ["INF-014"],
    needs: ["local-change"],
    async drive({ acs, phone }) {
      const { parameter, values } = phone.values.local;
      const first = await acs.session();
      const notification = parameterAttributes(await first.getParameterAttributes([parameter])).get(parameter)?.notification ?? 0;
      await first.setParameterAttributes([{ name: parameter, notification: 1 }]);
      const before = parameterValues(await first.getParameterValues([parameter])).get(parameter);
      await first.end();
      await phone.changeLocally(parameter, before?.value === values[0] ? values[1] : values[0]);
      const session = await acs.session();
      const listed = parameterList(session.inform);
      const forced = forcedParameters(phone.root, new Set(phone.model.keys()));
      const others = listed.filter(({ name }) => name !== parameter && !forced.includes(name));
      const attributes = others.length === 0 ? undefined : await session.getParameterAttributes(others.map(({ name }) => name));
      // What the ACS writes notifies nobody: the phone is as before.
      await session.setParameterAttributes([{ name: parameter, notification }]);
      if (before !== undefined)
        await session.setParameterValues([{ name: parameter, value: before.value, type: before.type ?? "string" }]);
      await session.end();
      if (!listed.some(({ name }) => name === parameter))
        throw new Inconclusive("precondition", `the change of ${parameter} is not in the Inform`);
      return { listed, others, watched: attributes === undefined ? new Map() : parameterAttributes(attributes) };
    },
    *judge({ listed, others, watched }) {
      // One with a notification attribute may have changed by itself since the last Inform.
      const needless = others.filter(({ name }) => (watched.get(name)?.notification ?? 0) === 0);
      yield holds("TR-069:A.3.3.1#changed-only", needless.length === 0, {
        expected: "what changed, and what every Inform has to hold",
        actual: needless.length === 0 ? `${listed.length} parameters` : `also ${few(needless.map(({ name }) => name))}`,
        where: needless[0]?.where ?? listed[0]?.where ?? "",
      });
    },
  }),
];

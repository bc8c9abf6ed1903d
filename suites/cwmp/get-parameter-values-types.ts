import { type ParameterValue, parameterValueList } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { each } from "../support/answers.ts";
import { misspeltAs } from "../support/lexical.ts";
import { showReading } from "../support/model.ts";
import { inSession } from "../support/stage.ts";

/** Types that the same parameters have in all root data models, TR-106 3.4 and its successors. */
const TYPES: Readonly<Record<string, string>> = {
  "DeviceInfo.Manufacturer": "string",
  "DeviceInfo.ManufacturerOUI": "string",
  "DeviceInfo.ProductClass": "string",
  "DeviceInfo.SerialNumber": "string",
  "DeviceInfo.HardwareVersion": "string",
  "DeviceInfo.SoftwareVersion": "string",
  "DeviceInfo.ProvisioningCode": "string",
  "DeviceInfo.UpTime": "unsignedInt",
  "DeviceInfo.FirstUseDate": "dateTime",
  "DeviceInfo.DeviceLog": "string",
  "ManagementServer.URL": "string",
  "ManagementServer.Username": "string",
  "ManagementServer.PeriodicInformEnable": "boolean",
  "ManagementServer.PeriodicInformInterval": "unsignedInt",
  "ManagementServer.PeriodicInformTime": "dateTime",
  "ManagementServer.ParameterKey": "string",
  "ManagementServer.ConnectionRequestURL": "string",
  "ManagementServer.ConnectionRequestUsername": "string",
  "ManagementServer.UpgradesManaged": "boolean",
  "ManagementServer.STUNEnable": "boolean",
  "ManagementServer.STUNMaximumKeepAlivePeriod": "int",
  "ManagementServer.STUNMinimumKeepAlivePeriod": "unsignedInt",
  "ManagementServer.NATDetected": "boolean",
  "Time.NTPServer1": "string",
  "Time.CurrentLocalTime": "dateTime",
};

/** One finding's text for each value that `check` has something against. */
const against = ({ name, value, where }: ParameterValue, expected: string | undefined, actual: string) =>
  expected === undefined
    ? undefined
    : { expected: `${expected} for ${name}`, actual: `${actual} (${JSON.stringify(value)})`, where };

export const getParameterValuesTypeCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.get-parameter-values.model-types",
    title: "types values as the data model defines them",
    proves: ["TR-106:3.4#types"],
    references: ["GPV-008"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const names = Object.keys(TYPES).filter((name) => bench.phone.has(name));
        const reply = await session.getParameterValues(names.map((name) => bench.phone.path(name)));
        const asked = new Set(names.map((name) => bench.phone.path(name)));
        const values = parameterValueList(reply).filter(({ name }) => asked.has(name));
        if (values.length === 0)
          throw new Inconclusive("precondition", `asked for ${names.join(", ")}, the phone gave: ${reply.summary.value}`);
        return { values, where: reply.summary.where };
      }),
    *judge({ values, where }) {
      // Values without any type are the business of the rules for all messages.
      const typed = values.filter(({ type }) => type !== undefined);
      yield* each("TR-106:3.4#types", typed, { value: `the types of ${typed.length} parameters`, where }, (one) => {
        const defined = TYPES[one.name.replace(/^[^.]*\./, "")];
        return against(one, defined === one.type ? undefined : defined, one.type ?? "no type");
      });
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-values.lexical",
    title: "spells values as their types ask for",
    proves: ["TR-069:A.2.1#lexical"],
    references: ["GPV-009"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        await showReading(session, bench.phone);
        const reply = await session.getParameterValues([bench.phone.root]);
        const values = parameterValueList(reply);
        if (values.length === 0)
          throw new Inconclusive("precondition", `asked for ${bench.phone.root}, the phone gave: ${reply.summary.value}`);
        return { values, where: reply.summary.where };
      }),
    *judge({ values, where }) {
      yield* each("TR-069:A.2.1#lexical", values, { value: `${values.length} values that fit their types`, where }, (one) =>
        against(one, misspeltAs(one.type, one.value), `xsi:type ${one.type}`),
      );
    },
  }),
];

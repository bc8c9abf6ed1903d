import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { few, holds, matches, oneOf, same } from "../../harness/core/finding.ts";
import { demandReadable, oneDelivery, readDelivery, upTime, withHttpProfile, withProfile } from "./support/bulk.ts";
import { reportedObject } from "./support/bulk-contents.ts";
import { reportsIn } from "./support/bulk-judging.ts";
import { withPermissions } from "./support/roles.ts";

const EXCLUDE = "TR-369:R-BULK.10a";
const OWNER = "TR-369:A.1#owner";
const PERMISSIONS = "TR-369:A.1#permissions";
const PHASE = "TR-369:A.1#time-reference";
const STOPS = "TR-181:BulkData#disabled";
const FORCE = "TR-181:BulkData#force-collection";
const COMPRESSION = "TR-181:BulkData#compression";
const METHOD = "TR-181:BulkData#method";
const DATE = "TR-181:BulkData#date";

/** Seconds after the minute in which reports are to come, and by how much their time may miss it. */
const OFFSET = 17;
const OFFSET_SLACK = 2;

export const bulkProfileCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.bulk.exclude",
    title: "leaves out of a report what its profile excludes",
    proves: [EXCLUDE],
    needs: ["usp-bulk-http", "usp-bulk-exclude"],
    waits: 130,
    async drive(bench) {
      const { controllerPath } = bench.agent;
      // Under their paths: how others are called is another requirement's.
      const object = await reportedObject(bench, "", controllerPath);
      const excluded = { name: "", reference: "Device.LocalAgent.Controller.*.EndpointID", exclude: true } as const;
      return { controllerPath, object, ...(await oneDelivery(bench, { parameters: [object.reported, excluded] })) };
    },
    *judge({ controllerPath, object, transfer }) {
      const names = [...(reportsIn([transfer])[0]?.values.keys() ?? [])];
      const kept = object.own.filter((name) => name !== "EndpointID").map((name) => controllerPath + name);
      yield holds(EXCLUDE, kept.every((name) => names.includes(name)) && !names.some((name) => /\bEndpointID$/.test(name)), {
        expected: `${few(kept)}, and no EndpointID`,
        actual: few(names),
        where: transfer.where,
      });
    },
  }),
  uspCase({
    id: "usp.bulk.owner",
    title: "makes the controller that creates a profile its owner",
    proves: [OWNER],
    needs: ["usp-bulk-http", "usp-bulk-owner"],
    drive: (bench) =>
      withProfile(bench, { protocol: "HTTP", parameters: [] }, async ({ path }) => {
        const reply = await bench.controller.get([`${path}Controller`]);
        return { reply, name: `${path}Controller`, entry: bench.agent.controllerPath };
      }),
    *judge({ reply, name, entry }) {
      const seen = parametersIn(reply).get(name) ?? { value: undefined, where: reply.summary.where };
      // Whether a reference to an object ends with a dot is told differently by different editions.
      yield same(OWNER, { ...seen, value: seen.value?.replace(/\.$/, "") }, entry.slice(0, -1));
    },
  }),
  uspCase({
    id: "usp.bulk.permissions",
    title: "leaves out of a report what the owner of the profile may not read",
    proves: [PERMISSIONS],
    needs: ["usp-bulk-http", "usp-bulk-owner", "usp-controller-trust-writable"],
    waits: 190,
    drive(bench) {
      const [uptime, id] = [upTime(bench), { name: "ID", reference: "Device.LocalAgent.EndpointID" }];
      return withHttpProfile(bench, { parameters: [uptime, id] }, async ({ profile, inbox }) => {
        await profile.enable();
        const next = async () => {
          const delivery = await inbox.next(profile.twoReports);
          if (delivery === undefined) throw new Inconclusive("precondition", "the agent delivers no report");
          const transfer = readDelivery(delivery, profile.layout);
          demandReadable([transfer]);
          return { where: transfer.where, names: [...(reportsIn([transfer]).at(-1)?.values.keys() ?? [])] };
        };
        const before = await next();
        if (!before.names.includes(uptime.name))
          throw new Inconclusive(
            "precondition",
            `the agent does not report ${uptime.reference} to a controller that may read it`,
          );
        return withPermissions(bench, [{ Targets: uptime.reference, Param: "----" }], next);
      });
    },
    *judge({ where, names }) {
      yield same(PERMISSIONS, { value: names.join(), where }, "ID");
    },
  }),
  uspCase({
    id: "usp.bulk.time-reference",
    title: "reports in phase with the TimeReference of its profile",
    proves: [PHASE],
    needs: ["usp-bulk-http-json"],
    waits: 130,
    async drive(bench) {
      const values = { TimeReference: `2020-01-01T00:00:${OFFSET}Z`, "JSONEncoding.ReportTimestamp": "Unix-Epoch" };
      const seen = await oneDelivery(bench, { encoding: "JSON", values, parameters: [upTime(bench)] });
      // The agent's own clock tells: it need not be ours.
      const time = reportsIn([seen.transfer])[0]?.timestamp;
      if (!/^\d+$/.test(time?.value ?? "")) throw new Inconclusive("precondition", "the report tells no time in seconds");
      return { ...seen, time };
    },
    *judge({ profile, transfer, time }) {
      const begun = Date.UTC(2020, 0, 1, 0, 0, OFFSET) / 1000;
      const late = (Number(time?.value) - begun) % profile.interval;
      yield holds(PHASE, Math.min(late, profile.interval - late) <= OFFSET_SLACK, {
        expected: `a time that is ${OFFSET} s after the minute, give or take ${OFFSET_SLACK}`,
        actual: time?.value,
        where: time?.where ?? transfer.where,
      });
    },
  }),
  uspCase({
    id: "usp.bulk.disabled",
    title: "reports no more when its profile is disabled",
    proves: [STOPS],
    needs: ["usp-bulk-http"],
    waits: 200,
    drive: (bench) =>
      withHttpProfile(bench, { parameters: [upTime(bench)] }, async ({ profile, inbox }) => {
        await profile.enable();
        const first = await inbox.next(profile.twoReports);
        if (first === undefined) throw new Inconclusive("precondition", "the agent delivers no report");
        await bench.controller.set([{ path: profile.path, params: [{ name: "Enable", value: "false", required: true }] }]);
        return { first, more: await inbox.next(profile.twoReports) };
      }),
    *judge({ first, more }) {
      yield holds(STOPS, more === undefined, {
        expected: "no delivery after the profile was disabled",
        actual: more === undefined ? "none" : "one",
        where: more?.where ?? `after ${first.where}`,
      });
    },
  }),
  uspCase({
    id: "usp.bulk.force-collection",
    title: "collects and delivers at once on ForceCollection()",
    proves: [FORCE],
    needs: ["usp-bulk-http", "usp-bulk-force"],
    drive: (bench) =>
      withHttpProfile(bench, { interval: 3600, parameters: [upTime(bench)] }, async ({ profile, inbox }) => {
        await profile.enable();
        const reply = await bench.controller.operate(`${profile.path}ForceCollection()`);
        const delivery = await inbox.next(bench.patience.contact);
        return { reply, transfer: delivery && readDelivery(delivery, profile.layout) };
      }),
    *judge({ reply, transfer }) {
      yield same(FORCE, reply.summary, "OPERATE_RESP");
      yield holds(FORCE, transfer !== undefined, {
        expected: "a delivery",
        actual: transfer === undefined ? "none" : "one",
        where: transfer?.where ?? reply.summary.where,
      });
    },
  }),
  uspCase({
    id: "usp.bulk.compression",
    title: "compresses a delivery as its profile says",
    proves: [COMPRESSION],
    needs: ["usp-bulk-http", "usp-bulk-compression"],
    waits: 130,
    drive: (bench) => oneDelivery(bench, { values: { "HTTP.Compression": "GZIP" }, parameters: [upTime(bench)] }),
    *judge({ delivery }) {
      yield oneOf(COMPRESSION, delivery.header("Content-Encoding"), ["gzip", "x-gzip"]);
      yield holds(COMPRESSION, delivery.isReadable, {
        expected: "a body in that coding",
        actual: delivery.isReadable ? "one" : "another body",
        where: delivery.where,
      });
    },
  }),
  uspCase({
    id: "usp.bulk.put",
    title: "delivers by the method that its profile says",
    proves: [METHOD],
    needs: ["usp-bulk-http", "usp-bulk-put"],
    waits: 130,
    drive: (bench) => oneDelivery(bench, { values: { "HTTP.Method": "PUT" }, parameters: [upTime(bench)] }),
    *judge({ delivery: { method: value, where } }) {
      yield same(METHOD, { value, where }, "PUT");
    },
  }),
  uspCase({
    id: "usp.bulk.date",
    title: "tells the time of a delivery in a Date header when it is to",
    proves: [DATE],
    needs: ["usp-bulk-http"],
    waits: 130,
    drive: (bench) => oneDelivery(bench, { values: { "HTTP.UseDateHeader": "true" }, parameters: [upTime(bench)] }),
    *judge({ delivery }) {
      const day = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
      yield matches(DATE, delivery.header("Date"), new RegExp(`^${day} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT$`), "an HTTP date");
    },
  }),
];

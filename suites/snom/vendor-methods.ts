import { rpcMethods } from "../../harness/acs/read.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import { each, faults } from "../support/answers.ts";
import { showReading } from "../support/model.ts";
import { inSession } from "../support/stage.ts";
import { listedAs, namesOf, page, showPage, type VendorMethod } from "./support/vendor.ts";

const METHODS: readonly VendorMethod[] = ["Customize", "Minibrowser"];

/** Methods of this vendor that it does not have, in every spelling of its name. */
const UNKNOWN: readonly string[] = ["X_snom_NoSuchMethod", "X-snom-NoSuchMethod", "X_000413_NoSuchMethod"];

/** Calls a vendor's method without an effect that stays: a page is shown, and nothing is given to be fetched. */
const callHarmlessly = ({ phone }: CwmpBench, session: Session, name: string): Promise<Reply> =>
  name.endsWith("Minibrowser") ? showPage(session, phone, page("A page."), name) : session.request(name, "<skinUrl></skinUrl>");

/** How the methods of the vendor's own are named and listed. */
export const vendorMethodCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.vendor-methods.listed",
    title: "lists the methods of its vendor's own that it supports",
    proves: ["SNOM-TR-069:GetRPCMethods#vendor-methods"],
    needs: ["snom", "customize", "minibrowser"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const list = rpcMethods(await session.getRPCMethods());
        return { list, missing: METHODS.filter((method) => !list.value?.some((name) => name.endsWith(method))) };
      }),
    *judge({ list, missing }) {
      yield holds("SNOM-TR-069:GetRPCMethods#vendor-methods", list.value !== undefined && missing.length === 0, {
        expected: `methods that end with ${METHODS.join(" and ")}`,
        actual: list.value === undefined ? "no list" : missing.length === 0 ? "so" : `no ${missing.join(", no ")}`,
        where: list.where,
      });
    },
  }),
  cwmpCase({
    id: "snom.vendor-methods.listed-answer",
    title: "has every method whose name begins with X that it lists",
    proves: ["SNOM-TR-069:GetRPCMethods#listed-answer"],
    needs: ["snom", "customize", "minibrowser"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        await showReading(session, bench.phone);
        const list = rpcMethods(await session.getRPCMethods());
        const calls: { readonly name: string; readonly reply: Reply }[] = [];
        for (const name of list.value ?? [])
          if (/^X[-_]/.test(name)) calls.push({ name, reply: await callHarmlessly(bench, session, name) });
        return { list, calls };
      }),
    *judge({ list, calls }) {
      // A phone that lists none is another case's business.
      if (calls.length === 0) return;
      const good = { value: `no fault 9000 to ${calls.map(({ name }) => name).join(", ")}`, where: list.where };
      yield* each("SNOM-TR-069:GetRPCMethods#listed-answer", calls, good, ({ name, reply }) => {
        const works = reply.kind === "response" || (reply.kind === "fault" && reply.faultCode.value !== "9000");
        const { value = "nothing", where } = reply.summary;
        return works ? undefined : { expected: `no fault 9000 to ${name}, which is listed`, actual: value, where };
      });
    },
  }),
  cwmpCase({
    id: "snom.vendor-methods.spellings",
    title: "answers the guide's other spelling of a method alike, or with fault 9000",
    proves: ["SNOM:rpc-methods#spellings"],
    needs: ["snom", "customize", "minibrowser"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        await showReading(session, bench.phone);
        const pairs: { readonly name: string; readonly first: Reply; readonly reply: Reply }[] = [];
        for (const method of METHODS) {
          const listed = listedAs(bench.phone, method);
          const [best, ...rest] = namesOf(bench.phone, method);
          if (best === undefined) continue;
          const first = await callHarmlessly(bench, session, best);
          for (const name of rest)
            if (!listed.includes(name)) pairs.push({ name, first, reply: await callHarmlessly(bench, session, name) });
        }
        return pairs;
      }),
    *judge(pairs) {
      const [any] = pairs;
      if (any === undefined) return;
      const good = { value: "each spelling answered alike, or with fault 9000", where: any.reply.summary.where };
      yield* each("SNOM:rpc-methods#spellings", pairs, good, ({ name, first, reply }) => {
        const alike = reply.kind === first.kind && reply.faultCode.value === first.faultCode.value;
        const { value = "nothing", where } = reply.summary;
        return alike || reply.faultCode.value === "9000"
          ? undefined
          : { expected: `${name}: ${first.summary.value}, or fault 9000`, actual: value, where };
      });
    },
  }),
  cwmpCase({
    id: "snom.vendor-methods.unknown",
    title: "answers a method under its vendor's name that it does not have with fault 9000",
    proves: ["TR-069:3.5#unsupported-method"],
    needs: ["snom"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        await showReading(session, bench.phone);
        const replies: Reply[] = [];
        for (const name of UNKNOWN) replies.push(await session.request(name));
        return replies;
      }),
    *judge(replies) {
      for (const reply of replies) yield faults("TR-069:3.5#unsupported-method", reply, 9000);
    },
  }),
  cwmpCase({
    id: "snom.vendor-methods.standard-name",
    title: "does not take its vendor's methods under names of the standard's form",
    proves: ["SNOM:rpc-methods#prefix"],
    needs: ["snom", "customize", "minibrowser"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        await showReading(session, bench.phone);
        return [await session.request("Customize", "<skinUrl></skinUrl>"), await session.request("Minibrowser", page("A page."))];
      }),
    *judge(replies) {
      for (const reply of replies) yield faults("SNOM:rpc-methods#prefix", reply, 9000);
    },
  }),
];

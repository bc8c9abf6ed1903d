import { parameterNames } from "../../harness/acs/read.ts";
import type { Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import { inResponse } from "../support/answers.ts";
import { attributesOf, putBack, reads } from "../support/attributes.ts";
import { comes } from "../support/contacts.ts";
import { soonRenewing } from "../support/dhcp.ts";
import { moving } from "../support/moving.ts";
import { notNotified } from "../support/notified.ts";
import { reset } from "../support/resets.ts";
import { inSession } from "../support/stage.ts";
import { demand, tidyUp } from "../support/steps.ts";
import { refuses } from "../support/writing.ts";
import { ASSOCIATION, ELEMENTS } from "./support/device.ts";
import { infoNames, madeOf, namesIn, OTHER, telling } from "./support/gateway.ts";

const needs = ASSOCIATION;
const OFF = 0;
const ACTIVE = 2;

/** Switches the notification of GatewayInfo off in this session. */
async function switchOff(session: Session, names: readonly string[]): Promise<void> {
  const settings = names.map((name) => ({ name, notification: OFF }));
  demand(await session.setParameterAttributes(settings), "SetParameterAttributes", "switching the notification off");
}

/**
 * Switches the notification of GatewayInfo off, and hands over the session in which that was done. Afterwards the attributes are put
 * back, and the session that `work` has left is ended.
 */
async function withoutNotification<T>(
  { acs, phone }: CwmpBench,
  work: (session: Session, names: readonly string[]) => Promise<T>,
): Promise<T> {
  const names = namesIn(infoNames(phone));
  const session = await acs.session();
  const before = await attributesOf(session, names);
  try {
    await switchOff(session, names);
    return await work(session, names);
  } finally {
    await tidyUp(acs, session, (last) => putBack(last, [...before.values()]));
  }
}

export const gatewayInfoCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "tr111.gateway-info.parameters",
    title: "has the three parameters of GatewayInfo, none of them writable",
    proves: ["TR-069:F.2.2#profile"],
    references: ["T11-009"],
    needs,
    drive: (bench) =>
      inSession(bench, async (session) => ({
        reply: await session.getParameterNames(bench.phone.path("GatewayInfo."), true),
        names: namesIn(infoNames(bench.phone)),
      })),
    *judge({ reply, names }) {
      yield* inResponse("TR-069:F.2.2#profile", reply, "GetParameterNames", function* () {
        const found = parameterNames(reply);
        for (const name of names)
          yield holds("TR-069:F.2.2#profile", found.get(name)?.writable === false, {
            expected: `${name}, not writable`,
            actual: found.has(name) ? `writable: ${found.get(name)?.writable}` : "absent",
            where: found.get(name)?.where ?? reply.summary.where,
          });
      });
    },
  }),
  cwmpCase({
    id: "tr111.gateway-info.read-only",
    title: "refuses to have GatewayInfo written, with 9008",
    proves: ["TR-106:GatewayInfo#read-only"],
    references: ["T11-023"],
    needs,
    drive(bench) {
      const name = infoNames(bench.phone).serial;
      // What a phone takes here is put right by the next answer of its gateway, and by nothing else.
      return inSession(bench, async (session) => ({
        name,
        reply: await session.setParameterValues([{ name, value: "assay" }]),
      }));
    },
    *judge({ name, reply }) {
      yield refuses("TR-106:GatewayInfo#read-only", reply, name, 9008);
    },
  }),
  cwmpCase({
    id: "tr111.gateway-info.active-by-default",
    title: "has active notification for GatewayInfo after a factory reset",
    proves: ["TR-111:1.2.2#active-by-default"],
    references: ["T11-010"],
    needs: [...needs, "factory-reset"],
    disturbs: "factory-reset",
    async drive(bench) {
      const names = namesIn(infoNames(bench.phone));
      const session = await bench.acs.session();
      await switchOff(session, names);
      await (await reset(bench, session)).end();
      return inSession(bench, async (after) => ({ names, reply: await after.getParameterAttributes(names) }));
    },
    *judge({ names, reply }) {
      for (const name of names) yield* reads("TR-111:1.2.2#active-by-default", reply, name, ACTIVE);
    },
  }),
  cwmpCase({
    id: "tr111.gateway-info.active-after-url",
    title: "has active notification for GatewayInfo again at another ACS URL",
    proves: ["TR-111:1.2.2#active-after-url"],
    references: ["T11-010", "T11-024"],
    needs,
    drive: (bench) =>
      withoutNotification(bench, (session, names) =>
        moving(bench, session, async ({ arrived }) => {
          const within = bench.patience.reboot;
          const next = await comes(bench.acs, { trigger: () => session.end(), accepts: arrived, within });
          if (next === undefined) throw new Inconclusive("precondition", "the phone has not come to its new URL");
          const reply = await next.getParameterAttributes(names);
          await next.end();
          return { names, reply };
        }),
      ),
    *judge({ names, reply }) {
      for (const name of names) yield* reads("TR-111:1.2.2#active-after-url", reply, name, ACTIVE);
    },
  }),
  cwmpCase({
    id: "tr111.gateway-info.acs-decides",
    title: "leaves GatewayInfo's notification as the ACS set it, through a restart",
    proves: ["TR-111:1.2.2#acs-decides"],
    references: ["T11-024"],
    needs,
    disturbs: "reboot",
    drive: (bench) =>
      withoutNotification(bench, async (session, names) => {
        await session.end();
        const after = await bench.lan.restart();
        const reply = await after.getParameterAttributes(names);
        await after.end();
        return { names, reply };
      }),
    *judge({ names, reply }) {
      for (const name of names) yield* reads("TR-111:1.2.2#acs-decides", reply, name, OFF);
    },
  }),
  cwmpCase({
    id: "tr111.gateway-info.off",
    title: "does not notify of another gateway when the ACS has switched that off",
    proves: ["TR-111:1.2.2#off"],
    references: ["T11-024"],
    needs,
    disturbs: "reboot",
    waits: 60,
    async drive(bench) {
      await soonRenewing(bench);
      return withoutNotification(bench, async (session) => {
        await session.end();
        const made = await madeOf(bench, telling(OTHER));
        if (ELEMENTS.every((element) => made.before[element] === OTHER[element]))
          throw new Inconclusive("precondition", "GatewayInfo was that of the other gateway before");
        return made;
      });
    },
    *judge({ informs, names }) {
      for (const name of namesIn(names)) yield notNotified("TR-111:1.2.2#off", informs, name);
    },
  }),
];

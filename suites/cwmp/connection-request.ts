import { eventCodes, informValue, parameterList } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, type Located, matches, same } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { showAlive } from "../support/alive.ts";
import {
  CONNECTION_REQUEST,
  FOLLOWING,
  refused,
  showAccepting,
  succeeded,
  USUAL_FIELDS,
} from "../support/connection-requests.ts";
import { passBy } from "../support/contacts.ts";
import { gatherInforms } from "../support/failures.ts";
import { passiveRule } from "../support/passive.ts";
import { back } from "../support/reboots.ts";

const needs = ["connection-request"] as const;

/** As a person asks who tries the URL in a browser: the phone has to come for that too. */
const OF_A_BROWSER = [["Accept", "text/html"]] as const;

/** ConnectionRequestURL in an Inform, under whatever root. That it is in every one is the business of another rule. */
const announced = (inform: Exchange): readonly Located[] =>
  parameterList(inform).filter(({ name }) => name.endsWith(".ManagementServer.ConnectionRequestURL"));

export const connectionRequestCases: readonly AnyCase<CwmpBench>[] = [
  passiveRule({
    id: "cwmp.connection-request.url",
    title: "announces an http URL for connection requests",
    requirement: "TR-069:3.2.2#http-url",
    references: ["CRQ-001", "INF-020"],
    needs,
    *judge(inform) {
      const legal = /^http:\/\/(?!0\.0\.0\.0\b|\[::\])(?:\[[\da-f:.]+\]|[^\s/:[\]]+)(?::\d{1,5})?(?:\/\S*)?$/i;
      for (const url of announced(inform))
        yield matches(this.requirement, url, legal, "http://host:port/path, with an address that can be reached");
    },
  }),
  passiveRule({
    id: "cwmp.connection-request.random-path",
    title: "has a path of its own in ConnectionRequestURL",
    requirement: "TR-069:3.2.2#random-path",
    references: ["CRQ-002"],
    needs,
    *judge(inform) {
      for (const url of announced(inform))
        yield matches(this.requirement, url, /^http:\/\/[^/]+\/[^\s/]/i, "a path behind the host, unique to the phone");
    },
  }),
  cwmpCase({
    id: "cwmp.connection-request.accepted",
    title: "answers an authenticated connection request with an empty success",
    proves: ["TR-069:3.2.2#success-status", "TR-069:3.2.2#empty-body", "TR-069:3.2.2#answer-first"],
    references: ["CRQ-004"],
    needs,
    async drive(bench) {
      const { acs, phone } = bench;
      const seen = [];
      for (const headers of [[], USUAL_FIELDS]) {
        const before = acs.latestInform?.number;
        const answer = await phone.connectionRequest({ headers });
        seen.push({ answer, informed: acs.latestInform?.number !== before });
        const session = await acs.silence(FOLLOWING, { event: CONNECTION_REQUEST });
        await session?.end();
      }
      await showAlive(bench);
      return seen;
    },
    *judge(seen) {
      for (const { answer, informed } of seen) {
        yield succeeded("TR-069:3.2.2#success-status", answer);
        const { body, where, summary, status } = answer.last;
        const taken = status >= 200 && status < 300;
        yield holds("TR-069:3.2.2#empty-body", taken && body.length === 0, {
          expected: "a success with a body of zero octets",
          actual: `${summary}, ${body.length} octets`,
          where,
        });
        yield holds("TR-069:3.2.2#answer-first", taken && !informed, {
          expected: "a success before the Inform of the session",
          actual: informed ? "the Inform came before the answer" : summary,
          where,
        });
      }
    },
  }),
  cwmpCase({
    id: "cwmp.connection-request.session",
    title: "opens a session with event 6 within 30 s of a connection request",
    proves: ["TR-069:3.2.2#within-30-seconds", "TR-069:3.2.2#event"],
    references: ["CRQ-005"],
    needs,
    waits: 60,
    async drive(bench) {
      const { acs, phone, clock } = bench;
      await passBy(acs);
      const answer = await phone.connectionRequest({ headers: OF_A_BROWSER });
      const asked = clock.now();
      const informs = gatherInforms(acs);
      const session = await acs.silence(60_000, { event: CONNECTION_REQUEST });
      await session?.end();
      informs.stop();
      if (!answer.accepted) throw new Inconclusive("precondition", `the connection request was answered: ${answer.last.summary}`);
      const inform = session?.inform ?? informs.seen[0];
      await showAlive(bench);
      return { answer, inform, after: (inform?.request.startedAt ?? clock.now()) - asked };
    },
    *judge({ answer, inform, after }) {
      yield holds("TR-069:3.2.2#within-30-seconds", inform !== undefined && after <= 30_000, {
        expected: "an Inform within 30 s",
        actual: inform === undefined ? "no session within 60 s" : `an Inform after ${after / 1000} s`,
        where: inform?.where ?? answer.last.where,
      });
      const codes = eventCodes(inform);
      yield holds("TR-069:3.2.2#event", codes.value?.includes(CONNECTION_REQUEST) === true, {
        expected: CONNECTION_REQUEST,
        actual: codes.value?.join(", ") || "no event",
        where: inform === undefined ? answer.last.where : codes.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.connection-request.other-path",
    title: "takes no connection request at another path",
    proves: ["TR-069:3.2.2#url-only"],
    references: ["CRQ-007"],
    needs,
    async drive(bench) {
      const url = new URL(bench.phone.connectionRequestURL);
      url.pathname = `${url.pathname.replace(/\/$/, "")}/elsewhere`;
      const elsewhere = await bench.phone.connectionRequest({ url: url.href });
      await showAccepting(bench);
      return elsewhere;
    },
    *judge(elsewhere) {
      yield refused("TR-069:3.2.2#url-only", "right credentials at another path", elsewhere);
    },
  }),
  cwmpCase({
    id: "cwmp.connection-request.other-methods",
    title: "takes no other method than GET for a connection request",
    proves: ["TR-069:3.2.2#get-only"],
    references: ["CRQ-014"],
    needs,
    async drive(bench) {
      const post = await bench.phone.connectionRequest({ method: "POST", body: "" });
      const options = await bench.phone.connectionRequest({ method: "OPTIONS" });
      await bench.acs.settle();
      await showAccepting(bench);
      return { post, options };
    },
    *judge({ post, options }) {
      yield refused("TR-069:3.2.2#get-only", "POST", post);
      // A web server may answer OPTIONS with what it allows: then it has not taken it for a connection request.
      const tells = options.last.header("allow").length > 0;
      yield tells
        ? holds("TR-069:3.2.2#get-only", true, { expected: "no success for OPTIONS", actual: "Allow", where: options.last.where })
        : refused("TR-069:3.2.2#get-only", "OPTIONS", options);
    },
  }),
  cwmpCase({
    id: "cwmp.connection-request.content",
    title: "takes a connection request that carries data",
    proves: ["TR-069:3.2.2#content-ignored"],
    references: ["CRQ-013"],
    needs,
    async drive(bench) {
      const answer = await bench.phone.connectionRequest({ body: "data=1", headers: [["Content-Type", "text/plain"]] });
      const session = answer.accepted ? await bench.acs.silence(FOLLOWING, { event: CONNECTION_REQUEST }) : undefined;
      await session?.end();
      await showAccepting(bench);
      return answer;
    },
    *judge(answer) {
      yield succeeded("TR-069:3.2.2#content-ignored", answer);
    },
  }),
  cwmpCase({
    id: "cwmp.connection-request.url-after-reboot",
    title: "keeps ConnectionRequestURL over a reboot, or tells its change",
    proves: ["TR-069:3.2.2#url-change"],
    references: ["CRQ-021"],
    needs,
    disturbs: "reboot",
    async drive(bench) {
      const { acs, phone } = bench;
      const name = phone.path("ManagementServer.ConnectionRequestURL");
      const session = await acs.session();
      const before = informValue(session.inform, name);
      await session.reboot("url-after-reboot");
      await session.end();
      const boot = await back(bench, (within) => acs.contact({ trigger: "none", event: "1 BOOT", within }));
      await boot.end();
      const told = boot.inform.request.envelope?.all("Inform/Event/EventStruct/EventCode") ?? [];
      return { before, after: informValue(boot.inform, name), told: told.map(({ value }) => value?.trim()) };
    },
    *judge({ before, after, told }) {
      if (told.includes("4 VALUE CHANGE") || told.includes("0 BOOTSTRAP"))
        yield holds("TR-069:3.2.2#url-change", after.value !== undefined, {
          expected: "ConnectionRequestURL in the Inform",
          actual: after.value,
          where: after.where,
        });
      else yield same("TR-069:3.2.2#url-change", after, before.value ?? "the URL of before");
    },
  }),
];

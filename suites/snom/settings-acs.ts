import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { FOLLOWING, refused, succeeded } from "../support/connection-requests.ts";
import { comes } from "../support/contacts.ts";
import { portOf } from "../support/sessions.ts";
import { bootstraps, cameOn, managedAs, turnedOn } from "./support/management.ts";

const TABLE = "SNOM-TR-069:TR-069-specific-phone-settings";
const MANUALLY = "SNOM-TR-069:Configure-TR-069-support-manually";

const needs = ["snom"] as const;

/** Settings that say where the ACS is, and who may speak to whom. */
export const settingsAcsCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.settings.acs-url",
    title: "contacts the ACS at a new tr69_acs_url with 0 BOOTSTRAP",
    proves: [`${TABLE}#acs-url`, "TR-069:3.7.1.5#bootstrap-after-url-change"],
    needs,
    async drive(bench) {
      const { acs, phone, patience } = bench;
      const listener = await acs.listen();
      const there = (inform: Exchange): boolean => portOf(bench, inform) === listener.port;
      try {
        // tr69_bootstrap is left alone: it is off, for the ACS of before has had its 0 BOOTSTRAP.
        return await managedAs(
          bench,
          {},
          async () => {
            const trigger = (): Promise<void> => phone.snom.save({ tr69_acs_url: listener.url });
            const session = await comes(acs, { trigger, accepts: there, within: patience.firstContact });
            await session?.end();
            return { port: listener.port, inform: session?.inform };
          },
          there,
        );
      } finally {
        await listener.close();
      }
    },
    *judge({ port, inform }) {
      yield cameOn(`${TABLE}#acs-url`, inform, `tr69_acs_url saved with port ${port}`);
      if (inform !== undefined) yield bootstraps("TR-069:3.7.1.5#bootstrap-after-url-change", inform, true);
    },
  }),
  cwmpCase({
    id: "snom.settings.acs-credentials",
    title: "authenticates at the ACS with tr69_acs_user and tr69_acs_passwd",
    proves: [`${TABLE}#acs-credentials`],
    needs,
    async drive(bench) {
      const { acs } = bench;
      const mine = { username: "Assay-Case", password: "Case-0123456789" };
      return managedAs(bench, { tr69_use_acs: "off" }, async () => {
        const before = acs.authentications.length;
        acs.requireAuthentication({ scheme: "digest", ...mine });
        try {
          const changes = { tr69_acs_user: mine.username, tr69_acs_passwd: mine.password };
          const inform = await turnedOn(bench, changes);
          return { inform, username: mine.username, records: acs.authentications.slice(before) };
        } finally {
          acs.requireAuthentication({ scheme: "none" });
        }
      });
    },
    *judge({ inform, username, records }) {
      const answers = records.filter(({ scheme }) => scheme !== undefined);
      const good = answers.find(({ outcome, fields }) => outcome === "accepted" && fields.username === username);
      yield holds(`${TABLE}#acs-credentials`, inform !== undefined && good !== undefined, {
        expected: `a request of ${username} with its password`,
        actual:
          good === undefined
            ? answers.map(({ outcome, fields }) => `${fields.username ?? "nobody"}: ${outcome}`).join(", ") || "no credentials"
            : "one",
        where: (good ?? answers.at(-1))?.where ?? "no request with credentials",
      });
    },
  }),
  cwmpCase({
    id: "snom.settings.connection-request-credentials",
    title: "asks connection requests for tr69_cnr_user and tr69_cnr_pass",
    proves: [`${TABLE}#connection-request-credentials`],
    needs: ["snom", "connection-request"],
    drive(bench) {
      const { acs, phone } = bench;
      const mine = { username: "Assay-Case", password: "Case-0123456789" };
      return managedAs(bench, { tr69_cnr_user: mine.username, tr69_cnr_pass: mine.password }, async () => {
        const outdated = await phone.connectionRequest(phone.connectionRequestCredentials);
        const current = await phone.connectionRequest(mine);
        const session = current.accepted ? await acs.silence(FOLLOWING) : undefined;
        await session?.end();
        return { outdated, current };
      });
    },
    *judge({ outdated, current }) {
      yield succeeded(`${TABLE}#connection-request-credentials`, current);
      yield refused(`${TABLE}#connection-request-credentials`, "the credentials of before", outdated);
    },
  }),
  cwmpCase({
    id: "snom.settings.documented-url",
    title: "comes to the ACS for the URL of the guide as it stands, with 0 BOOTSTRAP",
    proves: [`${MANUALLY}#documented-url`],
    needs,
    drive: (bench) =>
      managedAs(bench, { tr69_use_acs: "off", tr69_acs_url: "" }, async () => {
        const { acs, phone, patience } = bench;
        const { tr69_acs_user: user = "", tr69_acs_passwd: password = "" } = phone.snom.acsSettings;
        const credentials = `tr69_acs_user=${encodeURIComponent(user)}&tr69_acs_passwd=${encodeURIComponent(password)}`;
        const target = `/dummy.htm?settings=save&tr69_acs_url=${acs.url}&tr69_bootstrap=on&${credentials}&tr69_use_acs=on&tr69_events=`;
        const session = await comes(acs, { trigger: () => phone.snom.page(target), within: patience.firstContact });
        await session?.end();
        return session?.inform;
      }),
    *judge(inform) {
      yield cameOn(`${MANUALLY}#documented-url`, inform, "the URL of the guide");
      if (inform !== undefined) yield bootstraps(`${MANUALLY}#documented-url`, inform, true);
    },
  }),
];

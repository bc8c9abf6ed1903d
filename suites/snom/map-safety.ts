import { parameterNames, parameterValueList } from "../../harness/acs/read.ts";
import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, same } from "../../harness/core/finding.ts";
import { inResponse, isResponse } from "../support/answers.ts";
import { rebooted } from "../support/reboots.ts";
import type { Stage } from "../support/stage.ts";
import { currentValue } from "../support/steps.ts";
import { kept, refuses, writeAndRead } from "../support/writing.ts";
import { giveOwn, prepare } from "./support/lines.ts";
import { line, onLines, own } from "./support/map.ts";

/** A password in the phone, and the setting that holds it: that of an identity, which does nothing while the identity is off. */
const SECRET = "assay-0c7e41d9";
const SECRET_SETTING = { user_pass2: SECRET };
const PLACEHOLDER = "{user_pass|2}";
const NO_INJECTION = "PARAM-MAP:safety#no-injection";

/** Gives the phone its secret. @throws Inconclusive `precondition` when the setting cannot be saved */
const hideSecret = (bench: CwmpBench): Promise<void> => prepare(bench, SECRET_SETTING);

/** That no value in a reply holds the secret. */
function* keepsSecret(requirement: string, replies: readonly Reply[]): Iterable<Finding> {
  for (const reply of replies) {
    const leak = parameterValueList(reply).find(({ value }) => value.includes(SECRET));
    yield holds(requirement, leak === undefined, {
      expected: "no value with the password of the phone in it",
      actual: leak === undefined ? "none" : `the password, in ${leak.name}`,
      where: leak?.where ?? reply.summary.where,
    });
  }
}

/** The text that reads like a placeholder was refused, or is what reading gives: it is never filled in. */
function* refusedOrText(
  requirement: string,
  set: Reply,
  replies: readonly Reply[],
  name: string,
  before: string,
): Iterable<Finding> {
  const taken = isResponse(set, "SetParameterValues");
  if (!taken) yield refuses(requirement, set, own(name), 9007, 9008);
  for (const read of replies) yield* giveOwn(requirement, read, { [name]: taken ? PLACEHOLDER : before });
}

/** Writes the placeholder to `Text`, and reads it in the same session and in the next one. */
async function inject(stage: Stage): Promise<{ readonly set: Reply; readonly reads: readonly Reply[] }> {
  const { set, read } = await writeAndRead(stage, own("Text"), PLACEHOLDER, "string");
  await stage.nextSession();
  return { set, reads: [read, await stage.read(own("Text"))] };
}

/** What an ACS, or whoever writes settings, must not get out of a map or into it. */
export const mapSafetyCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.map-safety.secret",
    title: "does not show the passwords among its settings through a line of the map",
    proves: ["PARAM-MAP:safety#secret-setting"],
    needs: ["param-map"],
    async drive(bench) {
      await hideSecret(bench);
      const lines = [
        line("string", "Beside", "!=", "no secret"),
        line("string", "Plain", "=", PLACEHOLDER),
        line("string", "Shown", "!=", PLACEHOLDER),
        line("string", "Line.2.Mixed", "!=", "It is {user_pass|n}"),
      ];
      return onLines(bench, lines, async (stage) => {
        const beside = await currentValue(stage.session, own("Beside"));
        if (beside !== "no secret")
          throw new Inconclusive("control-failed", `the line beside those with a password reads ${JSON.stringify(beside)}`);
        return stage.read(own("Plain"), own("Shown"), own("Line.2.Mixed"));
      });
    },
    *judge(reply) {
      yield* keepsSecret("PARAM-MAP:safety#secret-setting", [reply]);
    },
  }),
  cwmpCase({
    id: "snom.map-safety.placeholder-written",
    title: "never fills in a placeholder that was written as the value of a static line",
    proves: [NO_INJECTION],
    needs: ["param-map"],
    async drive(bench) {
      await hideSecret(bench);
      return onLines(bench, [line("string", "Text", "=", "at first")], inject);
    },
    *judge({ set, reads }) {
      yield* keepsSecret(NO_INJECTION, reads);
      yield* refusedOrText(NO_INJECTION, set, reads, "Text", "at first");
    },
  }),
  cwmpCase({
    id: "snom.map-safety.placeholder-after-boot",
    title: "does not fill in a written placeholder after a reboot either",
    proves: [NO_INJECTION],
    needs: ["param-map", "reboot"],
    disturbs: "reboot",
    async drive(bench) {
      await hideSecret(bench);
      return onLines(bench, [line("string", "Text", "=", "at first")], async (stage) => {
        const { set } = await writeAndRead(stage, own("Text"), PLACEHOLDER, "string");
        stage.session = await rebooted(bench, stage.session);
        return { set, reads: [await stage.read(own("Text"))] };
      });
    },
    *judge({ set, reads }) {
      yield* keepsSecret(NO_INJECTION, reads);
      yield* refusedOrText(NO_INJECTION, set, reads, "Text", "at first");
    },
  }),
  cwmpCase({
    id: "snom.map-safety.placeholder-in-setting",
    title: "does not fill in a placeholder that stands in a setting",
    proves: ["PARAM-MAP:safety#no-recursion"],
    needs: ["param-map"],
    async drive(bench) {
      await hideSecret(bench);
      await prepare(bench, { user_realname1: "at first" });
      return onLines(bench, [line("string", "Text", "=", "{user_realname|1}")], inject);
    },
    *judge({ set, reads }) {
      yield* keepsSecret("PARAM-MAP:safety#no-recursion", reads);
      yield* refusedOrText("PARAM-MAP:safety#no-recursion", set, reads, "Text", "at first");
    },
  }),
  cwmpCase({
    id: "snom.map-safety.line-break",
    title: "never makes a second line of the map out of a value with a line break",
    proves: ["PARAM-MAP:safety#no-second-line"],
    needs: ["param-map"],
    drive: (bench) =>
      onLines(bench, [line("string", "Text", "=", "at first")], async (stage) => {
        const writings = [];
        for (const end of ["\n", "\r\n", "\r"]) {
          const value = `one${end}${line("string", "Second", "=", "two")}`;
          writings.push(await writeAndRead(stage, own("Text"), value, "string"));
        }
        await stage.nextSession();
        return { writings, names: await stage.session.getParameterNames(own(""), false) };
      }),
    *judge({ writings, names }) {
      const requirement = "PARAM-MAP:safety#no-second-line";
      yield* inResponse(requirement, names, "GetParameterNames", function* () {
        const second = parameterNames(names).get(own("Second"));
        yield holds(requirement, second === undefined, {
          expected: "no parameter that no line was loaded for",
          actual: second === undefined ? "none" : own("Second"),
          where: second?.where ?? names.summary.where,
        });
        yield same(requirement, { value: parameterNames(names).has(own("Text")), where: names.summary.where }, true);
      });
      for (const writing of writings)
        if (isResponse(writing.set, "SetParameterValues")) yield* kept(requirement, writing, sameLines);
        else yield refuses(requirement, writing.set, own("Text"), 9007);
    },
  }),
];

/** The same text, whatever ends its lines: XML makes one line feed of each end. */
const sameLines = (seen: string, written: string): boolean => seen.replace(/\r\n?/g, "\n") === written.replace(/\r\n?/g, "\n");

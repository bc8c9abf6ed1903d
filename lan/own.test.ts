import { expect, test } from "vitest";
import { openOwnInterface } from "./own.ts";
import { isRoot, lanProblem } from "./probe.ts";

// What becomes of an interface that can be had is in trust/lab-run.test.ts: here is none that may be taken.

const problem = lanProblem() ?? (isRoot() ? undefined : "a phone on an interface needs the rights of root");
if (problem !== undefined) console.warn(`no interface of a phone is tested: ${problem}`);

test.runIf(problem === undefined).each([
  ["eth77", /^eth77 is no interface of this machine; there are /],
  ["lo", /^lo is no Ethernet interface; there are /],
])("a phone does not get %s", async (name, message) => {
  await expect(openOwnInterface(name)).rejects.toThrow(message);
});

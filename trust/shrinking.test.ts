import { expect, test } from "vitest";
import { seeded } from "../harness/core/random.ts";
import { mutants } from "../simulator/mutants/index.ts";
import { applyMutant } from "../simulator/mutants/mutant.ts";
import { startPhone } from "../simulator/phone.ts";
import { reference } from "../simulator/seams.ts";
import { type Examined, examine } from "./examine.ts";
import { SEED } from "./rig.ts";

// A fault that needs four commands is found, made smaller to exactly those, and seen again by the command that is printed with it.

const PROPERTY = "properties.phone.any-sequence";
const REQUIREMENT = "TR-069:A.3.2.6#number-not-reused";

/** Runs the property against the phone that needs four commands. */
async function run(path?: string): Promise<Examined> {
  const mutant = mutants.find(({ id }) => id === "prop-four-commands");
  if (mutant === undefined) throw new Error("the mutant is gone");
  const { seams } = applyMutant(reference, mutant);
  const examined = await examine((clock) => startPhone({ clock, seams, random: seeded(SEED) }), {
    only: new Set([PROPERTY]),
    ...(path === undefined ? {} : { path }),
  });
  const found = examined.find(({ id }) => id === PROPERTY);
  if (found === undefined) throw new Error("the property was not run");
  return found;
}

/** The commands of the example in a finding, without the instance numbers, which depend on what was done before. */
function commandsIn({ details: [told = ""] }: Examined): readonly string[] {
  const [, example = ""] = /example: (.*?); to see it again: /.exec(told) ?? [];
  return example.split("; ").map((step) => step.replace(/, which gave.*/, "").replace(/\d+\.$/, ""));
}

const replayIn = ({ details: [told = ""] }: Examined): string | undefined =>
  /to see it again: (npm test -- \S+ \S+ \S+)/.exec(told)?.[1];

test("a fault that needs four commands is found, and told in four", async () => {
  const found = await run();
  expect(found).toMatchObject({ verdict: "fail", bad: [REQUIREMENT] });
  expect(found.details[0]).toContain("the smallest example");
  const [first = "", ...others] = commandsIn(found);
  const [, table = ""] = /^AddObject (\S+)$/.exec(first) ?? [];
  expect([first, ...others]).toEqual([`AddObject ${table}`, `DeleteObject ${table}`, "Reboot", `AddObject ${table}`]);

  const replay = replayIn(found);
  const [, path] = new RegExp(`^npm test -- --case=${PROPERTY} --seed=${SEED} --path=([\\d:]+)$`).exec(replay ?? "") ?? [];
  const again = await run(path);
  expect(again).toMatchObject({ verdict: "fail", bad: [REQUIREMENT] });
  expect(commandsIn(again)).toEqual(commandsIn(found));
  expect(replayIn(again)).toBe(replay);
}, 120_000);

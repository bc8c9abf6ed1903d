import { expect, test } from "vitest";
import { type AnyCase, erase } from "../core/case.ts";
import { closest } from "../core/closest.ts";
import { planText } from "../report/plan-text.ts";
import { globPattern, inWords, NothingSelected, type PlanOptions, planRun } from "./plan.ts";

const one = (id: string, more: Partial<AnyCase<unknown>> = {}): AnyCase<unknown> =>
  erase({ id, title: `does ${id}`, proves: [], drive: () => Promise.resolve(1), judge: () => [], ...more });

const cases = [
  one("cwmp.inform.all", { passive: true }),
  one("cwmp.reboot.comes-back", { disturbs: "reboot" }),
  one("cwmp.factory-reset.forgets", { disturbs: "factory-reset" }),
  one("cwmp.get.a"),
  one("cwmp.get.slow", { waits: 1200 }),
  one("cwmp.upload.b", { needs: ["upload"] }),
  one("cwmp.get.b"),
];

const options: PlanOptions = {
  claims: (feature) => (feature === "upload" ? false : undefined),
  claimReason: (feature) => `profiles/x.yaml, line 3: claims.${feature} is false`,
  allow: { disturbs: ["reboot"], slow: false },
};

test("gentle cases come first, passive ones last, and what does not apply carries its reason", () => {
  const plan = planRun(cases, options).map(({ case: { id }, applicable }) => [id, applicable === true || applicable.reason]);
  expect(plan).toEqual([
    ["cwmp.get.a", true],
    ["cwmp.get.slow", "it waits 20 min in real time, which the profile does not allow (allow: slow)"],
    ["cwmp.upload.b", "profiles/x.yaml, line 3: claims.upload is false"],
    ["cwmp.get.b", true],
    ["cwmp.reboot.comes-back", true],
    [
      "cwmp.factory-reset.forgets",
      "it disturbs the phone (factory-reset), which the profile does not allow (allow: factory-reset)",
    ],
    ["cwmp.inform.all", true],
  ]);
});

test("what needs a LAN says why there is none, unless the phone lacks something else", () => {
  const onLan = [one("tr111.device-identity.x", { needs: ["lan"] }), one("tr111.stun.x", { needs: ["lan", "upload"] })];
  const reasons = (noLan?: string) => planRun(onLan, { ...options, noLan }).map(({ applicable }) => applicable);
  expect(reasons("no right to make one")).toEqual([
    { reason: "no right to make one" },
    { reason: "profiles/x.yaml, line 3: claims.upload is false" },
  ]);
  expect(reasons()[0]).toBe(true);
});

test("globs and name filters choose; choosing nothing is an error that knows what was meant", () => {
  const ids = (more: Partial<PlanOptions>) => planRun(cases, { ...options, ...more }).map((planned) => planned.case.id);
  expect(ids({ caseGlob: ["cwmp.get.{a,b}"] })).toEqual(["cwmp.get.a", "cwmp.get.b"]);
  expect(ids({ nameFilter: "get.*slow" })).toEqual(["cwmp.get.slow"]);
  expect(() => ids({ caseGlob: ["cwmp.reboot.comes-bakc"] })).toThrow("did you mean cwmp.reboot.comes-back");
  expect(() => ids({ protocol: "usp" })).toThrow(NothingSelected);
  expect(globPattern("a.b*").test("axb")).toBe(false);
  expect(closest("zzz", ["cwmp.get.a"], 3)).toEqual([]);
});

test("the printed plan names what runs, what does not, the length and what is done to the phone", () => {
  const text = planText(planRun(cases, options), { target: "192.168.1.20", virtual: false });
  expect(text).toContain("4 cases would run, 3 would not.");
  expect(text).toContain("  profiles/x.yaml, line 3: claims.upload is false\n    cwmp.upload.b");
  expect(text).toContain("1 case disturb the phone: reboot.".replace("disturb ", "disturbs "));
  expect(text).toMatch(/Estimated length: about \d+ (s|min)/);
  expect([0.25, 45, 1200, 3900].map(inWords)).toEqual(["250 ms", "45 s", "20 min", "1 h 5 min"]);
});

import { expect, test } from "vitest";
import { errorCode, fittingCode, suits } from "./codes.ts";

const seen = (value: string | undefined) => ({ value, where: "Record #1" });

test("the exact code is TR-369's, any code that suits the request is the plan's", () => {
  const verdicts = (code: string | undefined) => {
    const { ok, byPlan } = errorCode("R", seen(code), 7011, "Add");
    return [ok, byPlan];
  };
  expect(verdicts("7011")).toEqual([true, true]);
  expect(verdicts("7012")).toEqual([false, true]);
  expect(verdicts("7812")).toEqual([false, true]);
  expect(verdicts("7024")).toEqual([false, false]);
  expect(verdicts("9005")).toEqual([false, false]);
  expect(verdicts(undefined)).toEqual([false, false]);
  expect(errorCode("R", seen("7010"), [7010, 7026], "Get").ok).toBe(true);
});

test("codes suit those requests for which TR-369 lists them", () => {
  const fits = (code: string) =>
    (["Add", "Set", "Delete", "Get", "GetInstances", "GetSupportedDM", "Operate"] as const).filter((one) => suits(one, code));
  expect(fits("7017")).toEqual(["Add"]);
  expect(fits("7020")).toEqual(["Set"]);
  expect(fits("7024")).toEqual(["Delete"]);
  expect(fits("7010")).toEqual(["Add", "Set", "Get"]);
  expect(fits("7018")).toEqual(["Add", "Delete", "GetInstances"]);
  expect(fits("7022")).toEqual(["Operate"]);
  expect(fits("7026")).toHaveLength(7);
  expect(fits("7100")).toEqual([]);
  expect(fittingCode("R", seen("7024"), "Add").ok).toBe(false);
});

import { type PlanFacts, planTestsOf } from "../../../harness/core/verdict.ts";
import type { CertificationPlan } from "../../../harness/run/certification.ts";
import { planElements } from "./elements.ts";
import { planFeatures } from "./features.ts";
import { section1 } from "./section-1.ts";
import { section2, section3, section4 } from "./section-2-to-4.ts";
import { section5, section6, section7, section8 } from "./section-5-to-8.ts";
import { section9, section10, section11 } from "./section-9-to-11.ts";
import { type Listed, mandatory } from "./tests.ts";

/** "Universal Test Metrics" of the introduction: what has to hold in every test. The plan numbers them 1 to 4. */
const universal: readonly Listed[] = [
  mandatory("U1", "The Endpoint ID is valid"),
  mandatory("U2", "Records and messages are valid by their schemas"),
  mandatory("U3", "Paths are valid by their grammar"),
  mandatory("U4", "Paths that the agent originates have instance numbers"),
];

const SECTIONS: readonly (readonly [name: string, title: string, tests: readonly Listed[]])[] = [
  ["U", "Universal test metrics", universal],
  ["1", "Messages and path names", section1],
  ["2", "Authentication and access control", section2],
  ["3", "USP records", section3],
  ["4", "General MTP", section4],
  ["5", "CoAP", section5],
  ["6", "STOMP", section6],
  ["7", "WebSocket", section7],
  ["8", "Discovery", section8],
  ["9", "Functionality", section9],
  ["10", "Bulk data collection", section10],
  ["11", "MQTT", section11],
];

/** The certification plan, with the cases that run each of its tests. */
export function tp469Plan(cases: readonly ({ readonly id: string } & Pick<PlanFacts, "references">)[]): CertificationPlan {
  const byTest = new Map<string, string[]>();
  for (const one of cases) for (const number of planTestsOf(one)) byTest.set(number, [...(byTest.get(number) ?? []), one.id]);
  return {
    name: "TP-469",
    version: "1.4.0",
    features: planFeatures,
    elements: planElements,
    sections: SECTIONS.map(([name, title, tests]) => ({
      name,
      title,
      tests: tests.map((test) => ({ ...test, cases: byTest.get(test.number) ?? [] })),
    })),
  };
}

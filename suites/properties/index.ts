import type { CwmpBench } from "../../harness/bench/bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { attributeCases } from "./attributes.ts";
import { mapCases } from "./map.ts";
import { notificationCases } from "./notification.ts";
import { phoneCases } from "./phone.ts";
import { readingCases } from "./reading.ts";
import { valueCases } from "./values.ts";

/** Every property: what holds for whatever chance comes up with. */
export const propertyCases: readonly AnyCase<CwmpBench>[] = [
  ...readingCases,
  ...attributeCases,
  ...valueCases,
  ...notificationCases,
  ...mapCases,
  ...phoneCases,
];

import { behaviourVariants } from "./behaviour.ts";
import { dhcpVariants } from "./dhcp.ts";
import { discoveryVariants } from "./discovery.ts";
import { envelopeVariants } from "./envelopes.ts";
import { mqttVariants } from "./mqtt.ts";
import { snomVariants } from "./snom.ts";
import { stunVariants } from "./stun.ts";
import { transportVariants } from "./transport.ts";
import { uspVariants } from "./usp.ts";
import { uspBulkVariants } from "./usp-bulk.ts";
import { uspSessionVariants } from "./usp-session.ts";
import type { Variant } from "./variant.ts";

/** Phones that use a freedom which the standards leave. */
export const variants: readonly Variant[] = [
  ...envelopeVariants,
  ...transportVariants,
  ...behaviourVariants,
  ...snomVariants,
  ...mqttVariants,
  ...uspVariants,
  ...uspSessionVariants,
  ...uspBulkVariants,
  ...dhcpVariants,
  ...discoveryVariants,
  ...stunVariants,
];

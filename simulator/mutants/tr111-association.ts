import type { Mutant } from "./mutant.ts";

/** Phones that cannot be reached by way of their gateway: TR-111 Part 1, and TR-069 3.2.2. */
export const tr111AssociationMutants: readonly Mutant[] = [
  {
    id: "association-own-host-only",
    phone: "A phone that takes connection requests only when their Host has its own port.",
    breaks: "TR-069:3.2.2#mapped-request",
    rig: "cwmp-lan",
    caught: { "tr111.association.port-mapping": ["TR-069:3.2.2#mapped-request", "TR-069:3.2.2#mapped-session"] },
    change: () => ({ connectionRequest: { acceptsHost: (host, port) => host?.endsWith(`:${port}`) === true } }),
  },
];

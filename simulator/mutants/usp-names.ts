import type { Mutant } from "./mutant.ts";

const FORM = "usp.endpoint-id.form";

export const uspNamesMutants: readonly Mutant[] = [
  {
    id: "usp-names-authority",
    phone: "A phone that has its OUI as the authority of an Endpoint ID of the scheme os.",
    breaks: "TR-369:R-ARC.2a",
    caught: { [FORM]: ["TR-369:R-ARC.2a"] },
    change: ({ usp }) => ({ usp: { endpointId: (made) => usp.endpointId(made).replace(/^os::(\w+)-/, "os:$1:$1-") } }),
  },
  {
    id: "usp-names-tilde",
    phone: "A phone whose Endpoint ID has a tilde in its last part.",
    breaks: "TR-369:R-ARC.5",
    caught: { [FORM]: ["TR-369:R-ARC.5"] },
    change: ({ usp }) => ({ usp: { endpointId: (made) => `${usp.endpointId(made)}~1` } }),
  },
  {
    id: "usp-names-long",
    phone: "A phone whose Endpoint ID is longer than users can type.",
    breaks: "TR-369:R-ARC.6",
    caught: { [FORM]: ["TR-369:R-ARC.6"] },
    change: ({ usp }) => ({ usp: { endpointId: (made) => `${usp.endpointId(made)}.${"phone".repeat(8)}` } }),
  },
  {
    id: "usp-names-leading-zero",
    phone: "A phone that fills up the number of an MTP with a zero when it tells values inside.",
    breaks: "TR-369:R-ARC.7",
    caught: {
      "usp.message.path-syntax": ["TR-369:R-ARC.7"],
      "usp.get-instances.several-tables": ["TP-469:1.68#each-path"],
    },
    change: ({ usp }) => ({
      usp: { told: (path, asked) => usp.told(path, asked).replace(/^(Device\.LocalAgent\.MTP\.)(\d\.WebSocket\.)/, "$10$2") },
    }),
  },
];

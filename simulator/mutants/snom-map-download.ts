import type { Mutant } from "./mutant.ts";

const REPORTED = "PARAM-MAP:download#reported";

/** Phones that go wrong about maps that an ACS has them download. */
export const snomMapDownloadMutants: readonly Mutant[] = [
  {
    id: "map-download-taken-for-firmware",
    phone: "A phone that takes a param_map that it has downloaded for firmware.",
    breaks: "SNOM-TR-069:Download#param-map",
    caught: {
      "snom.map-download.in-force": ["SNOM-TR-069:Download#param-map", REPORTED, "PARAM-MAP:download#octets"],
      "snom.map-download.reboot": ["PARAM-MAP:download#persistent"],
    },
    change: ({ transfer }) => ({
      transfer: {
        downloadKind: (fileType) => (fileType.endsWith("ParamMap") ? "firmware" : transfer.downloadKind(fileType)),
      },
    }),
  },
  {
    id: "map-download-corrupt-unreported",
    phone: "A phone that reports success for a file that it could not use.",
    breaks: REPORTED,
    caught: {
      "snom.map-download.broken": [REPORTED],
      "snom.map-download.web-page": [REPORTED],
      "snom.map-download.empty": [REPORTED],
    },
    change: () => ({ transfer: { corruptFault: () => 0 } }),
  },
];

import type { Mutant } from "./mutant.ts";

/** Phones that send requests of their own when they may not, or hold them back without being told to: TR-069 3.5, 3.7.1.3. */
export const holdRequestsMutants: readonly Mutant[] = [
  {
    id: "hold-unasked",
    phone: "A phone that holds its requests back unless HoldRequests is 0.",
    breaks: "TR-069:3.7.1.3#pending-request-first",
    caught: { "cwmp.hold-requests.not-held": ["TR-069:3.7.1.3#pending-request-first"] },
    change: () => ({ session: { isHeld: (header, pending) => header ?? pending > 0 } }),
  },
  {
    id: "hold-ignored",
    phone: "A phone that does not know HoldRequests.",
    breaks: "TR-069:3.7.1.3#held",
    quirk: "M79",
    caught: {
      "cwmp.hold-requests.one": ["TR-069:3.7.1.3#held"],
      "cwmp.hold-requests.true": ["TR-069:3.5#hold-requests-true"],
    },
    change: () => ({ session: { isHeld: () => false } }),
  },
  {
    id: "hold-digits-only",
    phone: "A phone that takes every HoldRequests but 1 for false.",
    breaks: "TR-069:3.5#hold-requests-true",
    caught: { "cwmp.hold-requests.true": ["TR-069:3.5#hold-requests-true"] },
    change: () => ({ soap: { holdRequests: (text) => text.trim() === "1" } }),
  },
  {
    id: "hold-presence",
    phone: "A phone that holds its requests back when there is a HoldRequests, whatever it says.",
    breaks: "TR-069:3.5#hold-requests-zero",
    caught: { "cwmp.hold-requests.zero": ["TR-069:3.5#hold-requests-zero"] },
    change: () => ({ session: { isHeld: (header) => header !== undefined } }),
  },
  {
    id: "hold-responses-too",
    phone: "A phone that holds its responses back, too.",
    breaks: "TR-069:3.7.1.3#response-while-held",
    caught: { "cwmp.hold-requests.answers-while-held": ["TR-069:3.7.1.3#response-while-held"] },
    change: () => ({ session: { posts: (_method, { held }) => !held } }),
  },
  {
    id: "hold-for-the-whole-session",
    phone: "A phone that takes its first empty POST for the last word on its requests, though they were held.",
    breaks: "TR-069:3.7.1.3#released",
    caught: {
      "cwmp.hold-requests.released": ["TR-069:3.7.1.3#released"],
      "cwmp.hold-requests.released-after-request": ["TR-069:3.7.1.3#released-after-request"],
    },
    change: () => ({ session: { endsRequests: () => true } }),
  },
  {
    id: "hold-forgotten-behind-response",
    phone: "A phone that forgets what it held back once it has answered a request.",
    breaks: "TR-069:3.7.1.3#released-after-request",
    caught: { "cwmp.hold-requests.released-after-request": ["TR-069:3.7.1.3#released-after-request"] },
    change: ({ session }) => ({
      session: {
        next: (progress) => (progress.heard === "nothing" && progress.served > 0 ? "over" : session.next(progress)),
      },
    }),
  },
  {
    id: "hold-request-behind-empty-post",
    phone: "A phone that tries a refused request again when the ACS has nothing more, its empty POST notwithstanding.",
    breaks: "TR-069:3.7.1.3#none-after-empty-post",
    caught: { "cwmp.hold-requests.after-empty-post": ["TR-069:3.7.1.3#none-after-empty-post"] },
    change: ({ session }) => ({
      session: {
        next: (progress) => (progress.heard === "nothing" && progress.refused > 0 ? "request" : session.next(progress)),
      },
    }),
  },
];

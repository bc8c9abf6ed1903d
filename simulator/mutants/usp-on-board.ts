import type { Mutant } from "./mutant.ts";

/** Phones that go wrong with OnBoardRequest (TR-369 "OnBoardRequest"). */
export const uspOnBoardMutants: readonly Mutant[] = [
  {
    id: "usp-on-board-never",
    phone: "A phone that sends no OnBoardRequest when it is told to.",
    breaks: "TR-369:R-NOT.5",
    caught: {
      "usp.on-board.requested": ["TR-369:R-NOT.5"],
      "usp.on-board.retried": ["TR-369:R-NOT.6", "TR-369:R-NOT.6a"],
      "usp.on-board.new-controller": ["TP-469:9.9#on-board-request"],
    },
    change: () => ({ usp: { boards: () => false } }),
  },
  {
    id: "usp-on-board-without-response",
    phone: "A phone that asks for no response to its OnBoardRequest.",
    breaks: "TR-369:R-NOT.6",
    caught: {
      "usp.on-board.requested": ["TR-369:R-NOT.6"],
      "usp.on-board.retried": ["TR-369:R-NOT.6", "TR-369:R-NOT.6a"],
      "usp.on-board.again": ["TR-369:R-NOT.5"],
    },
    change: () => ({ usp: { boardAsksForResponse: () => false } }),
  },
  {
    id: "usp-on-board-with-id",
    phone: "A phone that makes up a subscription_id for its OnBoardRequest.",
    breaks: "TR-369:R-NOT.7",
    caught: { "usp.on-board.requested": ["TR-369:R-NOT.7"] },
    change: () => ({
      usp: {
        notification: (given) => (given.notification?.case === "onBoardReq" ? { ...given, subscriptionId: "onboarding" } : given),
      },
    }),
  },
  {
    id: "usp-on-board-nameless",
    phone: "A phone that tells nothing of itself in its OnBoardRequest.",
    breaks: "TP-469:1.60#identity",
    caught: { "usp.on-board.requested": ["TP-469:1.60#identity"] },
    change: () => ({
      usp: {
        notification: (given) =>
          given.notification?.case === "onBoardReq"
            ? { subscriptionId: "", sendResp: given.sendResp ?? false, notification: { case: "onBoardReq", value: {} } }
            : given,
      },
    }),
  },
  {
    id: "usp-on-board-stays-complete",
    phone: "A phone that calls its onboarding complete although another OnBoardRequest was asked for.",
    breaks: "TR-369:R-NOT.5",
    caught: { "usp.on-board.not-complete": ["TR-369:R-NOT.5"], "usp.on-board.again": ["TR-369:R-NOT.5"] },
    change: () => ({ usp: { completeAfterRequest: () => true } }),
  },
  {
    id: "usp-on-board-once",
    phone: "A phone that sends no second OnBoardRequest while onboarding is not complete.",
    breaks: "TR-369:R-NOT.5",
    caught: { "usp.on-board.again": ["TR-369:R-NOT.5"] },
    change: () => ({ usp: { boardsAgain: () => false } }),
  },
  {
    id: "usp-on-board-late",
    phone: "A phone that waits twice OnBoardingRestartTime before another OnBoardRequest.",
    breaks: "TP-469:1.102#restart-time",
    caught: { "usp.on-board.again": ["TP-469:1.102#restart-time"] },
    change: ({ usp }) => ({ usp: { boardDelay: (seconds) => 2 * usp.boardDelay(seconds) } }),
  },
  {
    id: "usp-on-board-on",
    phone: "A phone that sends OnBoardRequests although onboarding is complete.",
    breaks: "TP-469:1.102#complete",
    caught: { "usp.on-board.again": ["TP-469:1.102#complete"] },
    change: () => ({ usp: { boardsAgain: (_isComplete, seconds) => seconds > 0 } }),
  },
  {
    id: "usp-on-board-without-pause",
    phone: "A phone that takes an OnBoardingRestartTime of 0 for the shortest there is.",
    breaks: "TP-469:1.103#disabled",
    caught: { "usp.on-board.once": ["TP-469:1.103#disabled"], "usp.on-board.retried": ["TR-369:R-NOT.6a"] },
    change: () => ({ usp: { boardsAgain: (isComplete) => !isComplete } }),
  },
];

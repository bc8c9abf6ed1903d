import type { Requirement } from "../../../harness/core/verdict.ts";
import { must, outOfScope, should } from "../rows.ts";

/** Why rules for the other side are not judged. */
const CONTROLLER = "binds the controller, which the suite plays itself";
const NO_SERVICES = "belongs to agents inside a device that register services with a broker; a phone is one agent";

const register = (id: string, keyword: Requirement["keyword"], says: string): Requirement =>
  outOfScope(id, keyword, says, NO_SERVICES);

/** Notify and its retries. */
const notify: readonly Requirement[] = [
  must("TR-369:R-NOT.0", "treats Subscription objects as the data model describes them"),
  should("TR-369:R-NOT.0a", "notifies within 10 seconds of the change"),
  must("TR-369:R-NOT.1", "repeats a notification in intervals of the prescribed ranges until it is answered"),
  must("TR-369:R-NOT.2", "takes the longest range from the tenth repetition on, until delivery or expiration"),
  must("TR-369:R-NOT.3", "begins with the shortest interval again after a delivered notification"),
  must("TR-369:R-NOT.4", "begins with the shortest interval again after a reboot"),
  must("TR-369:R-NOT.5", "sends an OnBoardRequest when SendOnBoardRequest() is called, and when OnBoardingComplete is false"),
  must("TR-369:R-NOT.6", "asks for an answer to its OnBoardRequest, and repeats it like other notifications"),
  must("TR-369:R-NOT.6a", "repeats an OnBoardRequest until a NotifyResp confirms it"),
  must("TR-369:R-NOT.7", "puts the ID of the subscription into a notification, and an empty one where there is no subscription"),
  { ...outOfScope("TR-369:R-NOT.8", "SHOULD", "does not answer notifications that want no answer", CONTROLLER), who: "ACS" },
  should("TR-369:R-NOT.9", "pays no attention to the subscription_id of a NotifyResp"),
  { ...outOfScope("TR-369:R-NOT.10", "MUST", "returns the subscription_id of the Notify", CONTROLLER), who: "ACS" },
];

/** Operate. */
const operate: readonly Requirement[] = [
  must("TR-369:R-OPR.0", "keeps a Request object for an asynchronous command while it runs, and no longer"),
  must("TR-369:R-OPR.1", "tells the failure of a command on one of several objects in cmd_failure, not by an Error"),
  must("TR-369:R-OPR.2", "keeps a Request object of its own for each object on which an asynchronous command runs"),
  must("TR-369:R-OPR.3", "does not cancel a running command because another one is called"),
  should("TR-369:R-OPR.4", "does not answer an Operate that wants no answer"),
  must("TR-369:R-OPR.5", "answers a command without a mandatory input argument with failure 7027, and does not run it"),
  must("TR-369:R-OPR.6", "runs a command in spite of input arguments that it does not know"),
  outOfScope(
    "TR-369:R-OPR.7",
    "MUST",
    "takes the default for an optional input argument that was left out",
    "the default of a command shows only in what it sends to others, as the probes of TraceRoute() do",
  ),
];

/** Register and Deregister. */
const registration: readonly Requirement[] = [
  register("TR-369:R-REG.0", "MUST", "with allow_partial takes the valid paths of a Register although others fail"),
  register("TR-369:R-REG.1", "MUST", "without allow_partial answers a Register with an Error when one path fails"),
  register("TR-369:R-REG.2", "MUST", "registers paths without instance numbers and without {i}"),
  register("TR-369:R-DEREG.1", "MUST", "deregisters nothing but what it registered"),
  register("TR-369:R-DEREG.2", "MUST", "takes an empty path for everything that was registered"),
  register("TR-369:R-DEREG.3", "MAY", "may deregister several paths at once"),
  register("TR-369:R-DEREG.4", "MUST", "answers a Deregister with a response, never an Error"),
];

/** The numbered requirements of "Notify", "Operate" and "Register". */
export const notifyOperateRequirements: readonly Requirement[] = [...notify, ...operate, ...registration];

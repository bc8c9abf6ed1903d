import type { Acs } from "../acs/acs.ts";
import { informValue } from "../acs/read.ts";
import { Inconclusive } from "../core/case.ts";
import { connectionRequest } from "./connection-request.ts";
import type { Driver } from "./driver.ts";
import { FEATURES, type FeatureName, type LearntOverUsp } from "./features.ts";
import type { Wire } from "./http.ts";
import type { Learnt } from "./learn.ts";
import { globs, learnValues, resolveValues, underRoot } from "./learnt-values.ts";
import type { Phone } from "./phone.ts";
import type { Credentials, Profile } from "./profile.ts";
import { makeValues } from "./values.ts";

/** Milliseconds for each HTTP answer to a connection request: what it asks of a phone is little. */
const ANSWER = 10_000;

export interface KnownPhoneOptions {
  readonly profile: Profile;
  readonly learnt: Learnt;
  readonly driver: Driver;
  readonly wire: Wire;
  readonly acs: Pick<Acs, "latestInform" | "onInform">;
  readonly credentials: Credentials;
  /** Whether connection requests have been seen to work. */
  readonly takesConnectionRequests: () => boolean;
  /** Whether the phone is on a LAN whose gateway we are. */
  readonly onLan: boolean;
  /** Whether the phone's USP agent has shown something. */
  readonly showsUsp: (how: LearntOverUsp) => boolean;
}

/** The phone as cases see it: the profile's word, and where that says `learn` or nothing, what the phone has told. */
export function makePhone(options: KnownPhoneOptions): Phone {
  const { profile, learnt, driver, wire, acs, credentials } = options;
  const { root, identity, methods, model } = learnt;
  const unsafe = globs("unsafe", root, profile.unsafe);
  const known = { ...learnValues(learnt, unsafe), ...resolveValues(profile.values, root) };
  const values = makeValues(known, globs("volatile", root, profile.volatile), unsafe);
  const path = (name: string): string => underRoot(root, name);
  const lastUrl = rememberUrl(acs, path("ManagementServer.ConnectionRequestURL"));

  const shows = (feature: FeatureName): boolean => {
    const { learnt: how } = FEATURES[feature];
    switch (how.kind) {
      case "rpc":
        return methods.includes(how.method);
      case "inform":
        return acs.latestInform !== undefined;
      case "value":
        return Object.hasOwn(known, how.value);
      case "parameter":
        return model.has(path(how.name));
      case "snom":
        return driver.snom !== undefined;
      case "reach":
        return driver.can(how.way) && (how.way !== "localChange" || known.local !== undefined);
      case "connection-request":
        return options.takesConnectionRequests();
      case "usp-agent":
      case "usp-path":
      case "usp-value":
      case "usp-lists":
        return options.showsUsp(how);
      case "run":
        return options.onLan;
      case "unless":
      case "profile":
        return false;
    }
  };

  return {
    root,
    identity,
    methods,
    model,
    values,
    get connectionRequestURL() {
      const url = lastUrl();
      if (url === undefined) throw new Inconclusive("precondition", "no Inform of the phone had a ConnectionRequestURL");
      return url;
    },
    connectionRequestCredentials: credentials,
    path,
    has: (name) => model.has(path(name)),
    claims(feature) {
      const claim = profile.claims(feature);
      return claim === "learn" ? shows(feature) : claim;
    },
    connectionRequest: (request = {}) =>
      connectionRequest(wire, { url: lastUrl() ?? "", ...credentials, within: ANSWER }, request),
    async changeLocally(parameter, value) {
      const { local } = values;
      if (path(parameter) !== local.parameter || !local.values.includes(value))
        throw new Inconclusive(
          "precondition",
          `the profile has no way to make ${parameter} ${JSON.stringify(value)} locally (values.local)`,
        );
      await driver.changeLocally(local, value);
    },
    powerCycle: () => driver.powerCycle(),
    localReset: () => driver.localReset(),
    provisionAgain: () => driver.provisionAgain(),
    get snom() {
      if (driver.snom !== undefined) return driver.snom;
      throw new Inconclusive("precondition", "the bench does not reach this phone as a Snom phone (reach.driver: snom)");
    },
  };
}

/** Gives the value of the last Inform that had the parameter. */
function rememberUrl(acs: KnownPhoneOptions["acs"], name: string): () => string | undefined {
  let url = informValue(acs.latestInform, name).value;
  acs.onInform((inform) => {
    url = informValue(inform, name).value ?? url;
  });
  return () => url?.trim();
}

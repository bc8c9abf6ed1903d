import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CLAIMABLE, FEATURE_NAMES } from "./features.ts";
import { loadProfile, type Profile, ProfileError } from "./profile.ts";
import { SNOM_WAYS } from "./snom-phone.ts";

const folder = mkdtempSync(join(tmpdir(), "profile-"));

function load(text: string, env: NodeJS.ProcessEnv = {}): Profile {
  const file = join(folder, "p.yaml");
  writeFileSync(file, text);
  return loadProfile(file, env);
}

function problems(text: string, env?: NodeJS.ProcessEnv): readonly string[] {
  try {
    load(text, env);
    return [];
  } catch (error) {
    return error instanceof ProfileError ? error.problems.map((one) => one.replace(`${folder}/`, "")) : [String(error)];
  }
}

const GENERIC = "name: x\nreach: { driver: generic }\n";

test("the profiles that come with the suite are valid and mention every feature", () => {
  for (const file of ["snom", "snom-d8xx", "generic-cwmp"].map((name) => `profiles/${name}.yaml`)) {
    const profile = loadProfile(file, {});
    const unclaimed = CLAIMABLE.filter((name) => profile.claimReason(name).includes("does not mention") && name !== "reboot");
    expect([file, unclaimed]).toEqual([file, []]);
  }
  const usp = loadProfile("profiles/generic-usp.yaml", {});
  expect(FEATURE_NAMES.filter((name) => name.startsWith("usp-") && usp.claims(name) === false)).toEqual(["usp-settings"]);
  expect([usp.claims("cwmp"), usp.simulated]).toEqual([false, "generic"]);
  expect(loadProfile("profiles/generic-cwmp.yaml").reach.acs).toMatchObject({
    listen: { host: "0.0.0.0", port: 7547 },
    path: "/acs",
  });
});

test("what is left out has its default, and times become milliseconds", () => {
  const profile = load(`${GENERIC}patience: { contact: 2.5 }\nspeak: { prefixes: { soap: S } }\n`);
  expect(profile.patience).toMatchObject({ contact: 2500, response: 30_000 });
  expect(profile.speak).toEqual({ prefixes: { soap: "S", enc: "soap-enc", cwmp: "cwmp", xsd: "xsd", xsi: "xsi" } });
  expect(profile.properties).toEqual({});
  expect(load(`${GENERIC}properties: { runs: 3 }\n`).properties).toEqual({ runs: 3 });
  expect(profile.allow).toEqual({ disturbs: [], slow: false });
  expect(profile.reach).toEqual({
    driver: "generic",
    web: { scheme: "http" },
    acs: { listen: {}, path: "/acs", authentication: "none" },
    provisioning: { listen: { host: "0.0.0.0", port: 8080 } },
    usp: { listen: {}, path: "/usp", endpointId: "self::cpe-assay", mqtt: { listen: {}, version: "5.0" } },
    hooks: {},
  });
});

test("the ways of a Snom phone have defaults, those that profiles/snom.yaml shows", () => {
  expect(load(GENERIC).snom).toEqual(SNOM_WAYS);
  expect(loadProfile("profiles/snom.yaml", {}).snom).toEqual(SNOM_WAYS);
  const { snom } = load(`${GENERIC}snom: { mapUpload: { field: map }, store: false, customize: [X_A] }\n`);
  expect(snom).toEqual({ ...SNOM_WAYS, mapUpload: { page: "/param_map", field: "map" }, store: false, customize: ["X_A"] });
  expect(problems(`${GENERIC}snom: { mapPage: param_map, minibrowser: [] }\n`)).toEqual([
    "p.yaml, line 3, column 18: snom.mapPage must be a page of the web interface, such as /param_map",
    "p.yaml, line 3, column 42: snom.minibrowser must be a list of method names",
  ]);
});

test("CWMP is claimed unless the profile disclaims it, and that goes with a USP agent and the generic driver", () => {
  expect([load(GENERIC).claims("cwmp"), load(`${GENERIC}claims: { cwmp: false, usp: learn }\n`).claims("cwmp")]).toEqual([
    true,
    false,
  ]);
  expect(problems(`${GENERIC}claims: { cwmp: false }\n`)).toEqual([
    "p.yaml, line 3, column 17: claims.cwmp leaves nothing to examine the device by: claim usp, or cwmp",
  ]);
  expect(problems("name: x\nreach: { driver: snom }\nclaims: { cwmp: false, usp: true }\n")).toEqual([
    "p.yaml, line 3, column 17: claims.cwmp needs reach.driver generic: the others point a phone to an ACS; leave it out, or change " +
      "the driver",
  ]);
});

test("a claim is true, false or learn; the reason names the line", () => {
  const profile = load(`${GENERIC}claims:\n  upload: false\n  download: learn\n`);
  expect([profile.claims("upload"), profile.claims("download"), profile.claims("tls"), profile.claims("reboot")]).toEqual([
    false,
    "learn",
    false,
    true,
  ]);
  expect(profile.claimReason("upload")).toMatch(/p\.yaml, line 4 does not claim upload$/);
  expect(profile.claimReason("tls")).toMatch(/p\.yaml does not mention tls/);
  expect(profile.claimReason("download")).toMatch(/has not shown download, which .*p\.yaml, line 5 leaves to be learnt/);
});

test("who is told its ACS by DHCP alone is not told it otherwise, and needs no other driver's help", () => {
  expect(load(GENERIC).claims("other-acs-origin")).toBe(true);
  const found = load(`${GENERIC}claims:\n  dhcp-acs-origin: true\n`);
  expect(found.claims("other-acs-origin")).toBe(false);
  expect(found.claimReason("other-acs-origin")).toMatch(/p\.yaml, line 4 claims dhcp-acs-origin$/);
  expect(problems(`${GENERIC}claims: { other-acs-origin: true }\n`)).toHaveLength(1);
  expect(problems("name: x\nreach: { driver: snom }\nclaims: { dhcp-acs-origin: true }\n")).toEqual([
    "p.yaml, line 3, column 28: claims.dhcp-acs-origin needs reach.driver generic: the others tell a phone its ACS themselves; do not " +
      "claim it, or change the driver",
  ]);
});

test("secrets come from the environment and are collected", () => {
  const text = "name: x\nreach: { driver: snom, web: { username: admin, password: env:PHONE_PASSWORD } }\n";
  const profile = load(text, { PHONE_PASSWORD: "s3cret" });
  expect([profile.reach.web.password, profile.secrets]).toEqual(["s3cret", ["s3cret"]]);
  expect(problems(text)).toEqual([
    "p.yaml, line 2, column 58: reach.web.password takes its value from the environment variable PHONE_PASSWORD, which is not set; " +
      "type export PHONE_PASSWORD=… before the run",
  ]);
});

test.each([
  ["reach: { driver: generic }", ["p.yaml, line 1, column 1: name must be what the device is called in reports"]],
  [
    `${GENERIC}claims: { uplaod: true }`,
    ["p.yaml, line 3, column 11: claims.uplaod is no field of a profile; did you mean upload?"],
  ],
  [`${GENERIC}claims: { upload: yes }`, ["p.yaml, line 3, column 19: claims.upload must be true, false or learn"]],
  [
    `${GENERIC}claims: { reboot: false }`,
    [
      "p.yaml, line 3, column 19: claims.reboot is required of every CPE (TR-069 Table 5) and cannot be disclaimed; leave the line out",
    ],
  ],
  [
    `${GENERIC}patience:`,
    ["p.yaml, line 3, column 10: patience must hold response, contact, firstContact, sessionEnd …; fill it in, or leave it out"],
  ],
  [
    `${GENERIC}values: { table: { path: X_Table } }`,
    ["p.yaml, line 3, column 26: values.table.path must be the name of an object, with a dot at its end"],
  ],
  [
    `${GENERIC}values: { writableString: { path: A.B, max: 5, use: [1.10, b] } }`,
    [
      "p.yaml, line 3, column 54: values.writableString.use[0] must be text: put it in quotes, for YAML would read 1.10 as 1.1 and 0000 as 0",
    ],
  ],
  [
    "name: x\nreach:\n  driver: snom\n  web: { port: 80000, password: 0000 }",
    [
      "p.yaml, line 4, column 16: reach.web.port must be a port, 1 to 65535",
      "p.yaml, line 4, column 33: reach.web.password must be text: put it in quotes, for YAML would read 1.10 as 1.1 and 0000 as 0",
    ],
  ],
  [
    "name: x\nreach: { driver: generic, web: { port: 80 }, acs: { authentication: digest } }\nclaims: { power-cycle: true }",
    [
      "p.yaml, line 2, column 32: reach.web is used by the driver snom only; leave it out, or use hooks",
      "p.yaml, line 2, column 51: reach.acs needs username and password: the driver generic cannot tell the device made-up ones",
      "p.yaml, line 3, column 24: claims.power-cycle needs a command under reach.hooks.powerCycle; name one, or do not claim it",
    ],
  ],
  [
    `${GENERIC}allow: { disturbs: reboot }`,
    ["p.yaml, line 3, column 20: allow.disturbs must be a list; each entry must be reboot, network or factory-reset"],
  ],
  [`${GENERIC}name: y`, ["p.yaml, line 3, column 1: Map keys must be unique; this is no valid YAML"]],
  [
    "",
    [
      "p.yaml, line 1, column 1: name must be what the device is called in reports",
      expect.stringContaining("reach must hold driver"),
    ],
  ],
])("a mistake is told with its place and a remedy: %j", (text, expected) => {
  expect(problems(text)).toEqual(expected);
});

test("a missing file is told", () => {
  expect(() => loadProfile("nowhere.yaml")).toThrow(
    "nowhere.yaml: cannot be read; look at profiles/ for those that come with the suite",
  );
});

import type { DeliveredInstance } from "./delivered-instance.ts";
import { alias, command, count, flag, list, number, type ObjectShape, object, text } from "./shape.ts";

export const TRUST = "Device.LocalAgent.ControllerTrust.";
export const ROLE_TABLE = `${TRUST}Role.`;
export const CREDENTIAL_TABLE = `${TRUST}Credential.`;
export const CHALLENGE_TABLE = `${TRUST}Challenge.`;

/** Paths of the roles that the device is delivered with, as references have them. */
const FULL_ACCESS = `${ROLE_TABLE}1`;
const UNTRUSTED = `${ROLE_TABLE}2`;
const BANNED = `${ROLE_TABLE}3`;

export const isPermissionTable = (table: string): boolean => table.startsWith(ROLE_TABLE) && table.endsWith(".Permission.");

/** How many roles, permissions of one, and challenges there may be. */
const ROOM = 32;

const ROLES = { refersTo: `${ROLE_TABLE}{i}.` };
/** A letter or a hyphen for each right, always in this order. */
const RIGHTS = { initial: "----", limits: { length: 4 }, pattern: /^[r-][w-][x-][n-]$/ };
const BASE64 = { pattern: /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/ };

/** Who may do what (TR-181 ControllerTrust), and what it adds to the table of controllers. */
export const trustObjects: readonly ObjectShape[] = [
  object("Device.LocalAgent.Controller.{i}.", [
    list("AssignedRole", "write", ROLES),
    list("InheritedRole", "read", ROLES),
    text("Credential", "write", { refersTo: "Device.LocalAgent.Certificate.{i}." }),
  ]),
  object(
    TRUST,
    [
      list("UntrustedRole", "write", { ...ROLES, initial: UNTRUSTED }),
      text("BannedRole", "write", { ...ROLES, initial: BANNED }),
      list("SecuredRoles", "write", { ...ROLES, initial: FULL_ACCESS }),
      flag("TOFUAllowed", "write", { initial: "true" }),
      count("TOFUInactivityTimer", "write"),
    ],
    {
      commands: [
        {
          ...command(
            "RequestChallenge()",
            false,
            ["ChallengeRef"],
            ["Instruction", "InstructionType", "ValueType", "ChallengeID"],
          ),
          input: ["ChallengeRef", "RequestExpiration"],
        },
        command("ChallengeResponse()", false, ["ChallengeID", "Value"]),
      ],
    },
  ),
  object(`${ROLE_TABLE}{i}.`, [alias, flag("Enable", "write"), text("Name", "once", { limits: { length: 64 } })], {
    creatable: true,
    max: ROOM,
    keys: [["Name"], ["Alias"]],
  }),
  object(
    `${ROLE_TABLE}{i}.Permission.{i}.`,
    [
      alias,
      flag("Enable", "write"),
      count("Order", "write"),
      list("Targets", "write"),
      text("Param", "write", RIGHTS),
      text("Obj", "write", RIGHTS),
      text("InstantiatedObj", "write", RIGHTS),
      text("CommandEvent", "write", RIGHTS),
    ],
    { creatable: true, max: ROOM, keys: [["Order"], ["Alias"]] },
  ),
  object(
    `${CREDENTIAL_TABLE}{i}.`,
    [
      alias,
      flag("Enable", "write"),
      list("Role", "write", ROLES),
      text("Credential", "once", { refersTo: "Device.LocalAgent.Certificate.{i}." }),
      text("AllowedUses", "write", {
        initial: "MTP-only",
        limits: { values: ["MTP-only", "MTP-and-USP", "MTP-and-broker"] },
      }),
    ],
    { creatable: true, max: ROOM, keys: [["Credential"], ["Alias"]] },
  ),
  object(
    `${CHALLENGE_TABLE}{i}.`,
    [
      alias,
      text("Description", "write"),
      list("Role", "write", ROLES),
      flag("Enable", "write"),
      text("Type", "write", { initial: "Passphrase", limits: { values: ["Passphrase"] } }),
      text("Value", "write", { ...BASE64, isSecured: true }),
      text("ValueType", "write", { initial: "text/plain", limits: { values: ["text/plain", "image/jpeg"] } }),
      text("Instruction", "write", BASE64),
      text("InstructionType", "write", {
        initial: "text/plain",
        limits: { values: ["text/plain", "image/jpeg", "text/html"] },
      }),
      count("Retries", "write", { initial: "3" }),
      number("LockoutPeriod", "write", { initial: "30", limits: { min: -1 } }),
    ],
    { creatable: true, max: ROOM, keys: [["Alias"]] },
  ),
];

/** What the device is delivered with: three roles, the first one for the controller that it is told of, and a challenge for more. */
export const trustDelivered: readonly DeliveredInstance[] = [
  { table: ROLE_TABLE, instance: 1, values: { Enable: "true", Name: "Full Access" } },
  {
    table: `${FULL_ACCESS}.Permission.`,
    instance: 1,
    values: {
      ...{ Enable: "true", Order: "1", Targets: "Device." },
      ...{ Param: "rwxn", Obj: "rwxn", InstantiatedObj: "rwxn", CommandEvent: "rwxn" },
    },
  },
  { table: ROLE_TABLE, instance: 2, values: { Enable: "true", Name: "Untrusted" } },
  {
    table: `${UNTRUSTED}.Permission.`,
    instance: 1,
    values: {
      ...{ Enable: "true", Order: "1", Targets: "Device.DeviceInfo.,Device.LocalAgent.ControllerTrust." },
      ...{ Param: "r---", Obj: "r---", InstantiatedObj: "r---", CommandEvent: "r-x-" },
    },
  },
  { table: ROLE_TABLE, instance: 3, values: { Enable: "true", Name: "Banned" } },
  {
    table: CHALLENGE_TABLE,
    instance: 1,
    values: {
      Enable: "true",
      Description: "Request administrative privileges",
      Role: FULL_ACCESS,
      Instruction: Buffer.from("Enter the passphrase printed on the device").toString("base64"),
    },
  },
];

/** The role of the controller that the device is told of. */
export const DELIVERED_ROLE = FULL_ACCESS;

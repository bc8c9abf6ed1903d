import { z } from "zod";
import { defaultPatience } from "../acs/patience.ts";
import { CLAIMABLE, FEATURES, type FeatureName } from "./features.ts";

/** What the schema of a profile needs from outside the file. Both give undefined for what is not there. */
export interface Surroundings {
  env(name: string): string | undefined;
  readFile(path: string): string | undefined;
}

/** Longest time that a profile may set, in seconds: a week. */
const LONGEST = 7 * 24 * 3600;

const fields = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === "invalid_type"
        ? `must hold ${Object.keys(shape).slice(0, 4).join(", ")} …; fill it in, or leave it out`
        : undefined,
  });
const words = (what: string) => z.string(`must be ${what}`).trim().min(1, `must be ${what}`);
const flag = z.boolean("must be true or false");
const seconds = z
  .number("must be a number of seconds")
  .positive("must be more than 0 seconds")
  .max(LONGEST, `must be at most ${LONGEST} seconds, a week`);
const PORT = "must be a port, 1 to 65535";
const port = z.number(PORT).int(PORT).min(1, PORT).max(65_535, PORT);
const parameter = z
  .string("must be the name of a parameter, such as DeviceInfo.ProvisioningCode")
  .regex(/^[A-Za-z_][\w.-]*[\w-]$/, "must be the name of a parameter, such as DeviceInfo.ProvisioningCode");
const object = z
  .string("must be the name of an object, with a dot at its end")
  .regex(/^[A-Za-z_][\w.-]*\.$/, "must be the name of an object, with a dot at its end");
const glob = z
  .string("must be a parameter name, in which * stands for any text")
  .regex(/^[\w.*-]+$/, "must be a parameter name, in which * stands for any text");
const QUOTE = "must be text: put it in quotes, for YAML would read 1.10 as 1.1 and 0000 as 0";
/** A value in the lexical form of the wire. Whole numbers and booleans have only one, the others need quotes. */
const lexical = z.union([z.string(), z.int(), z.boolean()], QUOTE).transform((value) => String(value));
const pair = z
  .tuple([lexical, lexical], "must be a list of two different values")
  .refine(([a, b]) => a !== b, "must be a list of two different values");
const count = (least: number) => {
  const message = `must be a whole number, at least ${least}`;
  return z.number(message).int(message).min(least, message);
};

/** A text, or `env:NAME` for the value of an environment variable. */
const credential = (around: Surroundings) =>
  z.string(QUOTE).transform((text, context) => {
    const name = /^env:(.*)$/s.exec(text)?.[1];
    if (name === undefined) return text;
    const value = /^\w+$/.test(name) ? around.env(name) : undefined;
    if (value !== undefined) return value;
    context.addIssue(
      /^\w+$/.test(name)
        ? `takes its value from the environment variable ${name}, which is not set; type export ${name}=… before the run`
        : "must name an environment variable after env:, such as env:PHONE_PASSWORD",
    );
    return z.NEVER;
  });

const pemFile = (around: Surroundings) =>
  words("the path of a PEM file, relative to the profile").transform((path, context) => {
    const pem = around.readFile(path);
    if (pem?.includes("-----BEGIN ") === true) return pem;
    context.addIssue(
      `names ${path}, which ${pem === undefined ? "cannot be read" : "is no PEM file"}; the path is relative to the profile`,
    );
    return z.NEVER;
  });

/** Local address to listen on: `host:port`, `[IPv6]:port`, a host, or a port. */
export function parseListen(text: string): { readonly host?: string; readonly port?: number } | undefined {
  if (/^\d{1,5}$/.test(text)) return portOf(text, {});
  const parts = /^(?:\[([\da-f:]+)\]|([\w.-]+)|([\da-f:]*::[\da-f:]*))(?::(\d{1,5}))?$/i.exec(text);
  if (parts === null) return undefined;
  const host = (parts[1] ?? parts[2] ?? parts[3]) as string;
  return parts[4] === undefined ? { host } : portOf(parts[4], { host });
}

function portOf<T extends object>(text: string, host: T): (T & { readonly port: number }) | undefined {
  const number = Number(text);
  return number >= 0 && number <= 65_535 ? { ...host, port: number } : undefined;
}

const LISTEN = "must be host:port, such as 0.0.0.0:7547, or a host, or a port";
const listen = z.union([z.string(), z.int()], LISTEN).transform((text, context) => {
  const parsed = parseListen(String(text));
  if (parsed === undefined) context.addIssue(LISTEN);
  return parsed ?? z.NEVER;
});

const claim = z.union([z.boolean(), z.literal("learn")], "must be true, false or learn");
const claims = fields(
  Object.fromEntries(CLAIMABLE.map((name) => [name, claim.optional()])) as Record<FeatureName, z.ZodOptional<typeof claim>>,
).superRefine((given, context) => {
  for (const name of CLAIMABLE)
    if ("required" in FEATURES[name] && given[name] === false)
      context.addIssue({
        code: "custom",
        path: [name],
        message: "is required of every CPE (TR-069 Table 5) and cannot be disclaimed; leave the line out",
      });
});

const COMMAND = "must be the path of a command, such as Device.SelfTestDiagnostics()";
const texts = z.record(z.string(), lexical, "must be names and values").default({});
const command = fields({ command: z.string(COMMAND).regex(/^Device\.[\w.-]+\(\)$/, COMMAND), args: texts });
const uspValues = fields({
  writableString: fields({ path: parameter, use: pair }).optional(),
  readOnly: fields({ path: parameter }).optional(),
  nestedTable: fields({ path: object, params: texts }).optional(),
  fixedTable: fields({ path: object }).optional(),
  syncCommand: command.optional(),
  asyncCommand: command.optional(),
  commandWithArguments: command.optional(),
  securedParameter: fields({ path: parameter, value: lexical }).optional(),
  reference: fields({ path: parameter }).optional(),
  firmware: fields({ file: words("a file with firmware for the device"), version: words("its SoftwareVersion") }).optional(),
});

const table = { path: object, max: count(1).optional(), column: parameter.optional() };
const values = fields({
  writableString: fields({ path: parameter, max: count(1), use: pair }).optional(),
  writableUnsignedInt: fields({ path: parameter, min: count(0), use: pair }).optional(),
  writableBoolean: fields({ path: parameter }).optional(),
  writableDateTime: fields({ path: parameter }).optional(),
  readOnly: fields({ path: parameter }).optional(),
  table: fields(table).optional(),
  numberOfEntries: fields({ path: parameter }).optional(),
  nestedTable: fields({ ...table, child: object }).optional(),
  emptyTable: fields({ path: object }).optional(),
  fixedTable: fields({ path: object }).optional(),
  local: fields({ parameter, setting: words("the name that the phone's own side has for it"), values: pair }).optional(),
  enumeration: fields({ path: parameter, good: lexical, bad: lexical }).optional(),
  objectForPartialPath: fields({ path: object }).optional(),
  deniable: fields({ path: parameter }).optional(),
  volatile: z.array(glob, "must be a list of parameter names").optional(),
  unsafe: z.array(glob, "must be a list of parameter names").optional(),
  usp: uspValues.optional(),
});

const TLS = "must be true, for a certificate that is made for each run, or key and cert";
const TOPIC = "must be a topic without wildcards, such as usp/agents/phone";
const topic = z.string(TOPIC).regex(/^[^#+\0]+$/, TOPIC);
const ENDPOINT_ID = "must be an EndpointID, such as self::cpe-assay";

const hook = fields({ command: words("a shell command"), within: seconds.default(60) });

const reach = (around: Surroundings) =>
  fields({
    driver: z.enum(["snom", "snom-provisioned", "generic"], "must be snom, snom-provisioned or generic"),
    provisioning: fields({
      listen: listen.optional(),
      advertise: words("the host name or address that the phone shall use").optional(),
    }).optional(),
    web: fields({
      port: port.optional(),
      scheme: z.enum(["http", "https"], "must be http or https").optional(),
      username: credential(around).optional(),
      password: credential(around).optional(),
    }).optional(),
    acs: fields({
      listen: listen.optional(),
      advertise: words("the host name or address that the phone shall use").optional(),
      path: z
        .string("must be a path, such as /acs")
        .regex(/^\/[^\s?#]*$/, "must be a path, such as /acs")
        .optional(),
      username: credential(around).optional(),
      password: credential(around).optional(),
      authentication: z.enum(["none", "basic", "digest"], "must be none, basic or digest").optional(),
      tls: fields({ key: pemFile(around), cert: pemFile(around) }).optional(),
    }).optional(),
    usp: fields({
      listen: listen.optional(),
      advertise: words("the host name or address that the phone shall use").optional(),
      path: z
        .string("must be a path, such as /usp")
        .regex(/^\/[^\s?#]*$/, "must be a path, such as /usp")
        .optional(),
      endpointId: z
        .string(ENDPOINT_ID)
        .regex(/^[a-z]+:[^:\s]*:[\w.%-]{1,50}$/, ENDPOINT_ID)
        .optional(),
      tls: z.union([z.literal(true), fields({ key: pemFile(around), cert: pemFile(around) })], TLS).optional(),
      mtp: z.enum(["websocket", "mqtt"], "must be websocket or mqtt").optional(),
      mqtt: fields({
        listen: listen.optional(),
        version: z.enum(["5.0", "3.1.1"], 'must be "5.0" or "3.1.1", in quotes').optional(),
        topic: topic.optional(),
        agentTopic: topic.optional(),
        username: credential(around).optional(),
        password: credential(around).optional(),
      }).optional(),
    }).optional(),
    connectionRequest: fields({ username: credential(around), password: credential(around) }).optional(),
    hooks: fields({
      start: hook.optional(),
      powerCycle: hook.optional(),
      reboot: hook.optional(),
      factoryReset: hook.optional(),
      localReset: hook.optional(),
      stop: hook.optional(),
      localChange: hook.optional(),
    }).optional(),
  });

const patience = fields(
  Object.fromEntries(Object.keys(defaultPatience).map((name) => [name, seconds.optional()])) as Record<
    keyof typeof defaultPatience,
    z.ZodOptional<typeof seconds>
  >,
);

const properties = fields({ runs: count(1).optional(), commands: count(1).optional() });

const PREFIX = "must be a namespace prefix, such as soap";
const prefix = z
  .string(PREFIX)
  .regex(/^[A-Za-z_][\w.-]*$/, PREFIX)
  .optional();
const speak = fields({
  xmlDeclaration: flag.optional(),
  namespace: z.enum(["cwmp-1-0", "cwmp-1-1", "cwmp-1-2"], "must be cwmp-1-0, cwmp-1-1 or cwmp-1-2").optional(),
  prefixes: fields({ soap: prefix, enc: prefix, cwmp: prefix, xsd: prefix, xsi: prefix }).optional(),
  defaultNamespace: z.literal("soap", "must be soap, or left out").optional(),
  localDeclarations: flag.optional(),
  pretty: flag.optional(),
  crlf: flag.optional(),
  comments: flag.optional(),
  bom: flag.optional(),
  idHeader: flag.optional(),
  arrayTypes: flag.optional(),
});

const PAGE = "must be a page of the web interface, such as /param_map";
const page = z.string(PAGE).regex(/^\/\S*$/, PAGE);
const methods = z.array(words("the name of a method"), "must be a list of method names").min(1, "must be a list of method names");
const snom = fields({
  mapFileType: words("the FileType of a Download, such as X 000413 ParamMap").optional(),
  mapPage: page.optional(),
  mapUpload: fields({ page: page.optional(), field: words("the name of the file in a form").optional() }).optional(),
  rebootPage: page.optional(),
  resetPage: page.optional(),
  store: flag.optional(),
  customize: methods.optional(),
  minibrowser: methods.optional(),
});

const DISTURBS = "must be reboot, network or factory-reset";

/** The schema of a profile: every field, what it takes, and what is said when it does not. */
export const profileSchema = (around: Surroundings) =>
  fields({
    name: words("what the device is called in reports"),
    claims: claims.optional(),
    values: values.optional(),
    reach: reach(around),
    patience: patience.optional(),
    properties: properties.optional(),
    allow: fields({
      disturbs: z
        .array(z.enum(["reboot", "network", "factory-reset"], DISTURBS), `must be a list; each entry ${DISTURBS}`)
        .optional(),
      slow: flag.optional(),
    }).optional(),
    speak: speak.optional(),
    snom: snom.optional(),
    simulated: z.enum(["snom", "cwmp", "generic"], "must be snom, cwmp or generic").optional(),
  }).superRefine((profile, context) => {
    const wrong = (path: readonly string[], message: string): void =>
      context.addIssue({ code: "custom", path: [...path], message });
    const { driver, web, acs, provisioning, hooks = {} } = profile.reach;
    if (driver !== "snom-provisioned" && provisioning !== undefined)
      wrong(["reach", "provisioning"], "is used by the driver snom-provisioned only; leave it out");
    if (profile.claims?.cwmp === false && driver !== "generic")
      wrong(
        ["claims", "cwmp"],
        "needs reach.driver generic: the others point a phone to an ACS; leave it out, or change the driver",
      );
    if (profile.claims?.cwmp === false && (profile.claims.usp ?? false) === false)
      wrong(["claims", "cwmp"], "leaves nothing to examine the device by: claim usp, or cwmp");
    if (profile.claims?.["dhcp-acs-origin"] === true && driver !== "generic")
      wrong(
        ["claims", "dhcp-acs-origin"],
        "needs reach.driver generic: the others tell a phone its ACS themselves; do not claim it, or change the driver",
      );
    if (driver === "snom") return;
    if (web !== undefined) wrong(["reach", "web"], "is used by the driver snom only; leave it out, or use hooks");
    if (
      driver === "generic" &&
      (acs?.authentication ?? "none") !== "none" &&
      (acs?.username === undefined || acs.password === undefined)
    )
      wrong(["reach", "acs"], "needs username and password: the driver generic cannot tell the device made-up ones");
    if (profile.claims?.["power-cycle"] === true && hooks.powerCycle === undefined)
      wrong(["claims", "power-cycle"], "needs a command under reach.hooks.powerCycle; name one, or do not claim it");
    if (profile.claims?.["local-reset"] === true && hooks.localReset === undefined)
      wrong(["claims", "local-reset"], "needs a command under reach.hooks.localReset; name one, or do not claim it");
    if (profile.claims?.["local-change"] === true && hooks.localChange === undefined)
      wrong(["claims", "local-change"], "needs a command under reach.hooks.localChange; name one, or do not claim it");
  });

export type ProfileFile = z.infer<ReturnType<typeof profileSchema>>;

/** The fields that may stand at a path of a profile; empty when nothing may. */
export function fieldsAt(path: readonly PropertyKey[]): readonly string[] {
  let at: unknown = profileSchema({ env: () => undefined, readFile: () => undefined });
  for (const step of path) at = at instanceof z.ZodObject ? unwrapped(at.shape[String(step)]) : undefined;
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

const unwrapped = (schema: unknown): unknown => (schema instanceof z.ZodOptional ? schema.unwrap() : schema);

import { type Problem, warningAt } from "./lint-problem.ts";
import { type ParameterMapLine, parseValue, type ValuePart } from "./param-map.ts";

/** Settings of the phone's TR-069 and TR-369 stacks, from the vendor's guides. */
const STACK_SETTINGS: readonly string[] = [
  ..."acs_url acs_user acs_passwd use_acs bootstrap cnr_user cnr_pass events params download_status log p_inform_supervision_timeout"
    .split(" ")
    .map((name) => `tr69_${name}`),
  ..."enable controller_endpointid controller_subscriptionid controller_e2emode controller_e2esize mtp_protocol websocket_uri"
    .split(" ")
    .map((name) => `tr369_${name}`),
  ..."hostport version transport username password clientid topic".split(" ").map((name) => `tr369_mqtt_${name}`),
];

/** The stack's own memory, which the guide asks everybody to leave alone. */
const INTERNAL: ReadonlySet<string> = new Set(["tr69_events", "tr69_params", "tr69_download_status", "download_status"]);

/** Special values that the vendor has published. */
const SPECIALS: ReadonlySet<string> = new Set([
  "LCS2_PRODUCT",
  ..."WEBSOCKETHOST WEBSOCKETPORT WEBSOCKETPATH WEBSOCKETSECURED MQTTADDRESS MQTTPORT MQTTTOPIC_CTRL MQTTTOPIC_RESP MQTTENABLE"
    .split(" ")
    .map((name) => `TR369_${name}`),
]);

/** Settings that a phone has once per identity, function key or controller. */
const INDEXED = /^(?:user_|fkey|tr369_)/;

/** Those whose first index is 0. */
const FROM_ZERO = /^fkey/;

/** What a secret is called, as setting and as parameter. */
const SECRET_SETTING = /pass(?:wd|word)?$|_pin$|secret$/;
const SECRET_NAME = /(?:Pass|Passwd|Password|Passphrase|Secret|PIN)$/i;

type Placeholder = Exclude<ValuePart, { readonly kind: "text" }>;

/** Whether a parameter holds a secret, by its name. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/** A linter of placeholders, which says of each special value once that it is not known, though a map has many lines with it. */
export function placeholderLint(): (line: ParameterMapLine) => Generator<Problem> {
  const unknown = new Set<string>();

  return function* problems(line) {
    const parts = parseValue(line.value);
    const placeholders = parts.filter((part) => part.kind !== "text");
    if (placeholders.length === 0) return;
    yield* writability(line, parts);
    let index = line.text.length - line.value.length;
    for (const part of parts) {
      if (part.kind === "special") yield* special(line, index, part);
      if (part.kind === "setting") yield* setting(line, index, part);
      if (part.kind !== "text") yield* indices(line, index, part);
      index += lengthOf(part);
    }
  };

  function* special(line: ParameterMapLine, index: number, { name }: Placeholder): Generator<Problem> {
    const meant = STACK_SETTINGS.find((one) => one.toUpperCase() === name);
    if (meant !== undefined)
      yield warningAt(
        { line, index },
        {
          rule: "setting-case",
          message: `{${name}} is all in upper case and so a special value, not the setting ${meant}`,
          remedy: `write {${meant}}`,
        },
      );
    else if (!SPECIALS.has(name) && !unknown.has(name)) {
      unknown.add(name);
      yield warningAt(
        { line, index },
        {
          rule: "unknown-special",
          message: `${name} is no special value that the vendor has published: a phone that does not know it shows an empty value`,
          remedy: "make sure that the firmware has it; the published ones are told in docs/param-map.md",
        },
      );
    }
  }
}

function* setting(line: ParameterMapLine, index: number, { name }: Placeholder): Generator<Problem> {
  const lower = name.toLowerCase();
  if (INTERNAL.has(lower))
    yield warningAt(
      { line, index },
      {
        rule: "internal-setting",
        message: `${name} is the stack's own memory, and writing it makes the phone behave strangely`,
        remedy: "delete the line",
      },
    );
  else if (name !== lower && STACK_SETTINGS.includes(lower))
    yield warningAt(
      { line, index },
      { rule: "setting-case", message: `settings are in lower case, and {${name}} names none`, remedy: `write {${lower}}` },
    );
  else if (/^tr3?69_/.test(lower) && !STACK_SETTINGS.includes(lower))
    yield warningAt(
      { line, index },
      {
        rule: "unknown-setting",
        message: `no setting ${name} is known: the parameter would stay empty`,
        remedy: `the settings of that name are ${STACK_SETTINGS.filter((one) => one.startsWith(lower.slice(0, 5))).join(", ")}`,
      },
    );
  if (SECRET_SETTING.test(lower) && !SECRET_NAME.test(line.name))
    yield warningAt(
      { line, index },
      {
        rule: "shown-secret",
        message: `${line.name} shows the secret in ${name} to whoever may read the parameter, because its name does not tell that it is one`,
        remedy: "take the secret out, or give the parameter a name that ends with Password",
      },
    );
}

/** What is odd about the index of a placeholder. */
function* indices(line: ParameterMapLine, index: number, part: Placeholder): Generator<Problem> {
  const instances: readonly string[] = line.name.match(/(?<=\.)[0-9]+(?=\.)/g) ?? [];
  const at = { line, index };
  if (part.index === "n")
    yield warningAt(at, {
      rule: "literal-index",
      message:
        instances.length === 0
          ? `'n' stands for the last instance number in the name, and ${line.name} has none`
          : `'n' is read as the last instance number in the name, ${instances.at(-1)}; the vendor's own maps write the number`,
      remedy: `write {${part.name}|${instances.at(-1) ?? 1}}`,
    });
  else if (part.index === undefined && (INDEXED.test(part.name) || (part.name.startsWith("TR369_") && SPECIALS.has(part.name))))
    yield warningAt(at, {
      rule: "index-missing",
      message: `a phone has several of ${part.name}, and without an index the first one is meant`,
      remedy: `write {${part.name}|${instances.at(-1) ?? (FROM_ZERO.test(part.name) ? 0 : 1)}}`,
    });
  else if (part.index !== undefined && instances.length > 0) {
    const meant = FROM_ZERO.test(part.name) ? String(Number(part.index) + 1) : part.index;
    if (!instances.includes(meant) && !instances.includes(part.index))
      yield warningAt(at, {
        rule: "index-elsewhere",
        message: `the index ${part.index} is none of the instance numbers in ${line.name}`,
        remedy: `write {${part.name}|${instances.at(-1)}} if the line was copied from another instance`,
      });
  }
}

/** A parameter that a modifier says is writable, and whose value no writing can change. */
function* writability(line: ParameterMapLine, parts: readonly ValuePart[]): Generator<Problem> {
  if (line.modifier === "!=") return;
  const at = { line, index: line.type.length + 1 + line.name.length };
  const remedy = `write != instead of ${line.modifier}`;
  if (parts.length > 1)
    yield warningAt(at, {
      rule: "never-writable",
      message: "a value put together from several parts cannot be written, and a phone shows it as read only",
      remedy,
    });
  else if (parts[0]?.kind === "special")
    yield warningAt(at, {
      rule: "never-writable",
      message: `the special value ${parts[0].name} is computed: it cannot be written, and a phone shows it as read only`,
      remedy,
    });
}

function lengthOf(part: ValuePart): number {
  if (part.kind === "text") return part.text.length;
  return part.name.length + 2 + (part.index === undefined ? 0 : part.index.length + 1);
}

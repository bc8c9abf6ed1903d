import type { Bench, UspAgent } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { SupportedDMOptions, UspReply } from "../../harness/controller/controller.ts";
import { parametersIn, type SupportedObject, supportedObjects, supportedPath } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds, type Located, same, sameSet } from "../../harness/core/finding.ts";
import { inResponse } from "./support/answers.ts";
import { errorCode } from "./support/codes.ts";
import { known } from "./support/known.ts";

const AGENT = "Device.LocalAgent.";
const CONTROLLERS = `${AGENT}Controller.{i}.`;
const MTPS = `${AGENT}MTP.{i}.`;
const SUBSCRIPTIONS = `${AGENT}Subscription.{i}.`;

const SUBTREE = "TP-469:1.72#subtree";
const VALID_FIELDS = "TP-469:1.72#valid-fields";
const CHILDREN = "TP-469:1.73#children";
const BARE_CHILDREN = "TP-469:1.73#bare-children";
const UNASKED = "TP-469:1.74#nothing-unasked";
const EACH_PATH = "TP-469:1.75#each-path";
const WHOLE = "TP-469:1.76#whole-model";
const UNSUPPORTED = "TP-469:1.77#error";
const COMMANDS = "TP-469:1.97#commands";
const EVENTS = "TP-469:1.98#events";
const KEY_SETS = "TP-469:1.99#key-sets";
const ONE_COMMAND = "TP-469:1.105#command";
const ONE_EVENT = "TP-469:1.106#event";
const ONE_PARAMETER = "TP-469:1.107#parameter";

const ALL: SupportedDMOptions = { commands: true, events: true, params: true, uniqueKeySets: true };
const RESULTS = "response/get_supported_dm_resp/req_obj_results";

type Objects = ReadonlyMap<string, SupportedObject>;

/** That there is a result without error for each path that was asked for, and what the objects in all of them are. */
function* told(
  requirement: string,
  reply: UspReply,
  paths: readonly string[],
  judge: (objects: Objects, where: string) => Iterable<Finding>,
): Iterable<Finding> {
  yield* inResponse(requirement, reply, "GET_SUPPORTED_DM_RESP", function* () {
    const { where } = reply.summary;
    const asked = reply.all(`${RESULTS}/req_obj_path`).flatMap(({ value = [] }) => value);
    yield sameSet(requirement, { value: asked, where }, paths);
    for (const code of reply.all(`${RESULTS}/err_code`)) yield same(requirement, code, 0);
    yield* judge(supportedObjects(reply), where);
  });
}

/** That nothing is in a list; `actual` tells what is. */
const nothing = (requirement: string, what: string, found: readonly string[], where: string): Finding =>
  holds(requirement, found.length === 0, { expected: `no ${what}`, actual: few(found), where });

/** Names of everything that an object is said to have, but for its keys. */
const members = ({ params, commands, events }: SupportedObject): readonly string[] => [
  ...params.keys(),
  ...commands.keys(),
  ...events.keys(),
];

/** Full names of what the objects have of one kind. */
const named = (objects: Objects, of: (one: SupportedObject) => Iterable<string>): readonly string[] =>
  [...objects.values()].flatMap((one) => [...of(one)].map((name) => one.path + name));

const keySets = ({ uniqueKeySets }: SupportedObject): readonly string[] =>
  uniqueKeySets.map((names) => [...names].sort().join("+"));

/** What is said of parameters and commands since version 1.2; older agents do not know the fields. */
const tellsTypes = ({ versions }: UspAgent): boolean => versions.some((version) => Number(version.split(".")[1]) >= 2);

/** A path relative to its object, in the notation of the supported data model. */
const isRelative = (name: string): boolean => /^[A-Za-z_][\w-]*(?:\.(?:\{i\}|[A-Za-z_][\w-]*))*\.?(?:\(\)|!)?$/.test(name);

/** Whatever the objects say of their members that cannot be. */
function invalid(objects: Objects, typed: boolean): readonly string[] {
  const wrong: string[] = [];
  for (const { path, params, commands, events, uniqueKeySets } of objects.values()) {
    for (const [name, { access, type, valueChange }] of params) {
      if (!/^[A-Za-z_][\w-]*$/.test(name) || !access.startsWith("PARAM_")) wrong.push(path + name);
      else if (typed && (!/^PARAM_(?!UNKNOWN)/.test(type) || !/^VALUE_CHANGE_(?!UNKNOWN)/.test(valueChange)))
        wrong.push(`${path}${name} (${type}, ${valueChange})`);
    }
    for (const [name, { type, input, output }] of commands) {
      if (!/^[A-Za-z_][\w-]*\(\)$/.test(name) || (typed && !/^CMD_A?SYNC$/.test(type))) wrong.push(`${path}${name} (${type})`);
      wrong.push(...[...input, ...output].filter((one) => !isRelative(one)).map((one) => `${path}${name} ${one}`));
    }
    for (const [name, args] of events) {
      if (!/^[A-Za-z_][\w-]*!$/.test(name)) wrong.push(path + name);
      wrong.push(...args.filter((one) => !isRelative(one)).map((one) => `${path}${name} ${one}`));
    }
    for (const names of uniqueKeySets)
      if (names.length === 0 || names.some((name) => !/^[A-Za-z_][\w.-]*$/.test(name))) wrong.push(`${path} keys ${few(names)}`);
  }
  return wrong;
}

/** That the supported data model has every parameter that a Get showed. */
function covers(requirement: string, shown: ReadonlyMap<string, Located>, objects: Objects, where: string): Finding {
  const missing = [...shown.keys()].filter((path) => {
    const cut = path.lastIndexOf(".") + 1;
    return objects.get(supportedPath(path.slice(0, cut)))?.params.has(path.slice(cut)) !== true;
  });
  return holds(requirement, missing.length === 0, {
    expected: `all ${shown.size} parameters that a Get shows`,
    actual: missing.length === 0 ? "all of them" : `without ${few(missing)}`,
    where,
  });
}

/** That one object is told, with nothing but one member. */
function* onlyMember(requirement: string, reply: UspReply, path: string): Iterable<Finding> {
  yield* told(requirement, reply, [path], function* (objects, where) {
    const found = [...named(objects, members), ...named(objects, keySets)];
    yield sameSet(requirement, { value: found, where }, [supportedPath(path)]);
  });
}

/** @throws Inconclusive `precondition` when the agent said that it has no such thing */
function demand(agent: UspAgent, path: string): void {
  if (!agent.supports(path))
    throw new Inconclusive("precondition", `the agent does not have ${path} in its supported data model`);
}

export const supportedDmCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.supported-dm.subtree",
    title: "tells the supported data model of an object and all inside it",
    proves: [SUBTREE],
    references: ["TP-469 1.72"],
    async drive(bench) {
      await known(bench);
      const shown = parametersIn(await bench.controller.get([AGENT]));
      return { shown, reply: await bench.controller.getSupportedDM([AGENT], ALL) };
    },
    *judge({ shown, reply }) {
      yield* told(SUBTREE, reply, [AGENT], function* (objects, where) {
        yield covers(SUBTREE, shown, objects, where);
        const foreign = [...objects.keys()].filter((path) => !path.startsWith(AGENT));
        yield nothing(SUBTREE, `object outside ${AGENT}`, foreign, where);
      });
    },
  }),
  uspCase({
    id: "usp.supported-dm.valid-fields",
    title: "describes parameters, commands, events and keys by valid names and types",
    proves: [VALID_FIELDS],
    references: ["TP-469 1.72", "TP-469 1.76"],
    async drive({ controller, agent }) {
      return { typed: tellsTypes(agent), reply: await controller.getSupportedDM(["Device."], ALL) };
    },
    *judge({ typed, reply }) {
      yield* told(VALID_FIELDS, reply, ["Device."], function* (objects, where) {
        yield nothing(VALID_FIELDS, "name or type that cannot be", invalid(objects, typed), where);
      });
    },
  }),
  uspCase({
    id: "usp.supported-dm.first-level",
    title: "with first_level_only tells an object and its children, and members of it alone",
    proves: [CHILDREN, BARE_CHILDREN],
    references: ["TP-469 1.73"],
    async drive({ controller }) {
      const model = supportedObjects(await controller.getSupportedDM([AGENT]));
      return {
        expected: firstLevel(model, AGENT),
        reply: await controller.getSupportedDM([AGENT], { ...ALL, firstLevelOnly: true }),
      };
    },
    *judge({ expected, reply }) {
      yield* told(CHILDREN, reply, [AGENT], function* (objects, where) {
        yield sameSet(CHILDREN, { value: [...objects.keys()], where }, expected);
        const own = objects.get(AGENT);
        yield holds(CHILDREN, own?.params.has("EndpointID") === true, {
          expected: `the parameters of ${AGENT}`,
          actual: own === undefined ? undefined : few([...own.params.keys()]),
          where,
        });
      });
      yield* inResponse(BARE_CHILDREN, reply, "GET_SUPPORTED_DM_RESP", function* () {
        const children = new Map([...supportedObjects(reply)].filter(([path]) => path !== AGENT));
        yield nothing(BARE_CHILDREN, "member of a child", named(children, members), reply.summary.where);
      });
    },
  }),
  uspCase({
    id: "usp.supported-dm.no-options",
    title: "tells objects and nothing of what they have when nothing of it is asked for",
    proves: [UNASKED],
    references: ["TP-469 1.74"],
    async drive({ controller }) {
      return { reply: await controller.getSupportedDM([AGENT], { firstLevelOnly: true }) };
    },
    *judge({ reply }) {
      yield* told(UNASKED, reply, [AGENT], function* (objects, where) {
        yield holds(UNASKED, objects.has(AGENT), { expected: AGENT, actual: few([...objects.keys()]), where });
        yield nothing(UNASKED, "member or key", [...named(objects, members), ...named(objects, keySets)], where);
      });
    },
  }),
  uspCase({
    id: "usp.supported-dm.several-objects",
    title: "gives a result with members for each object that is asked for",
    proves: [EACH_PATH],
    references: ["TP-469 1.75"],
    async drive({ controller }) {
      const paths = [CONTROLLERS, MTPS].map((path) => path.replace("{i}.", ""));
      return { paths, reply: await controller.getSupportedDM(paths, { ...ALL, firstLevelOnly: true }) };
    },
    *judge({ paths, reply }) {
      yield* told(EACH_PATH, reply, paths, function* (objects, where) {
        for (const path of [CONTROLLERS, MTPS]) {
          const found = objects.get(path);
          yield holds(EACH_PATH, found?.params.has("Protocol") === true || found?.params.has("EndpointID") === true, {
            expected: `${path} with its parameters`,
            actual: found === undefined ? undefined : few(members(found)),
            where,
          });
        }
      });
    },
  }),
  uspCase({
    id: "usp.supported-dm.whole-model",
    title: "tells its whole supported data model for the root",
    proves: [WHOLE],
    references: ["TP-469 1.76"],
    async drive(bench) {
      await known(bench);
      const shown = parametersIn(await bench.controller.get(["Device."]));
      return { shown, reply: await bench.controller.getSupportedDM(["Device."], ALL) };
    },
    *judge({ shown, reply }) {
      yield* told(WHOLE, reply, ["Device."], function* (objects, where) {
        yield covers(WHOLE, shown, objects, where);
      });
    },
  }),
  uspCase({
    id: "usp.supported-dm.unsupported-object",
    title: "answers an object outside its supported data model with error 7026",
    proves: [UNSUPPORTED],
    references: ["TP-469 1.77"],
    async drive({ controller }) {
      return { reply: await controller.getSupportedDM([`${AGENT}UnsupportedObject.`], ALL) };
    },
    *judge({ reply }) {
      yield* inResponse(UNSUPPORTED, reply, "GET_SUPPORTED_DM_RESP", function* () {
        yield same(UNSUPPORTED, { value: reply.all(RESULTS).length, where: reply.summary.where }, 1);
        yield errorCode(UNSUPPORTED, reply.at(`${RESULTS}/err_code`), 7026, "GetSupportedDM");
      });
    },
  }),
  uspCase({
    id: "usp.supported-dm.commands",
    title: "tells commands with their arguments, and nothing else, when asked for them",
    proves: [COMMANDS],
    references: ["TP-469 1.97"],
    needs: ["usp-command-arguments"],
    async drive({ controller, agent }) {
      const { command, args } = agent.values.commandWithArguments;
      return {
        command: supportedPath(command),
        args: Object.keys(args),
        reply: await controller.getSupportedDM(["Device."], { commands: true }),
      };
    },
    *judge({ command, args, reply }) {
      yield* told(COMMANDS, reply, ["Device."], function* (objects, where) {
        const others = ({ params, events }: SupportedObject): readonly string[] => [...params.keys(), ...events.keys()];
        yield nothing(COMMANDS, "parameter, event or key", [...named(objects, others), ...named(objects, keySets)], where);
        const cut = command.lastIndexOf(".") + 1;
        const found = objects.get(command.slice(0, cut))?.commands.get(command.slice(cut));
        const missing = args.filter((name) => found?.input.includes(name) !== true);
        yield nothing(COMMANDS, `argument of ${command} that is missing`, missing, where);
      });
    },
  }),
  uspCase({
    id: "usp.supported-dm.events",
    title: "tells events with their arguments, and nothing else, when asked for them",
    proves: [EVENTS],
    references: ["TP-469 1.98"],
    async drive({ controller, agent }) {
      demand(agent, "Device.Boot!");
      return { reply: await controller.getSupportedDM(["Device."], { events: true }) };
    },
    *judge({ reply }) {
      yield* told(EVENTS, reply, ["Device."], function* (objects, where) {
        const others = ({ params, commands }: SupportedObject): readonly string[] => [...params.keys(), ...commands.keys()];
        yield nothing(EVENTS, "parameter, command or key", [...named(objects, others), ...named(objects, keySets)], where);
        // TR-181 gives Boot! these two whatever it was that started the device.
        const args = objects.get("Device.")?.events.get("Boot!") ?? [];
        const missing = ["CommandKey", "Cause"].filter((name) => !args.includes(name));
        yield nothing(EVENTS, "argument of Device.Boot! that is missing", missing, where);
      });
    },
  }),
  uspCase({
    id: "usp.supported-dm.key-sets",
    title: "tells the sets of keys of a table, and nothing else, when asked for them",
    proves: [KEY_SETS],
    references: ["TP-469 1.99"],
    async drive({ controller, agent }) {
      const path = SUBSCRIPTIONS.replace("{i}.", "");
      const expected = agent.supports(`${SUBSCRIPTIONS}Alias`) ? ["Alias", "ID+Recipient"] : ["ID+Recipient"];
      return { path, expected, reply: await controller.getSupportedDM([path], { uniqueKeySets: true }) };
    },
    *judge({ path, expected, reply }) {
      yield* told(KEY_SETS, reply, [path], function* (objects, where) {
        yield nothing(KEY_SETS, "parameter, command or event", named(objects, members), where);
        const found = objects.get(SUBSCRIPTIONS);
        const missing = expected.filter((set) => found === undefined || !keySets(found).includes(set));
        yield nothing(KEY_SETS, `set of keys of ${SUBSCRIPTIONS} that is missing`, missing, where);
      });
    },
  }),
  uspCase({
    id: "usp.supported-dm.one-command",
    title: "tells a command that is asked for, and nothing else",
    proves: [ONE_COMMAND],
    references: ["TP-469 1.105"],
    needs: ["usp-reboot"],
    async drive({ controller }) {
      return { reply: await controller.getSupportedDM(["Device.Reboot()"], ALL) };
    },
    *judge({ reply }) {
      yield* onlyMember(ONE_COMMAND, reply, "Device.Reboot()");
    },
  }),
  uspCase({
    id: "usp.supported-dm.one-event",
    title: "tells an event that is asked for, and nothing else",
    proves: [ONE_EVENT],
    references: ["TP-469 1.106"],
    async drive({ controller, agent }) {
      demand(agent, "Device.Boot!");
      return { reply: await controller.getSupportedDM(["Device.Boot!"], ALL) };
    },
    *judge({ reply }) {
      yield* onlyMember(ONE_EVENT, reply, "Device.Boot!");
    },
  }),
  uspCase({
    id: "usp.supported-dm.one-parameter",
    title: "tells a parameter that is asked for, and nothing else",
    proves: [ONE_PARAMETER],
    references: ["TP-469 1.107"],
    async drive({ controller }) {
      return { reply: await controller.getSupportedDM([`${AGENT}EndpointID`], ALL) };
    },
    *judge({ reply }) {
      yield* onlyMember(ONE_PARAMETER, reply, `${AGENT}EndpointID`);
    },
  }),
];

/** Of the objects of a subtree, its root and those right below it; a table and its instances are one level. */
function firstLevel(objects: Objects, root: string): readonly string[] {
  const depth = (path: string): number =>
    path
      .slice(root.length)
      .replace(/\{i\}\./g, "")
      .split(".").length - 1;
  return [...objects.keys()].filter((path) => depth(path) <= 1);
}

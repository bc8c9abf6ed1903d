import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { createdIn, parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, present, same, sameSet } from "../../harness/core/finding.ts";
import { deletingMade, hasValue, SUBSCRIPTIONS, subscription } from "./support/instances.ts";
import { freshName, settings } from "./support/making.ts";
import { outcomes } from "./support/outcomes.ts";
import { ourRoles, ROLES, references, TRUST, withPermissions } from "./support/roles.ts";
import { withSecondController } from "./support/second-controller.ts";
import { withValues } from "./support/values.ts";

const SHOWN = "TR-369:R-SEC.1a";
const UNION = "TR-369:SEC#union";
const UNTRUSTED = "TP-469:2.9#untrusted";
const CREATED = "TP-469:2.10#created";
const HIDDEN = "TP-469:2.27#hidden";
const SECURED = "TP-469:2.27#shown";

/** The value of one parameter, for those who may know it. */
const valueIn = (reply: UspReply, path: string) =>
  parametersIn(reply).get(path) ?? { value: undefined, where: reply.summary.where };

/** Gives us a further role beside our own, and takes it away after `use`. */
const withRole = async <T>(bench: UspBench, role: string, use: () => Promise<T>): Promise<T> => {
  const { controllerPath } = bench.agent;
  const AssignedRole = [...(await ourRoles(bench)), role].map((one) => one.replace(/\.$/, "")).join(",");
  return withValues(bench, controllerPath, { AssignedRole }, use);
};

export const trustCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.trust.assigned-role",
    title: "shows which roles a controller has",
    proves: [SHOWN],
    async drive({ controller, agent }) {
      const path = `${agent.controllerPath}AssignedRole`;
      return { isSupported: agent.supports(path), path, reply: await controller.get([path]) };
    },
    *judge({ isSupported, path, reply }) {
      const { where } = reply.summary;
      yield holds(SHOWN, isSupported, { expected: `${path} in the supported data model`, actual: isSupported, where });
      yield present(SHOWN, valueIn(reply, path), path);
    },
  }),
  uspCase({
    id: "usp.trust.untrusted",
    title: "gives a controller that nobody has given a role the untrusted one",
    proves: [UNTRUSTED],
    references: ["TP-469 2.9"],
    needs: ["usp-controller-trust", "usp-add-controller", "usp-websocket"],
    drive: (bench) =>
      withSecondController(
        bench,
        async ({ path, itself, leave }) => {
          const { controller } = bench;
          await controller.get(["Device.LocalAgent.EndpointID"], 0, itself);
          await leave();
          const names = [`${path}AssignedRole`, `${TRUST}UntrustedRole`];
          return { path, reply: await controller.get(names) };
        },
        { roles: "none" },
      ),
    *judge({ path, reply }) {
      const assigned = valueIn(reply, `${path}AssignedRole`);
      const untrusted = references(valueIn(reply, `${TRUST}UntrustedRole`).value ?? "");
      yield holds(UNTRUSTED, untrusted.length > 0, {
        expected: "an UntrustedRole",
        actual: untrusted.length === 0 ? "none" : untrusted.join(),
        where: reply.summary.where,
      });
      yield sameSet(UNTRUSTED, { value: references(assigned.value ?? ""), where: assigned.where }, untrusted);
    },
  }),
  uspCase({
    id: "usp.trust.role-added",
    title: "takes a new role",
    proves: [CREATED],
    references: ["TP-469 2.10"],
    needs: ["usp-controller-trust-roles"],
    drive: (bench) =>
      deletingMade(bench.controller, async ({ note }) => {
        const name = freshName(bench);
        const params = settings({ Enable: "true", Name: name });
        const added = note(await bench.controller.add([{ path: ROLES, params }]));
        return { name, added, seen: await bench.controller.get([ROLES]) };
      }),
    *judge({ name, added, seen }) {
      yield* outcomes(CREATED, added, "ADD_RESP", "oper_success");
      const [made] = createdIn(added);
      if (made === undefined) return;
      yield hasValue(CREATED, seen, `${made}Name`, name);
      yield hasValue(CREATED, seen, `${made}Enable`, "true");
    },
  }),
  uspCase({
    id: "usp.trust.union",
    title: "permits what any of the roles of a controller permits",
    proves: [UNION],
    needs: ["usp-controller-trust-roles", "usp-controller-trust-writable", "usp-assigned-role-writable"],
    drive: (bench) =>
      deletingMade(bench.controller, async ({ add }) => {
        const { controller } = bench;
        const path = await add(SUBSCRIPTIONS, subscription(freshName(bench)));
        const role = await add(ROLES, settings({ Enable: "true", Name: freshName(bench) }));
        const rights = { Param: "r---", Obj: "r---", InstantiatedObj: "r---" };
        await add(`${role}Permission.`, settings({ Enable: "true", Order: "1", Targets: path, ...rights }));
        const name = `${path}NotifType`;
        return withPermissions(bench, [{ Targets: name, Param: "-w--" }], async () => {
          const alone = await controller.get([name]);
          if (parametersIn(alone).has(name))
            throw new Inconclusive("precondition", `the agent shows ${name} to a controller that may not read it`);
          return { name, together: await withRole(bench, role, () => controller.get([name])) };
        });
      }),
    *judge({ name, together }) {
      yield present(UNION, valueIn(together, name), name);
    },
  }),
  uspCase({
    id: "usp.trust.secured",
    title: "shows a secured value to controllers with a secured role, and to no others",
    proves: [HIDDEN, SECURED],
    references: ["TP-469 2.27"],
    needs: ["usp-secured-roles", "usp-add-controller", "usp-websocket"],
    drive: (bench) => securing(bench),
    *judge({ path, value, closed, open }) {
      yield same(HIDDEN, valueIn(closed, path), "");
      yield same(SECURED, valueIn(open, path), value);
    },
  }),
];

/** A second controller reads a secured parameter, first without a secured role and then with one. */
const securing = async (bench: UspBench) => {
  const { controller, agent } = bench;
  const { path, value } = agent.values.securedParameter;
  const cut = path.lastIndexOf(".") + 1;
  const roles = (await ourRoles(bench)).map((one) => one.replace(/\.$/, "")).join(",");
  const secures = async (list: string) =>
    controller.set([{ path: TRUST, params: [{ name: "SecuredRoles", value: list, required: true }] }]);
  // The value is written, and put back, by a controller that may read it.
  return withValues(bench, TRUST, { SecuredRoles: roles }, () =>
    withValues(bench, path.slice(0, cut), { [path.slice(cut)]: value }, async () => {
      await secures("");
      try {
        return await withSecondController(
          bench,
          async ({ itself, leave, comesAgain }) => {
            const closed = await controller.get([path], 0, itself);
            await leave();
            await secures(roles);
            await comesAgain();
            return { path, value, closed, open: await controller.get([path], 0, itself) };
          },
          { roles },
        );
      } finally {
        await secures(roles);
      }
    }),
  );
};

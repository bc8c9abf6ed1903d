import { splitList } from "./lists.ts";
import type { UspModel } from "./model.ts";
import { ROLE_TABLE, TRUST } from "./schema-trust.ts";
import type { UspAgentSeams } from "./seams.ts";
import { type Aspect, type Permission, USES, type Use } from "./trust-seams.ts";

/** What one controller may do, as long as nothing of its roles changes. */
export interface Rights {
  may(use: Use, path: string): boolean;
  /** Whether it is shown what secured parameters hold. */
  readonly showsSecured: boolean;
}

/** The rights in an agent that knows no roles. */
export const EVERYTHING: Rights = { may: () => true, showsSecured: true };

const ASPECTS: readonly Aspect[] = ["Param", "Obj", "InstantiatedObj", "CommandEvent"];

/** References to roles, without the dot that some write at the end. */
export const rolesIn = (text: string): readonly string[] => splitList(text).map((role) => role.replace(/\.$/, ""));

/** Whether the agent knows roles: a Snom phone's does not. */
export const hasRoles = (model: UspModel): boolean => model.supported.has(TRUST);

/** What a controller may do now. @param controller its object, `Device.LocalAgent.Controller.2.` */
export function rightsOf(model: UspModel, seams: UspAgentSeams, controller: string): Rights {
  if (!hasRoles(model)) return EVERYTHING;
  const assigned = rolesIn(model.value(`${controller}AssignedRole`));
  const inherited = rolesIn(model.value(`${controller}InheritedRole`));
  const names = seams.rolesOf(assigned, inherited);
  const roles = names.map((role) => permissionsOf(model, seams, `${role}.`));
  return {
    showsSecured: seams.showsSecured(names, rolesIn(model.value(`${TRUST}SecuredRoles`))),
    may(use, path) {
      const [aspect, right] = USES[use];
      const given = roles.flatMap((permissions) => {
        const covering = permissions.filter(({ targets }) => targets.some((target) => seams.covers(target, path)));
        return seams.deciding(covering)?.rights[aspect] ?? [];
      });
      return seams.permits(given, right, use, path);
    },
  };
}

/** Gives a controller that has no role the one for such (TR-369 "Special Roles"). */
export function assignUntrusted(model: UspModel, seams: UspAgentSeams, controller: string): void {
  if (!hasRoles(model)) return;
  if (["AssignedRole", "InheritedRole"].some((name) => model.value(controller + name) !== "")) return;
  model.set(`${controller}AssignedRole`, seams.untrusted(model.value(`${TRUST}UntrustedRole`)));
}

function permissionsOf(model: UspModel, seams: UspAgentSeams, role: string): readonly Permission[] {
  if (!role.startsWith(ROLE_TABLE) || !model.has(role)) return [];
  if (!seams.isInForce(model.isOn(`${role}Enable`), "role")) return [];
  const table = `${role}Permission.`;
  return model.instances(table).flatMap((number) => {
    const of = (name: string): string => model.value(`${table}${number}.${name}`);
    if (!seams.isInForce(model.isOn(`${table}${number}.Enable`), "permission")) return [];
    const rights = Object.fromEntries(ASPECTS.map((aspect) => [aspect, of(aspect)])) as Record<Aspect, string>;
    return [{ order: Number(of("Order")), targets: splitList(of("Targets")), rights }];
  });
}

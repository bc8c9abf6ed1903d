/** What a right is about, by the parameter of a permission that has it. */
export type Aspect = "Param" | "Obj" | "InstantiatedObj" | "CommandEvent";

/** Letters of the rights: read, write, execute and notify. */
export type Right = "r" | "w" | "x" | "n";

/** What a controller may do with a path, and the right that it takes (TR-181 ControllerTrust.Role.{i}.Permission.{i}.). */
export const USES = {
  "see object": ["Obj", "r"],
  "see supported object": ["Obj", "r"],
  "see instance": ["InstantiatedObj", "r"],
  "see command": ["CommandEvent", "r"],
  "see parameter": ["Param", "r"],
  "read value": ["Param", "r"],
  "read key": ["Param", "r"],
  "read update": ["Param", "r"],
  "search value": ["Param", "r"],
  "see gone": ["Obj", "r"],
  "see unaffected": ["Obj", "r"],
  "set value": ["Param", "w"],
  "give value": ["Param", "w"],
  create: ["Obj", "w"],
  delete: ["InstantiatedObj", "w"],
  run: ["CommandEvent", "x"],
  "watch value": ["Param", "n"],
  "watch creation": ["Obj", "n"],
  "watch deletion": ["InstantiatedObj", "n"],
  "watch command": ["CommandEvent", "n"],
} as const satisfies Readonly<Record<string, readonly [Aspect, Right]>>;

export type Use = keyof typeof USES;

/** A permission of a role. */
export interface Permission {
  readonly order: number;
  readonly targets: readonly string[];
  /** Rights as they stand there, `r-x-`. */
  readonly rights: Readonly<Record<Aspect, string>>;
}

/** What a controller's certificate is like. */
export interface CertificateFacts {
  /** Whether it is valid by its dates. */
  readonly isInTime: boolean;
  /** Whether it has the controller's EndpointID. */
  readonly isNamed: boolean;
  /** Whether an authority has signed it that is among the credentials. */
  readonly isSigned: boolean;
  /** Whether others are believed at first use. */
  readonly isFirstUseAllowed: boolean;
}

/** What the agent makes of roles and challenges (TR-369 "Role Based Access Control", "Roles (Access Control)", "Challenges"). */
export const trustSeams = {
  /** Roles that count for a controller, of those assigned to it and those inherited. */
  rolesOf(assigned: readonly string[], inherited: readonly string[]): readonly string[] {
    return [...assigned, ...inherited];
  },
  /** Whether a role, or a permission in one, is in force. */
  isInForce(enable: boolean, _what: "role" | "permission"): boolean {
    return enable;
  },
  /** Whether a target covers a path: it is the target, or inside it. A wildcard stands for any instance. */
  covers(target: string, path: string): boolean {
    const [wanted, given] = [target, path].map((one) => one.replace(/\.$/, "").split("."));
    return (
      wanted?.every((part, place) => part === given?.[place] || (part === "*" && /^(?:\d+|\{i\})$/.test(given?.[place] ?? ""))) ??
      false
    );
  },
  /** The permission that decides, of those of one role that cover a path: the one with the highest Order. */
  deciding(permissions: readonly Permission[]): Permission | undefined {
    return permissions.toSorted((one, other) => other.order - one.order)[0];
  },
  /** Whether a controller may do this: if one of its roles gives it the right. */
  permits(given: readonly string[], right: Right, _use: Use, _path: string): boolean {
    return given.some((rights) => rights.includes(right));
  },
  /** Code for what a controller may not do. */
  deniedCode(_use: Use): number {
    return 7006;
  },
  /** Roles of a controller that has neither been assigned any nor inherited one. */
  untrusted(role: string): string {
    return role;
  },
  /** Whether a secured value is shown to a controller with these roles. */
  showsSecured(roles: readonly string[], secured: readonly string[]): boolean {
    return roles.some((role) => secured.includes(role));
  },
  /** Order of a permission that is given none. */
  nextOrder(taken: readonly number[]): number {
    return Math.max(0, ...taken) + 1;
  },
  /** Whether a controller with such a certificate is believed (R-SEC.3, R-SEC.20). */
  believesCertificate({ isInTime, isNamed, isSigned, isFirstUseAllowed }: CertificateFacts): boolean {
    return isInTime && (isSigned ? isNamed : isFirstUseAllowed);
  },
  /** Roles that a controller inherits, of those of the authorities in its chain, the nearest one first (R-SEC.25). */
  inherited(roles: readonly (readonly string[])[]): readonly string[] {
    return roles[0] ?? [];
  },
  /** Whether the answer to a challenge is the right one. */
  meetsChallenge(value: Buffer, given: Buffer): boolean {
    return value.length > 0 && value.equals(given);
  },
  /** Whether a challenge takes no further answers after so many wrong ones in a row. */
  locksOut(failures: number, retries: number): boolean {
    return failures >= retries;
  },
  /** Milliseconds for which it takes none; a negative period lasts until the phone starts again. */
  lockout(seconds: number): number {
    return seconds < 0 ? Number.POSITIVE_INFINITY : seconds * 1000;
  },
  /** Roles of a controller that has met a challenge: the new one in place of the untrusted one, or beside the others. */
  elevated(assigned: readonly string[], untrusted: readonly string[], gained: readonly string[]): readonly string[] {
    return [...new Set([...assigned.filter((role) => !untrusted.includes(role)), ...gained])];
  },
};

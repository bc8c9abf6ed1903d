import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import type { KeyAndCertificate } from "../../harness/core/certificate.ts";
import { type Finding, holds, type Located, sameSet } from "../../harness/core/finding.ts";
import { newAuthority, type ShowingOptions, type Shown, showing, withAuthority } from "./support/authority.ts";
import { deletingMade } from "./support/instances.ts";
import { freshName, settings } from "./support/making.ts";
import { ourRoles, ROLES, references, TRUST } from "./support/roles.ts";
import { withValues } from "./support/values.ts";

const DATES = "TR-369:R-SEC.20";
const AT_THE_MTP = "TR-369:R-MTP.3";
const FLOW = "TR-369:R-MTP.4";
const NAME = "TR-369:R-SEC.3";
const AUTHORITY = "TR-369:R-SEC.2";
const AUTHORIZES = "TR-369:R-SEC.4";
const FIRST_USE = "TR-369:R-SEC.6";
const CHANGES = "TR-369:R-SEC.7";
const INHERITED = "TR-369:SEC#inherited";
const NEAREST = "TR-369:R-SEC.25";
const NEEDS = ["usp-controller-credentials", "usp-add-certificate", "usp-add-controller", "usp-websocket"] as const;

const nothing = async (): Promise<void> => {};

/** Whether the agent answered a controller that showed a certificate. */
const isServed = ({ reply }: Shown): boolean => reply?.kind === "response" || reply?.kind === "error";

/** An authority that the agent believes; it answers a controller with a good certificate of it. */
const believing = <T>(bench: UspBench, use: (authority: KeyAndCertificate) => Promise<T>): Promise<T> =>
  newAuthority(bench).then((authority) =>
    withAuthority(bench, authority, undefined, async () => {
      const control = await showing(bench, { issuer: authority }, nothing);
      if (!isServed(control))
        throw new Inconclusive(
          "precondition",
          control.came
            ? `a controller with a good certificate is given ${control.reply?.summary.value}`
            : "the agent does not come to a controller with a good certificate of an authority that it has been given",
        );
      return use(authority);
    }),
  );

const refused = (requirement: string, shown: Shown): Finding =>
  holds(requirement, !isServed(shown), {
    expected: "no answer to a controller with this certificate",
    actual: shown.reply?.summary.value ?? "no connection",
    where: shown.reply?.summary.where ?? "while the agent was to come to it",
  });

const refusing = (bench: UspBench, fault: Omit<ShowingOptions, "issuer">) =>
  believing(bench, (issuer) => showing(bench, { ...fault, issuer }, nothing));

/** Roles that a controller without any inherits, by the chain that it shows, and as the agent tells them. */
const inheriting = (bench: UspBench, options: Omit<ShowingOptions, "roles">) =>
  showing(bench, { ...options, roles: "none" }, (path) => read(bench, `${path}InheritedRole`));

const read = async ({ controller }: UspBench, name: string): Promise<Located> =>
  parametersIn(await controller.get([name])).get(name) ?? { value: undefined, where: name };

const inherits = (requirement: string, { seen }: Awaited<ReturnType<typeof inheriting>>, role: string): Finding =>
  sameSet(requirement, { value: references(seen.value ?? ""), where: seen.where }, [role]);

export const trustCertificateCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.trust.certificate-expired",
    title: "does not answer a controller whose certificate has expired",
    proves: [DATES, AT_THE_MTP],
    beyondPlan: [AT_THE_MTP],
    references: ["TP-469 2.8"],
    needs: NEEDS,
    drive: (bench) => refusing(bench, { valid: [-20, -10] }),
    *judge(shown) {
      yield refused(DATES, shown);
      yield refused(AT_THE_MTP, shown);
    },
  }),
  uspCase({
    id: "usp.trust.certificate-early",
    title: "does not answer a controller whose certificate is not valid yet",
    proves: [DATES, AT_THE_MTP],
    needs: NEEDS,
    drive: (bench) => refusing(bench, { valid: [10, 20] }),
    *judge(shown) {
      yield refused(DATES, shown);
      yield refused(AT_THE_MTP, shown);
    },
  }),
  uspCase({
    id: "usp.trust.certificate-of-another",
    title: "does not answer a controller with the certificate of another Endpoint ID",
    proves: ["TR-369:R-SEC.0a", NAME],
    needs: NEEDS,
    drive: (bench) => refusing(bench, { namedFor: "self::assay-somebody" }),
    *judge(shown) {
      yield refused("TR-369:R-SEC.0a", shown);
      yield refused(NAME, shown);
    },
  }),
  uspCase({
    id: "usp.trust.certificate-unknown",
    title: "does not answer a controller whose certificate is of an unknown authority",
    proves: [AUTHORITY, FLOW],
    needs: [...NEEDS, "usp-first-use"],
    drive: (bench) =>
      withValues(bench, TRUST, { TOFUAllowed: "false" }, () =>
        believing(bench, async () => showing(bench, { issuer: await newAuthority(bench) }, nothing)),
      ),
    *judge(shown) {
      yield refused(AUTHORITY, shown);
      yield refused(FLOW, shown);
    },
  }),
  uspCase({
    id: "usp.trust.role-inherited",
    title: "gives a controller the role of the authority that signed its certificate",
    proves: [INHERITED],
    needs: [...NEEDS, "usp-controller-trust-roles"],
    drive: (bench) =>
      deletingMade(bench.controller, async ({ add }) => {
        const role = await add(ROLES, settings({ Enable: "true", Name: freshName(bench) }));
        const authority = await newAuthority(bench);
        return { role, shown: await withAuthority(bench, authority, role, () => inheriting(bench, { issuer: authority })) };
      }),
    *judge({ role, shown }) {
      yield inherits(INHERITED, shown, role);
    },
  }),
  uspCase({
    id: "usp.trust.role-not-inherited",
    title: "gives no role by the authority of a certificate that names another Endpoint ID",
    proves: [AUTHORIZES],
    needs: [...NEEDS, "usp-controller-trust-roles"],
    drive: (bench) =>
      deletingMade(bench.controller, async ({ add }) => {
        const role = await add(ROLES, settings({ Enable: "true", Name: freshName(bench) }));
        const issuer = await newAuthority(bench);
        return withAuthority(bench, issuer, role, async () => {
          const control = await inheriting(bench, { issuer });
          if (!references(control.seen.value ?? "").includes(role))
            throw new Inconclusive("precondition", "the agent gives no role by an authority that it has been given");
          return { role, shown: await inheriting(bench, { issuer, namedFor: "self::assay-somebody" }) };
        });
      }),
    *judge({ role, shown: { seen } }) {
      const inherited = references(seen.value ?? "");
      yield holds(AUTHORIZES, !inherited.includes(role), {
        expected: `no ${role} in InheritedRole`,
        actual: inherited.length === 0 ? "none" : inherited.join(),
        where: seen.where,
      });
    },
  }),
  uspCase({
    id: "usp.trust.self-signed",
    title: "gives a controller with a self-signed certificate the untrusted role at first",
    proves: [FIRST_USE, CHANGES],
    needs: ["usp-controller-trust", "usp-assigned-role-writable", "usp-first-use", "usp-add-controller", "usp-websocket"],
    drive: (bench) =>
      withValues(bench, TRUST, { TOFUAllowed: "true" }, async () => {
        const roles = (await ourRoles(bench)).map((one) => one.slice(0, -1)).join(",");
        const shown = await showing(bench, { roles: "none" }, async (path) => {
          const before = await read(bench, `${path}AssignedRole`);
          const params = [{ name: "AssignedRole", value: roles, required: true }];
          await bench.controller.set([{ path, params }]);
          return { before, after: await read(bench, `${path}AssignedRole`) };
        });
        if (!isServed(shown))
          throw new Inconclusive("precondition", "the agent answers no controller with a self-signed certificate, as it may");
        return { roles, ...shown.seen, untrusted: await read(bench, `${TRUST}UntrustedRole`) };
      }),
    *judge({ roles, before, after, untrusted }) {
      yield sameSet(FIRST_USE, { value: references(before.value ?? ""), where: before.where }, references(untrusted.value ?? ""));
      yield sameSet(CHANGES, { value: references(after.value ?? ""), where: after.where }, references(roles));
    },
  }),
  uspCase({
    id: "usp.trust.role-of-nearest",
    title: "gives a controller the role of the nearest authority in its chain, and no other",
    proves: [NEAREST],
    needs: [...NEEDS, "usp-controller-trust-roles"],
    drive: (bench) =>
      deletingMade(bench.controller, async ({ add }) => {
        const far = await add(ROLES, settings({ Enable: "true", Name: freshName(bench) }));
        const role = await add(ROLES, settings({ Enable: "true", Name: freshName(bench) }));
        const root = await newAuthority(bench);
        const authority = await newAuthority(bench, root);
        const ask = () => inheriting(bench, { issuer: authority, besides: authority.cert });
        return { role, shown: await withAuthority(bench, root, far, () => withAuthority(bench, authority, role, ask)) };
      }),
    *judge({ role, shown }) {
      yield inherits(NEAREST, shown, role);
    },
  }),
];

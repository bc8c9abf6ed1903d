import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { createdIn, parametersIn, updatedIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { makeCertificate } from "../../harness/core/certificate.ts";
import { type Finding, few, holds, type Located, same } from "../../harness/core/finding.ts";
import { deletingMade, hasValue, instancesOf, SUBSCRIPTIONS, tidily } from "./support/instances.ts";
import { freshName, settings, withSubscriptions } from "./support/making.ts";

const CONTROLLERS = "Device.LocalAgent.Controller.";
const CERTIFICATES = "Device.LocalAgent.Certificate.";
const ROLES = "Device.LocalAgent.ControllerTrust.Role.";

/** A path without the dot that some agents put at its end. */
const bare = (path: string): string => path.replace(/\.$/, "");

const seenIn = (reply: UspReply, path: string): Located =>
  parametersIn(reply).get(path) ?? { value: undefined, where: reply.summary.where };

/** Writes another spelling of what a reference names, or another path; the value from before is there again afterwards. */
async function rewritten({ controller, agent }: UspBench, other: (value: string, alias: string) => string) {
  const { path } = agent.values.reference;
  const before = seenIn(await controller.get([path]), path).value ?? "";
  const alias = `${bare(before)}.Alias`;
  const { value = "" } = seenIn(await controller.get([alias]), alias);
  if (before === "" || value === "") throw new Inconclusive("precondition", `${path} names no object that has an Alias`);
  const cut = path.lastIndexOf(".") + 1;
  const write = (text: string): Promise<UspReply> =>
    controller.set([{ path: path.slice(0, cut), params: [{ name: path.slice(cut), value: text, required: true }] }]);
  try {
    const written = other(bare(before), value);
    const reply = await write(written);
    return { path, before, written, reply, after: await controller.get([path]) };
  } finally {
    await tidily(() => write(before));
  }
}

/** That a parameter that was asked for is shown with this value, in whatever object. */
function shows(requirement: string, asked: string, reply: UspReply, value: string): Finding {
  const name = asked.slice(asked.lastIndexOf("."));
  const seen = [...parametersIn(reply)].filter(([path]) => path.endsWith(name)).map(([, one]) => one.value);
  return holds(requirement, seen.includes(value), {
    expected: `${JSON.stringify(value)} for ${asked}`,
    actual: seen.length === 0 ? reply.summary.value : few(seen.map(String)),
    where: reply.summary.where,
  });
}

const names = (requirement: string, reply: UspReply, path: string, object: string): Finding => {
  const { value, where } = seenIn(reply, path);
  return same(requirement, { value: value === undefined ? undefined : bare(value), where }, bare(object));
};

/** A controller that is not enabled and that nobody is; it is deleted after `use`. */
const withController = <T>(
  bench: UspBench,
  values: Readonly<Record<string, string>>,
  use: (path: string) => Promise<T>,
): Promise<T> =>
  deletingMade(bench.controller, async ({ add }) =>
    use(await add(CONTROLLERS, settings({ EndpointID: `self::${freshName(bench)}`, Enable: "false", ...values }))),
  );

/** Values that name objects, and paths that go on there (TR-369 "Reference Following"). */
export const referenceCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.path.addressing",
    title: "finds an object by number, key, expression, wildcard and reference alike",
    proves: ["TR-369:R-ARC.7"],
    drive: (bench) =>
      withSubscriptions(bench, [{ Enable: "false" }], async ([path = ""]) => {
        const { controller } = bench;
        const { value: id = "" } = seenIn(await controller.get([`${path}ID`]), `${path}ID`);
        const named = [
          `${path}ID`,
          `${SUBSCRIPTIONS}[ID=="${id}"].ID`,
          `${SUBSCRIPTIONS}[ID=="${id}"&&Enable==false].ID`,
          `${SUBSCRIPTIONS}*.ID`,
        ];
        const found: { readonly asked: string; readonly reply: UspReply }[] = [];
        for (const asked of named) found.push({ asked, reply: await controller.get([asked]) });
        const followed = `${path}Recipient+.EndpointID`;
        return { id, found, followed: { asked: followed, reply: await controller.get([followed]) }, own: controller.endpointId };
      }),
    *judge({ id, found, followed, own }) {
      const requirement = "TR-369:R-ARC.7";
      for (const { asked, reply } of found) yield shows(requirement, asked, reply, id);
      yield shows(requirement, followed.asked, followed.reply, own);
    },
  }),
  uspCase({
    id: "usp.set.reference-by-key",
    title: "takes a unique key in a reference, and shows the instance number for it",
    proves: ["TR-369:R-ARC.11"],
    needs: ["usp-reference"],
    drive: (bench) => rewritten(bench, (value, alias) => `${value.replace(/\d+$/, "")}[Alias=="${alias}"]`),
    *judge({ path, before, reply, after }) {
      const requirement = "TR-369:R-ARC.11";
      yield same(requirement, reply.summary, "SET_RESP");
      yield names(requirement, after, path, before);
    },
  }),
  uspCase({
    id: "usp.set.dangling-reference",
    title: "refuses a strong reference to an object that is not there",
    proves: ["TR-369:R-ARC.12"],
    needs: ["usp-reference"],
    drive: (bench) => rewritten(bench, (value) => value.replace(/\d+$/, "4711")),
    *judge({ path, before, written, reply, after }) {
      const requirement = "TR-369:R-ARC.12";
      yield holds(requirement, !updatedIn(reply).includes(path), {
        expected: `${written} refused`,
        actual: reply.summary.value,
        where: reply.summary.where,
      });
      yield names(requirement, after, path, before);
    },
  }),
  uspCase({
    id: "usp.delete.referenced",
    title: "empties a reference to an object that is deleted",
    proves: ["TR-369:R-ARC.12"],
    needs: ["usp-add-controller", "usp-add-certificate"],
    async drive(bench) {
      const { controller, clock } = bench;
      const before = await instancesOf(controller, CERTIFICATES);
      const alias = freshName(bench);
      const { cert } = await makeCertificate(clock, { commonName: `${alias}.assay.example` });
      await controller.operate("Device.LocalAgent.AddCertificate()", { Alias: alias, Certificate: cert });
      const [certificate] = (await instancesOf(controller, CERTIFICATES)).filter((path) => !before.includes(path));
      if (certificate === undefined) throw new Inconclusive("precondition", "the agent keeps no certificate that it is given");
      return withController(bench, { Credential: bare(certificate) }, async (path) => {
        await controller.operate(`${certificate}Delete()`);
        if ((await instancesOf(controller, CERTIFICATES)).includes(certificate))
          throw new Inconclusive("precondition", `${certificate} is there after its Delete()`);
        return { path: `${path}Credential`, after: await controller.get([`${path}Credential`]) };
      });
    },
    *judge({ path, after }) {
      yield hasValue("TR-369:R-ARC.12", after, path, "");
    },
  }),
  uspCase({
    id: "usp.delete.referenced-in-list",
    title: "takes a deleted object out of a list of references",
    proves: ["TR-369:R-ARC.12"],
    needs: ["usp-add-controller", "usp-controller-trust-writable"],
    drive: (bench) =>
      deletingMade(bench.controller, async ({ add, note }) => {
        const { controller } = bench;
        const kept = await add(ROLES, settings({ Name: freshName(bench), Enable: "false" }));
        const created = note(
          await controller.add([{ path: ROLES, params: settings({ Name: freshName(bench), Enable: "false" }) }]),
        );
        const [gone = kept] = createdIn(created);
        return withController(bench, { AssignedRole: `${bare(kept)},${bare(gone)}` }, async (path) => {
          await controller.delete([gone]);
          return { path: `${path}AssignedRole`, kept, after: await controller.get([`${path}AssignedRole`]) };
        });
      }),
    *judge({ path, kept, after }) {
      yield names("TR-369:R-ARC.12", after, path, kept);
    },
  }),
];

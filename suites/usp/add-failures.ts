import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspObject, UspReply } from "../../harness/controller/controller.ts";
import { createdIn } from "../../harness/controller/read.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, few, holds } from "../../harness/core/finding.ts";
import { refuses } from "./support/answers.ts";
import { deletingMade, SUBSCRIPTIONS, showing, subscription } from "./support/instances.ts";
import { freshName } from "./support/making.ts";
import { errorTells, outcomes, resultsWith, suitable, type Told, tellsNone, tellsOne } from "./support/outcomes.ts";

const WHOLE = "TR-369:R-ADD.1";
const REQUIRED = "TR-369:R-ADD.3";
const PARAM_ERRS = "TP-469:1.3#param-errs";
const PATH_ERR = "TP-469:1.4#param-errs";
const FAILURE = "TP-469:1.8#failure";
const KEY = "TP-469:1.88#key-required";

const NO_OBJECT = "Device.LocalAgent.InvalidObject.";
const NO_TRUTH = { name: "Enable", value: "InvalidValue", required: true };

/** Which parameter failed: an instance that never came to be can be named in more than one way. */
const ENABLE: Told = { param: /(?:^|\.)Enable$/, says: "the parameter Enable", code: 7011, request: "Add" };
const OBJECT: Told = { param: /^Device\.LocalAgent\.InvalidObject\.?$/, says: NO_OBJECT, code: 7026, request: "Add" };

const good = (id: string): UspObject => ({ path: SUBSCRIPTIONS, params: subscription(id) });
const bad = (id: string): UspObject => ({ path: SUBSCRIPTIONS, params: subscription(id, [NO_TRUTH]) });
const unknown = (id: string): UspObject => ({ path: NO_OBJECT, params: subscription(id) });

/** Adds what `objects` makes of names that are not in use, and reads all subscriptions. */
const adding = (bench: UspBench, objects: readonly ((id: string) => UspObject)[], allowPartial = false) =>
  deletingMade(bench.controller, async ({ note }) => {
    const { controller } = bench;
    const ids = objects.map(() => freshName(bench));
    const added = note(
      await controller.add(
        objects.map((make, index) => make(ids[index] ?? "")),
        allowPartial,
      ),
    );
    return { ids, added, seen: await controller.get([SUBSCRIPTIONS]) };
  });

/** That an Add is refuses as a whole, and nothing of it is there. */
function* failsWhole({ ids, added, seen }: { ids: readonly string[]; added: UspReply; seen: UspReply }): Iterable<Finding> {
  yield refuses(WHOLE, added);
  for (const id of ids) yield showing(WHOLE, seen, "ID", id, false);
}

export const addFailureCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.add.required-fails",
    title: "creates no object of which a required parameter fails, and tells which",
    proves: [WHOLE, REQUIRED, PARAM_ERRS],
    references: ["TP-469 1.3"],
    drive: (bench) => adding(bench, [bad]),
    *judge({ ids: [id = ""], added, seen }) {
      yield refuses(WHOLE, added);
      yield showing(REQUIRED, seen, "ID", id, false);
      yield* errorTells(PARAM_ERRS, added, ENABLE);
    },
  }),
  uspCase({
    id: "usp.add.unknown-object",
    title: "answers an Add to an object outside its data model with an Error",
    proves: [WHOLE, PATH_ERR],
    references: ["TP-469 1.4"],
    drive: (bench) => adding(bench, [unknown]),
    *judge(evidence) {
      yield* failsWhole(evidence);
      yield* errorTells(PATH_ERR, evidence.added, OBJECT);
    },
  }),
  uspCase({
    id: "usp.add.one-unknown-object",
    title: "creates nothing of an Add when one of its objects is outside its data model",
    proves: [WHOLE, PATH_ERR],
    references: ["TP-469 1.6"],
    drive: (bench) => adding(bench, [good, unknown]),
    *judge(evidence) {
      yield* failsWhole(evidence);
      yield* errorTells(PATH_ERR, evidence.added, OBJECT);
    },
  }),
  uspCase({
    id: "usp.add.one-required-fails",
    title: "creates nothing of an Add when a required parameter of one object fails",
    proves: [WHOLE, PARAM_ERRS],
    references: ["TP-469 1.7"],
    drive: (bench) => adding(bench, [good, bad, good]),
    *judge(evidence) {
      yield* failsWhole(evidence);
      yield* errorTells(PARAM_ERRS, evidence.added, ENABLE);
    },
  }),
  uspCase({
    id: "usp.add.required-fails-partial",
    title: "tells of an object that it could not create when allow_partial is set",
    proves: [REQUIRED, FAILURE],
    references: ["TP-469 1.8"],
    drive: (bench) => adding(bench, [bad], true),
    *judge({ ids: [id = ""], added, seen }) {
      yield showing(REQUIRED, seen, "ID", id, false);
      yield* outcomes(FAILURE, added, "ADD_RESP", "oper_failure");
      yield* suitable(FAILURE, added, "ADD_RESP");
    },
  }),
  uspCase({
    id: "usp.add.one-fails-partial",
    title: "creates the good objects of an Add with allow_partial, and not the others",
    proves: ["TR-369:R-ADD.0", REQUIRED, FAILURE],
    references: ["TP-469 1.9"],
    drive: (bench) => {
      const invalid = { name: "InvalidParameter", value: "IrrelevantValue", required: true };
      return adding(bench, [good, (id) => ({ path: SUBSCRIPTIONS, params: subscription(id, [invalid]) })], true);
    },
    *judge({ ids: [first = "", second = ""], added, seen }) {
      yield showing("TR-369:R-ADD.0", seen, "ID", first, true);
      yield showing(REQUIRED, seen, "ID", second, false);
      yield* outcomes(FAILURE, added, "ADD_RESP", "oper_success", "oper_failure");
      for (const path of resultsWith(added, "ADD_RESP", "oper_success")) yield* tellsNone(FAILURE, added, path);
      yield* suitable(FAILURE, added, "ADD_RESP");
    },
  }),
  uspCase({
    id: "usp.add.optional-fails",
    title: "creates an object although a parameter fails that is not required, and tells it",
    proves: ["TR-369:R-ADD.4"],
    drive: (bench) =>
      adding(bench, [(id) => ({ path: SUBSCRIPTIONS, params: subscription(id, [{ ...NO_TRUTH, required: false }]) })]),
    *judge({ added }) {
      yield* outcomes("TR-369:R-ADD.4", added, "ADD_RESP", "oper_success");
      for (const path of resultsWith(added, "ADD_RESP", "oper_success"))
        yield* tellsOne("TR-369:R-ADD.4", added, `${path}/param_errs`, ENABLE);
    },
  }),
  uspCase({
    id: "usp.add.taken-key",
    title: "creates no object with the unique key of another one",
    proves: [KEY],
    drive: (bench) =>
      deletingMade(bench.controller, async ({ add, note }) => {
        const { controller } = bench;
        const id = freshName(bench);
        const first = await add(SUBSCRIPTIONS, subscription(id));
        const added = note(await controller.add([good(id)]));
        return { first, id, added, others: createdIn(added) };
      }),
    *judge({ id, added, others }) {
      yield refuses(KEY, added);
      yield holds(KEY, others.length === 0, {
        expected: `no second instance with ID ${id}`,
        actual: few(others),
        where: added.summary.where,
      });
    },
  }),
  uspCase({
    id: "usp.add.invalid-key",
    title: "creates no object when one of its unique keys cannot have the value given",
    proves: [KEY],
    references: ["TP-469 1.88"],
    needs: ["usp-subscription-alias"],
    drive: (bench) => {
      const alias = { name: "Alias", value: "88InvalidAlias" };
      return adding(bench, [(id) => ({ path: SUBSCRIPTIONS, params: subscription(id, [alias]) })]);
    },
    *judge({ ids: [id = ""], added, seen }) {
      yield refuses(KEY, added);
      yield showing(KEY, seen, "ID", id, false);
    },
  }),
];

import type { AttributeSetting, Reply } from "../../../harness/acs/session.ts";
import { type Finding, same } from "../../../harness/core/finding.ts";
import type { Stage } from "../../support/stage.ts";
import { refuses, type Writing, writeAndRead } from "../../support/writing.ts";
import { giveOwn, writableIn } from "./lines.ts";
import { line, own } from "./map.ts";

/** A setting of the notification of one of the case's own parameters; passive is what no phone may refuse. */
export const notifying = (name: string, notification = 1): readonly AttributeSetting[] => [{ name: own(name), notification }];

/** A read-only line whose notification cases set. */
export const BARRED = line("string", "Barred", "!=", "as it is");

/** What is seen of that line afterwards: attributes, Writable, and an attempt to write it. */
export interface Barred {
  readonly read: Reply;
  readonly names: Reply;
  readonly writing: Writing;
}

export async function lookAtBarred(stage: Stage): Promise<Barred> {
  return {
    read: await stage.session.getParameterAttributes([own("Barred")]),
    names: await stage.session.getParameterNames(own(""), false),
    writing: await writeAndRead(stage, own("Barred"), "written", "string"),
  };
}

/** That it is still read-only. */
export function* staysReadOnly(requirement: string, { names, writing: { set, read } }: Barred): Iterable<Finding> {
  yield same(requirement, writableIn(names, "Barred"), false);
  yield refuses(requirement, set, own("Barred"), 9008);
  yield* giveOwn(requirement, read, { Barred: "as it is" });
}

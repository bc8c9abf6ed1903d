import { isMap, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";

/** A YAML file that a person wrote, and where in it everything stands. */
export interface YamlFile {
  readonly content: unknown;
  /** What keeps it from being read: `file, line L, column C: what is wrong`. Empty for a readable file. */
  readonly broken: readonly string[];
  /** `file, line L, column C` of the value at a path, or of the nearest thing around it; with `key`, of that key in the map there. */
  placeOf(path: readonly PropertyKey[], key?: string): string;
  /** The line of the value at a path, or of the nearest thing around it; counts from 1. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Reads YAML. @param file its name, as errors print it */
export function readYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const nodeAt = (path: readonly PropertyKey[]): Node | undefined => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (node !== undefined && node !== null && typeof node === "object" && "range" in node) return node as Node;
    }
    return undefined;
  };
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}, line ${Math.max(1, line)}, column ${Math.max(1, col)}`;
  };
  const broken = document.errors.map(({ message, pos }) => `${place(pos[0])}: ${message.split(" at line")[0]}`);
  return {
    content: broken.length > 0 ? undefined : document.toJS(),
    broken,
    placeOf(path, key) {
      const node = nodeAt(path);
      const pair = key !== undefined && isMap(node) ? node.items.find((item) => String(item.key) === key) : undefined;
      return place(((pair?.key as Node | undefined) ?? node)?.range?.[0] ?? 0);
    },
    lineOf: (path) => lines.linePos(nodeAt(path)?.range?.[0] ?? 0).line,
  };
}

/** How the errors of a schema are put into words. */
export interface Wording {
  /** For a field that the schema does not know: `becuase is no field of an entry; did you mean because?` */
  unknownField(key: string, path: readonly PropertyKey[]): string;
  /** For a value that is not what the schema asks: `until must be a day, YYYY-MM-DD`. */
  wrongValue(message: string, path: readonly PropertyKey[]): string;
}

/** All that a schema found wrong in a YAML file: `file, line L, column C: what is wrong`. */
export function schemaProblems(error: z.ZodError, yaml: YamlFile, wording: Wording): readonly string[] {
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => `${yaml.placeOf(issue.path, key)}: ${wording.unknownField(key, issue.path)}`)
      : [`${yaml.placeOf(issue.path)}: ${wording.wrongValue(issue.message, issue.path)}`],
  );
}

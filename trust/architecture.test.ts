import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** Which rooms a room may import from, besides itself, and why not from the others. */
const rooms: Record<string, { readonly from: readonly string[]; readonly because: string }> = {
  bin: {
    from: ["trust", "suites", "harness", "simulator", "lan", "schema"],
    because: "the command line wires everything, nothing wires it",
  },
  trust: { from: ["suites", "harness", "simulator", "lan", "schema"], because: "the proof must not depend on the command line" },
  suites: { from: ["harness", "schema"], because: "a case that knows the simulator would test only the simulator" },
  harness: { from: ["schema"], because: "an error shared with the simulator would hide itself" },
  simulator: { from: ["schema"], because: "a phone is reached over the network alone" },
  lan: { from: ["harness", "simulator"], because: "a cable knows nothing of what goes over it" },
  schema: { from: [], because: "the grammars are the ground floor" },
};

/** Floors inside the harness, lowest first; a file imports from its own floor and from lower ones. */
const floors: readonly (readonly string[])[] = [
  ["core"],
  ["wire", "trace"],
  ["acs", "controller", "broker", "collector", "dhcp", "dns", "stun", "files", "phone"],
  ["bench"],
  ["run", "report"],
];

const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (path) => path.endsWith(".ts") && path.split("/")[0] !== undefined && (path.split("/")[0] as string) in rooms,
);

const imports = sources.flatMap((path) =>
  [...readFileSync(join(root, path), "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((found) => ({
    from: path,
    to: relative(root, resolve(root, dirname(path), found[1] as string)),
  })),
);

test("a room imports only from the rooms below it", () => {
  const broken = imports.flatMap(({ from, to }) => {
    const [room, other] = [from.split("/")[0] as string, to.split("/")[0] as string];
    const rule = rooms[room];
    if (rule === undefined || room === other || rule.from.includes(other) || to === "package.json") return [];
    return [`${from} imports ${to}: ${rule.because}`];
  });
  expect(broken).toEqual([]);
});

test("of both sides the LAN knows only what they take a network for", () => {
  const known = ["harness/core/network.ts", "simulator/network.ts"];
  const broken = imports
    .filter(
      ({ from, to }) => from.startsWith("lan/") && !from.endsWith(".test.ts") && !to.startsWith("lan/") && !known.includes(to),
    )
    .map(({ from, to }) => `${from} imports ${to}`);
  expect(broken).toEqual([]);
});

test("a floor of the harness imports only from its own and lower floors", () => {
  const floorOf = (path: string) => floors.findIndex((floor) => floor.includes(path.split("/")[1] as string));
  const broken = imports
    .filter(({ from, to }) => from.startsWith("harness/") && to.startsWith("harness/") && floorOf(to) > floorOf(from))
    .map(({ from, to }) => `${from} imports ${to}, which stands above it`);
  expect(broken).toEqual([]);
});

test("files of a floor import each other without circles", () => {
  const edges = new Map<string, string[]>();
  for (const { from, to } of imports) edges.set(from, [...(edges.get(from) ?? []), to]);
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
    if (done.has(path) || trail.includes(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  expect(circles).toEqual([]);
});

test("time comes from the clock that is handed in", () => {
  const clocks = ["harness/core/clock.ts", "harness/core/virtual-clock.ts", "simulator/clock.ts"];
  const broken = sources.filter(
    (path) =>
      /^(harness|simulator|suites)\//.test(path) &&
      !path.endsWith(".test.ts") &&
      !clocks.includes(path) &&
      /\b(setTimeout|setInterval|setImmediate)\(|Date\.now\(/.test(readFileSync(join(root, path), "utf8")),
  );
  expect(broken).toEqual([]);
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";

// The tools for people who write maps, as they meet them: a process with arguments, an exit code, and what it prints.

const root = resolve(import.meta.dirname, "..");
const vectors = join(root, "vectors/param-map");
const folder = mkdtempSync(join(tmpdir(), "assay-map-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

function tool(args: readonly string[], input = ""): Ended {
  const program = join(root, "bin/npx-assay.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "param-map", ...args], {
    cwd: folder,
    input,
    encoding: "utf8",
  });
  return { code: status, out: stdout, error: stderr };
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

test("lint shows place, line and remedy, and ends with 1", { timeout: 30_000 }, () => {
  const map = file("a.map", "# \u{1F600}\nstring:Device.X_Acme_A\t=\u001b[31m\nstring:Device.X_Acme_B= a\n");
  expect(tool(["lint", map])).toEqual({
    code: 1,
    error: "",
    out: `a.map:1:1 warning: all 52 lines for TR-369 are missing, and without them the USP agent does not run [tr369-missing]
  # \u{1F600}
  ^
  npx assay param-map tr369 FILE says which, and with --add adds them

a.map:2:23 error: a blank stands in or behind the name [stray-blank]
  string:Device.X_Acme_A\t=\u241b[31m
                        ^
  remove the blank

a.map:3:24 warning: the blank before the value is part of it [blank-around-value]
  string:Device.X_Acme_B= a
                         ^
  delete it if it is not meant

1 error, 2 warnings in 1 file
`,
  });
});

test("lint ends with 0 where nothing is wrong, and with --strict only where nothing is odd either", { timeout: 30_000 }, () => {
  const good = join(vectors, "tr-369.txt");
  const odd = join(vectors, "broken/secret.txt");
  expect(tool(["lint", good, "--strict"])).toMatchObject({ code: 0, out: "0 errors, 0 warnings in 1 file\n" });
  expect(tool(["lint", good, odd])).toMatchObject({ code: 0 });
  const { code, out } = tool(["lint", "--strict", "--json", odd]);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toContainEqual({
    file: odd,
    line: 3,
    column: 28,
    severity: "warning",
    rule: "shown-secret",
    message: expect.any(String),
    remedy: expect.any(String),
  });
});

test("diff tells parameters, not lines", { timeout: 30_000 }, () => {
  const before = file("before.map", "# one\nint:Device.A=1\nint:Device.B=2\n");
  const after = "int:Device.B=2\r\nint:Device.A*=3\r\nint:Device.C=4";
  expect(tool(["diff", before, "-"], after)).toEqual({
    code: 1,
    error: "",
    out: "- int:Device.A=1   (line 2)\n+ int:Device.A*=3   (line 2)\n+ int:Device.C=4   (line 3)\n",
  });
  expect(tool(["diff", before, "-"], "int:Device.B=2\nint:Device.A=1\n")).toEqual({ code: 0, error: "", out: "" });
  const { out } = tool(["diff", "--json", before, "-"], after);
  expect(JSON.parse(out)).toMatchObject([{ kind: "changed", name: "Device.A", in: ["modifier", "value"] }, { kind: "added" }]);
});

test("query shows the lines for a path", { timeout: 30_000 }, () => {
  const map = join(vectors, "phone.txt");
  expect(tool(["query", map, "Device.Time.NTPServer1"])).toEqual({
    code: 0,
    error: "",
    out: "52: string:Device.Time.NTPServer1={ntp_server}\n",
  });
  expect(tool(["query", map, "Device.Time.*"]).out.split("\n")).toHaveLength(8);
  expect(tool(["query", map, "Device.Time.Nothing"])).toMatchObject({ code: 1, out: "" });
});

test("tr369 says which lines are missing, and adds them to the file without touching another octet", { timeout: 30_000 }, () => {
  const map = file("b.map", "");
  const text = Buffer.from("# gr\xfcn\r\nstring:Device.X_Acme_A=a", "latin1");
  writeFileSync(join(folder, map), text);
  const missing = tool(["tr369", map]);
  expect(missing.code).toBe(1);
  expect(missing.out).toMatch(/missing {3}string:Device\.MQTT\.Client\.2\.ClientID=\{tr369_mqtt_clientid\|2\}\n/);
  expect(missing.out).toMatch(/\n0 of 52 lines there, 52 missing, 0 different\n$/);
  expect(tool(["tr369", map, "--add"]).out).toMatch(/\r\nboolean:\S+=\{tr369_enable\|2\}\r\n$/);
  expect(readFileSync(join(folder, map))).toEqual(text);
  expect(tool(["tr369", map, "--add", "--write"])).toMatchObject({ code: 0, error: "" });
  expect(readFileSync(join(folder, map)).subarray(0, text.length)).toEqual(text);
  expect(tool(["tr369", map])).toEqual({ code: 0, error: "", out: "52 of 52 lines there, 0 missing, 0 different\n" });
});

test("wrong usage ends with 64, a file that is not there with 66, and both say what to type", { timeout: 60_000 }, () => {
  const said = (...args: string[]): readonly [number | null, string] => {
    const { code, out, error } = tool(args);
    expect(out).toBe("");
    return [code, error];
  };
  expect(said("lnt", "a.map")).toEqual([
    64,
    '\nNothing was run: param-map has no "lnt": did you mean lint?\n\nType: npx assay param-map lint a.map\n',
  ]);
  expect(said("lint", "--jsn", "a.map")[1]).toMatch(
    /no flag --jsn: did you mean --json\?\n\nType: npx assay param-map lint --json a\.map/,
  );
  expect(said("diff", "a.map")[1]).toMatch(/diff takes BEFORE AFTER, and "a\.map" stands there/);
  expect(said("tr369", "a.map", "--write")[1]).toMatch(/only --add has something to write/);
  expect(said("lint", "nowhere.map")).toEqual([
    66,
    `nowhere.map cannot be read: there is no such file; the path is relative to ${folder}\n`,
  ]);
  expect(tool([])).toMatchObject({ code: 0, error: "" });
});

test("npx finds the tool in a clone, and asks no registry for it", { timeout: 60_000 }, () => {
  const { status, stdout } = spawnSync("npx", ["assay", "param-map", "lint", join(vectors, "tr-369.txt")], {
    cwd: join(root, "docs"),
    // A registry that answers nothing.
    env: {
      ...process.env,
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_cache: join(folder, "cache"),
      npm_config_update_notifier: "false",
    },
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "0 errors, 0 warnings in 1 file\n" });
});

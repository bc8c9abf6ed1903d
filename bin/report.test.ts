import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

// What a run leaves behind, as a person finds it: secrets in none of it, and a page that works without a network.

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "assay-report-"));
const report = join(folder, "report");
afterAll(() => rmSync(folder, { recursive: true }));

const SECRETS = ["Sec-ret_of the ACS <1>", "Sec-ret_of connection requests & 2"] as const;
const BROWSER = "/usr/bin/chromium";

beforeAll(async () => {
  const profile = join(folder, "profile.yaml");
  const known = readFileSync(join(root, "profiles/snom.yaml"), "utf8");
  const reach = [
    "reach:",
    "  driver: snom",
    `  acs: { username: acs-user, password: ${JSON.stringify(SECRETS[0])}, authentication: basic }`,
    `  connectionRequest: { username: cr-user, password: ${JSON.stringify(SECRETS[1])} }`,
    "",
  ].join("\n");
  writeFileSync(profile, known.replace(/^reach:\n(?:[ #].*\n|\n)*/m, reach));
  const cases = "--case=cwmp.connection-request.*,cwmp.get-parameter-values.*,cwmp.factory-reset.*";
  const args = ["--import", "tsx", "bin/assay.ts", cases, `--profile=${profile}`, `--report-folder=${report}`];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|CI$|FORCE_COLOR)/.test(name)));
  const said = await new Promise<string>((ended) => {
    let out = "";
    const child = spawn(process.execPath, args, { cwd: root, env });
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => {
        out += data.toString();
      });
    child.on("close", () => ended(out));
  });
  expect(said).toMatch(/^\d{2,} passed, 0 failed, 0 skipped$/m);
}, 120_000);

test("no secret is in any file, in whatever spelling", () => {
  const files = readdirSync(report, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(50);
  const spellings = SECRETS.flatMap((secret) => [
    secret,
    secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64").replace(/=+$/, ""),
  ]);
  const basic = Buffer.from(`acs-user:${SECRETS[0]}`).toString("base64");
  const found = files.flatMap(({ parentPath, name }) => {
    const content = readFileSync(join(parentPath, name)).toString("latin1");
    return [...spellings, basic].filter((spelling) => content.includes(spelling)).map((spelling) => `${name}: ${spelling}`);
  });
  expect(found).toEqual([]);
});

test.runIf(existsSync(BROWSER))(
  "the page shows the run, from a file, and asks the network for nothing",
  { timeout: 60_000 },
  async () => {
    const quiet = [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
    ];
    const browser = await chromium.launch({ executablePath: BROWSER, args: quiet });
    try {
      const page = await browser.newPage();
      const asked: string[] = [];
      const errors: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(pathToFileURL(join(report, "index.html")).href);
      await page.getByText("CWMP", { exact: true }).first().click();
      await page.getByText("Connection request").first().waitFor();
      expect(asked.filter((url) => !/^(?:file|data|blob):/.test(url))).toEqual([]);
      expect(errors).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);

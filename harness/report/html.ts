import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { realClock } from "../core/clock.ts";

/** Every page that Allure makes loads Google Analytics; a report about somebody's phone tells nobody that it is read. */
const ANALYTICS =
  /<script async src="https:\/\/www\.googletagmanager\.com\/[^"]*"><\/script>\s*<script>[\s\S]*?gtag\('config'[\s\S]*?<\/script>/;

/** Real milliseconds after which the generation is given up. */
const LIMIT = 180_000;

export interface HtmlReport {
  /** Real milliseconds that the generation took. */
  readonly took: number;
}

/**
 * Makes `index.html`, one file that works from anywhere and asks nothing of anybody, from `allure-results` in the same folder.
 * @throws {Error} with what Allure said, when no page came of it or when its analytics could not be taken out
 */
export async function writeHtml(folder: string, title: string): Promise<HtmlReport> {
  const started = realClock.now();
  const work = mkdtempSync(join(tmpdir(), "cpe-assay-html-"));
  try {
    const config = join(work, "allurerc.json");
    writeFileSync(config, JSON.stringify(configuration(title)));
    const said = await allure([
      "generate",
      join(folder, "allure-results"),
      "--config",
      config,
      "--output",
      join(work, "html"),
      "--cwd",
      work,
    ]);
    const page = join(work, "html", "index.html");
    if (!existsSync(page)) throw new Error(`Allure made no page:\n${said}`);
    const clean = withoutAnalytics(readFileSync(page, "utf8"));
    const unfinished = join(folder, ".index.html");
    writeFileSync(unfinished, clean);
    renameSync(unfinished, join(folder, "index.html"));
    return { took: realClock.now() - started };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The page without what it would tell to others. */
export function withoutAnalytics(page: string): string {
  const clean = page.replace(ANALYTICS, "");
  if (clean === page || /<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)="(?:https?:)?\/\//.test(clean))
    throw new Error(
      "the page that Allure made asks something of the network, and it could not be taken out: no index.html is left",
    );
  return clean;
}

function configuration(title: string): unknown {
  return {
    name: title,
    plugins: {
      awesome: {
        options: { singleFile: true, reportName: title, reportLanguage: "en", groupBy: ["epic", "feature"], theme: "auto" },
      },
    },
    categories: {
      rules: [
        { name: "Known failures", matchers: { statuses: ["failed"], message: "^known failure" } },
        { name: "MUST violated", matchers: { statuses: ["failed"], message: "^MUST" } },
        { name: "SHOULD not followed", matchers: { statuses: ["failed"], message: "^SHOULD" } },
        { name: "Could not tell", matchers: { statuses: ["broken"] } },
        { name: "Not applicable", matchers: { statuses: ["skipped"] } },
      ],
    },
  };
}

/** Runs Allure's command line and gives what it printed. */
function allure(args: readonly string[]): Promise<string> {
  // The package exports neither its command nor its package.json: the command lies beside the folder of its entry point.
  const cli = join(dirname(createRequire(import.meta.url).resolve("allure")), "..", "cli.js");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { stdio: ["ignore", "pipe", "pipe"], timeout: LIMIT });
    let said = "";
    child.stdout.on("data", (data: Buffer) => {
      said += data.toString();
    });
    child.stderr.on("data", (data: Buffer) => {
      said += data.toString();
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(said);
      else reject(new Error(`Allure ended with ${signal ?? `code ${code}`}:\n${said.slice(-2000)}`));
    });
  });
}

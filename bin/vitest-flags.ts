import type { Flag } from "./argv.ts";

/** A flag of vitest: one that is handed over, or one that would spoil a run, and why. */
export interface VitestFlag extends Flag {
  readonly refused?: string;
}

const passes = (name: string, says: string, value?: Flag["value"]): VitestFlag => ({
  name,
  says,
  ...(value === undefined ? {} : { value }),
});
const refused = (name: string, because: string): VitestFlag => ({
  name,
  says: "",
  value: { shown: "VALUE", optional: true },
  refused: because,
});

const ONE_PHONE = "one phone is examined by one worker, one case after another";
const OUR_FILE = "the cases are chosen with --case and -t";
const NO_LIMIT = "every case has its own limits, from the standard and from the profile's patience";
const TWICE = "a verdict is not tried again until it is green";

/** vitest's own flags that may stand behind ours, and those that somebody will try: a closed list, for vitest's parser refuses nothing. */
export const VITEST_FLAGS: readonly VitestFlag[] = [
  passes("reporter", "adds a reporter of vitest, such as verbose or junit; ours always runs", { shown: "NAME" }),
  passes("outputFile", "file of that reporter; --outputFile.junit=FILE when there are several", { shown: "FILE" }),
  passes("bail", "ends the run after so many failed cases", { shown: "NUMBER" }),
  passes("ui", "shows the run in vitest's own page (needs @vitest/ui), until Ctrl-C"),
  passes("open", "opens that page by itself"),
  passes("no-open", "does not open it"),
  passes("api", "port of that page; --api.host=ADDRESS to show it elsewhere", { shown: "PORT", optional: true }),
  passes("silent", "hides what cases print", { shown: "passed-only", optional: true }),
  passes("hideSkippedTests", "hides what is not applicable, in reporters of vitest"),
  passes("slowTestThreshold", "milliseconds above which they call a case slow", { shown: "NUMBER" }),
  passes("logHeapUsage", "shows the memory of each case, in reporters of vitest"),
  passes("printConsoleTrace", "shows where a case printed something"),
  passes("disableConsoleIntercept", "lets what cases print through as it is"),
  passes("inspect", "lets a debugger in", { shown: "HOST:PORT", optional: true }),
  passes("inspectBrk", "lets a debugger in and waits for it", { shown: "HOST:PORT", optional: true }),
  passes("color", "colours even where the output is no terminal"),
  passes("no-color", "no colours"),
  passes("run", "does nothing: every run ends by itself"),
  refused("retry", TWICE),
  refused("repeats", TWICE),
  refused("watch", "a phone is not watched for changes; start the run again, or keep its page open with --ui"),
  refused("standalone", "there is nothing to wait for; start the run again"),
  refused("passWithNoTests", "a run in which nothing was judged is never green"),
  refused("dangerouslyIgnoreUnhandledErrors", "a fault of the harness makes a run inconclusive"),
  refused("pool", ONE_PHONE),
  refused("isolate", ONE_PHONE),
  refused("no-isolate", ONE_PHONE),
  refused("maxWorkers", ONE_PHONE),
  refused("maxConcurrency", ONE_PHONE),
  refused("fileParallelism", ONE_PHONE),
  refused("no-file-parallelism", ONE_PHONE),
  refused("sequence", "gentle cases run first and those that disturb the phone last"),
  refused("testTimeout", NO_LIMIT),
  refused("hookTimeout", NO_LIMIT),
  refused("teardownTimeout", NO_LIMIT),
  refused("root", OUR_FILE),
  refused("dir", OUR_FILE),
  refused("exclude", OUR_FILE),
  refused("project", OUR_FILE),
  refused("changed", OUR_FILE),
  refused("tagsFilter", OUR_FILE),
  refused("listTags", "--list shows every case"),
  refused("config", "what there is to configure stands in the profile: --profile=FILE"),
  refused("mode", "what there is to configure stands in the profile: --profile=FILE"),
  refused("environment", "cases run in Node.js"),
  refused("browser", "cases run in Node.js"),
  refused("globals", "cases import what they need"),
  refused("coverage", "what is covered are requirements: see docs/trust.md"),
  refused("typecheck", "types are checked by: npm run check"),
  refused("update", "there are no snapshots"),
  refused("mergeReports", "reports of several phones lie side by side: give each run its --report-folder"),
];

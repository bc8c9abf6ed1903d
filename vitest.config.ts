import { defineConfig } from "vitest/config";

/** The project's own tests. The cases of the suite are run by bin/run.ts, with options of its own. */
export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**", "reports/**"],
    pool: "threads",
    isolate: false,
    // Programs and namespaces live in real time, and the proof may be at work beside them: a busy machine is no failure.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});

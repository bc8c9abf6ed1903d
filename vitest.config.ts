import { defineConfig } from "vitest/config";

/** The project's own tests. The cases of the suite are run by bin/run.ts, with options of its own. */
export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**", "reports/**"],
    pool: "threads",
    isolate: false,
  },
});

import { type Job, runJob } from "./job.ts";

/** A process of the pool: takes a job, runs it, sends its result, and waits for the next. */
process.on("message", (job: Job) => {
  void runJob(job).then((result) => process.send?.(result));
});
process.on("disconnect", () => process.exit(0));

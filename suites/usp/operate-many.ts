import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { instancesIn } from "../../harness/controller/read.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { few, holds, matches, present, same } from "../../harness/core/finding.ts";
import { inResponse } from "./support/answers.ts";
import { filledImage, IMAGES, withFirmware } from "./support/firmware.ts";
import { instancesOf, tidily } from "./support/instances.ts";
import { known } from "./support/known.ts";

const REQUESTS = "Device.LocalAgent.Request.";
const RESULTS = "response/operate_resp/operation_results";

/** A window that is far enough away to be cancelled. */
const WINDOW = { "TimeWindow.1.Start": "3000", "TimeWindow.1.End": "4000", "TimeWindow.1.Mode": "AnyTime" };

/** Commands of several objects that one Operate calls (TR-369 "Operate Requests on Multiple Objects"). */
export const operateManyCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.operate.many-fail",
    title: "tells the failure of a command for each of the objects on which it failed",
    proves: ["TR-369:R-OPR.1"],
    needs: ["usp-firmware"],
    async drive(bench) {
      await known(bench);
      const { controller } = bench;
      const images = await instancesOf(controller, IMAGES);
      // Without its mandatory argument the command fails on each of them.
      return { images, reply: await controller.operate(`${IMAGES}*.Download()`, {}, { commandKey: "assay-many" }) };
    },
    *judge({ images, reply }) {
      const requirement = "TR-369:R-OPR.1";
      yield* inResponse(requirement, reply, "OPERATE_RESP", function* () {
        const count = reply.all(RESULTS).length;
        yield same(requirement, { value: count, where: reply.summary.where }, images.length);
        for (let number = 1; number <= count; number += 1)
          yield present(requirement, reply.at(`${RESULTS}[${number}]/cmd_failure/err_code`), `cmd_failure in result ${number}`);
      });
    },
  }),
  uspCase({
    id: "usp.operate.many-requests",
    title: "keeps a Request object for each object on which a command runs",
    proves: ["TR-369:R-OPR.2"],
    needs: ["usp-firmware", "usp-firmware-file", "usp-firmware-activate", "usp-cancel"],
    drive: (bench) =>
      withFirmware(bench, "operate-many", async (stage) => {
        const { controller } = bench;
        await filledImage(bench, stage);
        const reply = await controller.operate(`${IMAGES}*.Activate()`, WINDOW, { commandKey: "assay-many" });
        const listed = instancesIn(await controller.getInstances([REQUESTS], true));
        const told = reply.all(`${RESULTS}/req_obj_path`).map(({ value = "", where }) => ({ value, where }));
        for (const { value } of told)
          await tidily(() => controller.operate(`${value.replace(/\.?$/, ".")}Cancel()`, {}, { commandKey: "assay-cancel" }));
        return { count: stage.count, reply, listed, told };
      }),
    *judge({ count, reply, listed, told }) {
      const requirement = "TR-369:R-OPR.2";
      const paths = new Set(told.map(({ value }) => value.replace(/\.?$/, ".")));
      yield holds(requirement, paths.size === count && count > 1, {
        expected: `${count} Request objects for as many images`,
        actual: few([...paths]),
        where: reply.summary.where,
      });
      for (const one of told) {
        yield matches(requirement, one, /^Device\.LocalAgent\.Request\.\d+\.?$/, `req_obj_path in ${REQUESTS}`);
        yield holds(requirement, listed.includes(one.value.replace(/\.?$/, ".")), {
          expected: `${one.value} while the command runs`,
          actual: few(listed),
          where: one.where,
        });
      }
    },
  }),
];

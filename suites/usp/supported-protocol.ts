import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { holds, matches } from "../../harness/core/finding.ts";
import { inResponse } from "./support/answers.ts";
import { known } from "./support/known.ts";

const ANSWERS = "TR-369:R-MSG.0";
const VERSIONS = "TP-469:1.80#versions";

export const supportedProtocolCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.supported-protocol.versions",
    title: "tells the USP versions that it speaks",
    proves: [ANSWERS, VERSIONS],
    references: ["TP-469 1.80"],
    async drive(bench) {
      await known(bench);
      return { reply: await bench.controller.getSupportedProtocol() };
    },
    *judge({ reply }) {
      yield holds(ANSWERS, reply.kind === "response" || reply.kind === "error", {
        expected: "a response or an Error",
        actual: reply.summary.value,
        where: reply.summary.where,
      });
      const versions = reply.at("response/get_supported_protocol_resp/agent_supported_protocol_versions");
      yield* inResponse(VERSIONS, reply, "GET_SUPPORTED_PROTO_RESP", function* () {
        yield matches(VERSIONS, versions, /^\s*\d+\.\d+\s*(?:,\s*\d+\.\d+\s*)*$/, "versions such as 1.3, separated by commas");
      });
    },
  }),
];

import { boolean, integer } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { sameMoment } from "../support/lexical.ts";
import { restoring } from "../support/stage.ts";
import { booleanOf, dateTimeOf, numberOf } from "../support/targets.ts";
import { kept, refuses, type Writing, writeEach } from "../support/writing.ts";

interface Texts {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references: readonly string[];
  /** At most 16 characters each: what every string of a data model can hold (TR-069 A.2.1). */
  readonly texts: readonly string[];
}

/** A case that writes texts to a string and wants them back character for character. */
function keepsTexts({ requirement, texts, ...known }: Texts): AnyCase<CwmpBench> {
  return cwmpCase({
    ...known,
    proves: [requirement],
    needs: ["writable-string"],
    drive: (bench) => writeAll(bench, bench.phone.values.writableString.path, texts),
    *judge(writings) {
      for (const writing of writings) yield* kept(requirement, writing);
    },
  });
}

const writeAll = (bench: CwmpBench, name: string, values: readonly string[], type?: string): Promise<readonly Writing[]> =>
  restoring(bench, [name], (stage) => writeEach(stage, name, values, type));

interface Dates {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly values: readonly string[];
}

const keepsDates = ({ requirement, values, ...known }: Dates): AnyCase<CwmpBench> =>
  cwmpCase({
    ...known,
    proves: [requirement],
    references: ["SPV-027"],
    drive: (bench) => writeAll(bench, dateTimeOf(bench.phone), values, "dateTime"),
    *judge(writings) {
      for (const writing of writings) yield* kept(requirement, writing, sameMoment);
    },
  });

export const setParameterValuesTypeCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.set-parameter-values.boolean-spellings",
    title: "takes 1, 0, true and false for a boolean",
    proves: ["TR-069:A.2.1#boolean-values"],
    references: ["SPV-019"],
    // In an order in which each of them changes the value.
    drive: (bench) => writeAll(bench, booleanOf(bench.phone), ["1", "false", "true", "0"], "boolean"),
    *judge(writings) {
      for (const writing of writings)
        yield* kept("TR-069:A.2.1#boolean-values", writing, (seen, written) => boolean(seen) === boolean(written));
    },
  }),
  keepsDates({
    id: "cwmp.set-parameter-values.date-time",
    title: "takes a dateTime in UTC, with or without fractions of a second",
    requirement: "TR-069:A.2.1#date-time",
    values: ["2024-02-29T12:00:00Z", "2025-06-30T23:59:59.500Z"],
  }),
  keepsDates({
    id: "cwmp.set-parameter-values.date-time-zone",
    title: "takes a dateTime with another time zone than UTC",
    requirement: "TR-069:A.2.1#date-time-zone",
    values: ["2024-02-29T14:00:00+02:00"],
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.unknown-time",
    title: "takes Unknown Time for a dateTime",
    proves: ["TR-069:A.2.1#unknown-time"],
    references: ["SPV-027"],
    drive: (bench) => writeAll(bench, dateTimeOf(bench.phone), ["2024-02-29T12:00:00Z", "0001-01-01T00:00:00Z"], "dateTime"),
    *judge([, writing]) {
      if (writing !== undefined) yield* kept("TR-069:A.2.1#unknown-time", writing, (seen, written) => seen.trim() === written);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.other-type",
    title: "takes a number typed as a string for what it is, or refuses it",
    // No clause says that another type has to be refused; what is wrong is another number, or a fault that tells nothing.
    proves: ["TR-069:A.3.2.1#other-type"],
    references: ["SPV-011"],
    drive(bench) {
      const { path, use } = numberOf(bench.phone);
      return writeAll(bench, path, use, "string");
    },
    *judge(writings) {
      for (const writing of writings)
        if (writing.set.kind === "fault")
          yield refuses("TR-069:A.3.2.1#other-type", writing.set, writing.setting.name, 9006, 9007);
        else yield* kept("TR-069:A.3.2.1#other-type", writing, (seen, written) => integer(seen) === integer(written));
    },
  }),
  keepsTexts({
    id: "cwmp.set-parameter-values.markup",
    title: "keeps the characters that XML uses for markup",
    requirement: "TR-069:A.2.1#markup-characters",
    references: ["SPV-024", "GPV-011"],
    texts: ["a<b>c&d", `"e" 'f' &amp;`],
  }),
  keepsTexts({
    id: "cwmp.set-parameter-values.section-end",
    title: "keeps the characters that end a CDATA section",
    requirement: "TR-069:A.2.1#section-end",
    references: ["SPV-024"],
    texts: ["a]]>b"],
  }),
  keepsTexts({
    id: "cwmp.set-parameter-values.letters",
    title: "keeps letters outside ASCII",
    requirement: "TR-069:A.2.1#letters",
    references: ["SPV-024", "GPV-011"],
    texts: ["Grüße, Señor", "Ωμέγα Жук"],
  }),
  keepsTexts({
    id: "cwmp.set-parameter-values.ideographs",
    title: "keeps characters of three octets",
    requirement: "TR-069:A.2.1#ideographs",
    references: ["SPV-024", "GPV-011"],
    texts: ["漢字 電話 ‰€"],
  }),
  keepsTexts({
    id: "cwmp.set-parameter-values.emoji",
    title: "keeps characters outside the Basic Multilingual Plane",
    requirement: "TR-069:A.2.1#emoji",
    references: ["SPV-024", "GPV-011"],
    texts: ["☎ 📞 𝄞"],
  }),
  keepsTexts({
    id: "cwmp.set-parameter-values.blanks",
    title: "keeps blanks at the ends and in the middle of a string",
    requirement: "TR-069:A.2.1#blanks",
    references: ["SPV-024"],
    texts: ["  two  blanks  "],
  }),
  keepsTexts({
    id: "cwmp.set-parameter-values.tabs",
    title: "keeps tabs in a string",
    requirement: "TR-069:A.2.1#tabs",
    references: ["SPV-024"],
    texts: ["a\tb"],
  }),
  keepsTexts({
    id: "cwmp.set-parameter-values.empty-string",
    title: "takes an empty string",
    requirement: "TR-069:A.2.1#empty-string",
    references: ["SPV-024"],
    texts: ["not empty", ""],
  }),
];

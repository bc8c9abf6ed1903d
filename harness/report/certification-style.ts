/** Looks of the certification view: quiet on a screen, and on A4 as it is. */
export const STYLE = `
:root { --ink: #1b2430; --soft: #5c6878; --line: #dfe4ea; --paper: #fff; --pass: #1a7f4b; --fail: #b3261e; --open: #9a6700; }
* { box-sizing: border-box; }
body { font: 14px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; color: var(--ink); background: var(--paper);
  max-width: 1080px; margin: 0 auto; padding: 40px 32px 64px; }
code { font: 12px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
a { color: inherit; text-decoration-color: #b9c2cd; text-underline-offset: 2px; }
header { border-bottom: 2px solid var(--ink); padding-bottom: 16px; margin-bottom: 20px; }
.eyebrow { margin: 0; color: var(--soft); letter-spacing: .02em; }
h1 { font-size: 30px; line-height: 1.2; margin: 2px 0 10px; font-weight: 650; }
h2 { font-size: 17px; margin: 36px 0 10px; font-weight: 650; }
.outcome { margin: 0; font-size: 17px; font-weight: 600; }
.outcome.pass { color: var(--pass); } .outcome.fail { color: var(--fail); } .outcome.inconclusive { color: var(--open); }
.facts { display: grid; grid-template-columns: repeat(2, 1fr); gap: 0 32px; margin: 0; }
.facts div { display: grid; grid-template-columns: 140px 1fr; padding: 4px 0; border-bottom: 1px solid var(--line); }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: 12px; padding: 4px 10px 4px 0; border-bottom: 1px solid var(--ink);
  vertical-align: bottom; }
td { padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
.totals td.zero { color: #b9c2cd; } .totals td.fail { color: var(--fail); font-weight: 600; } .totals td.pass { color: var(--pass); }
.totals td.inconclusive, .totals td.not-run, .totals td.not-covered { color: var(--open); }
tfoot td { font-weight: 600; border-bottom: 0; border-top: 1px solid var(--ink); }
.features { list-style: none; margin: 0; padding: 0; columns: 2; column-gap: 32px; }
.features li { display: flex; gap: 8px; padding: 3px 0; border-bottom: 1px solid var(--line); break-inside: avoid; }
.features .id { width: 24px; text-align: right; color: var(--soft); font-variant-numeric: tabular-nums; flex: none; }
.features .mark { margin-left: auto; flex: none; }
.features .lacks { color: #8b95a2; } .features .has .mark { color: var(--pass); font-weight: 600; }
.tests { table-layout: fixed; }
.tests th:nth-child(1) { width: 54px; } .tests th:nth-child(3) { width: 96px; } .tests th:nth-child(4) { width: 112px; }
.tests th:nth-child(5) { width: 40%; }
.number { font-variant-numeric: tabular-nums; font-weight: 600; }
.note { color: var(--soft); font-size: 12px; overflow-wrap: anywhere; }
tr.not-applicable, tr.given-up { color: #8b95a2; }
.badge { display: inline-block; padding: 0 8px; border-radius: 9px; font-size: 12px; line-height: 19px; font-weight: 600; white-space: nowrap;
  border: 1px solid transparent; }
.badge.pass { background: #e3f4ea; color: var(--pass); } .badge.fail { background: #fbe5e3; color: var(--fail); }
.badge.inconclusive, .badge.not-run, .badge.not-covered { background: #fdf1d8; color: var(--open); }
.badge.not-applicable, .badge.given-up { border-color: var(--line); color: #8b95a2; font-weight: 400; }
.case { padding-left: 14px; position: relative; }
.dot { position: absolute; left: 0; top: 7px; width: 7px; height: 7px; border-radius: 50%; background: #c4ccd6; }
.dot.pass { background: var(--pass); } .dot.fail { background: var(--fail); } .dot.inconclusive { background: #d99a1c; }
.evidence { color: var(--soft); font-size: 12px; }
footer { margin-top: 40px; color: var(--soft); font-size: 12px; }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5px; }
  code { font-size: 9px; } .note, .evidence, .badge, th { font-size: 9px; } h2 { margin-top: 22px; }
  tr, .features li, .facts div { break-inside: avoid; } h2 { break-after: avoid; } thead { display: table-header-group; }
  .facts div { grid-template-columns: 90px 1fr; } .evidence { display: none; }
  .tests th:nth-child(1) { width: 36px; } .tests th:nth-child(3) { width: 64px; } .tests th:nth-child(4) { width: 76px; }
  .tests th:nth-child(5) { width: 34%; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
@media screen and (max-width: 760px) { .facts { grid-template-columns: 1fr; } .features { columns: 1; } body { padding: 20px 16px; } }
`;

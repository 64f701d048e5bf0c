/** The look of the HTML report, inside it: light or dark as the reader's system is, one column on a phone. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f4f5f7; --card: #fff; --ink: #1b2430; --soft: #5b6674; --line: #d9dee5; --blue: #2563c9;
  --good: #17713a; --good-back: #e0f3e6; --bad: #b3261e; --bad-back: #fbe4e2; --warn: #7a4d00; --warn-back: #fdf0d5; --none-back: #e6e9ee; }
@media (prefers-color-scheme: dark) { :root { --page: #12161c; --card: #1b2129; --ink: #e6eaf0; --soft: #9aa6b5; --line: #323b47; --blue: #6aa5ff;
  --good: #7fd99f; --good-back: #16351f; --bad: #ff9a92; --bad-back: #45201d; --warn: #f2c879; --warn-back: #3d3013; --none-back: #2a323d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
main { max-width: 1320px; margin: 0 auto; padding: 24px 16px 48px; }
h1 { font-size: 24px; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 17px; margin: 32px 0 10px; }
p { margin: 0; } .soft { color: var(--soft); overflow-wrap: anywhere; }
.verdict, .warning { margin-top: 14px; padding: 10px 14px; border-radius: 8px; overflow-wrap: anywhere; }
.verdict b { margin-right: 10px; letter-spacing: .04em; }
.verdict.passed { background: var(--good-back); color: var(--good); }
.verdict.failed { background: var(--bad-back); color: var(--bad); }
.verdict.none { background: var(--none-back); }
.warning { background: var(--warn-back); color: var(--warn); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); gap: 12px; margin-top: 18px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; min-width: 0; }
.fact dt { color: var(--soft); font-size: 13px; } .fact dd { margin: 0; overflow-wrap: anywhere; }
.fact .value { font-size: 24px; font-weight: 600; line-height: 1.25; font-variant-numeric: tabular-nums; }
.fact .more { color: var(--soft); font-size: 13px; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: 12px; }
figure { margin: 0; } .chart { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 8px; min-width: 0; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--soft); font: 11px system-ui, sans-serif; } svg .title { fill: var(--ink); font-size: 13px; font-weight: 600; }
svg .end { text-anchor: end; } svg .none { text-anchor: middle; }
.grid { stroke: var(--line); stroke-dasharray: 2 3; } .axis { stroke: var(--soft); }
.line { fill: none; stroke: var(--blue); stroke-width: 1.6; stroke-linejoin: round; stroke-linecap: round; }
.area { fill: var(--blue); opacity: .12; } .bar { fill: var(--bad); } .hover { fill: transparent; } .hover:hover { fill: var(--ink); opacity: .12; }
.stack .bars { display: grid; grid-template-columns: max-content minmax(0, 1fr) max-content; gap: 0 10px; align-items: center; }
.stack svg { height: 34px; } .bar-total, .bar-name { font-variant-numeric: tabular-nums; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin-top: 8px; font-size: 13px; color: var(--soft); }
.legend + .soft, figure + .soft { margin-top: 8px; font-size: 13px; }
.swatch { display: inline-block; width: 11px; height: 11px; border-radius: 2px; margin-right: 6px; }
.part-0 { fill: #8592a3; background: #8592a3; } .part-1 { fill: #3f78b5; background: #3f78b5; } .part-2 { fill: #52a9a4; background: #52a9a4; }
.part-3 { fill: #d9b02f; background: #d9b02f; } .part-4 { fill: #e07b26; background: #e07b26; } .part-5 { fill: #a86fa0; background: #a86fa0; }
.part-6 { fill: #4c9a49; background: #4c9a49; }
.scroll { overflow-x: auto; padding: 4px 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 14px; }
th, td { padding: 6px 14px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 500; } th:first-child, td:first-child { text-align: left; } tr:last-child td { border-bottom: 0; }
.fit { width: fit-content; max-width: 100%; } .fit td:nth-child(2) { padding-left: 40px; }
.kept { color: var(--good); } .broken { color: var(--bad); font-weight: 600; }
.around { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 6px 18px; margin: 0; }
.around dt { color: var(--soft); } .around dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 480px) { .fit { width: auto; } .fit td:nth-child(2) { padding-left: 8px; } .around { grid-template-columns: 1fr; gap: 0; } .around dd { margin-bottom: 8px; } th, td { padding: 6px 8px; } }
`;

#pragma once

namespace lockstep::report {

/// The page's style sheet. Colours follow the reader's theme, and none says anything alone.
inline constexpr const char* html_style = R"css(
:root {
  color-scheme: light dark;
  --back: #ffffff; --raised: #f6f8fa; --line: #d8dee4; --text: #1c2128; --quiet: #59636e;
  --good: #1a7f37; --bad: #cf222e; --doubt: #8a5a00; --note: #0969da;
  --bad-back: #fff0ee; --doubt-back: #fff8e1; --mark: #ffd7d2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #0d1117; --raised: #161b22; --line: #30363d; --text: #e6edf3; --quiet: #9198a1;
    --good: #4ac26b; --bad: #ff8a80; --doubt: #e3b341; --note: #6cb6ff;
    --bad-back: #2b1517; --doubt-back: #271f0b; --mark: #5d2024;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 84rem;
  background: var(--back); color: var(--text);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
}
code, pre, td, .place, .tag { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { font-size: .92em; padding: .1em .3em; background: var(--raised); border-radius: 4px; overflow-wrap: anywhere; }
a { color: inherit; text-decoration-color: var(--quiet); text-underline-offset: .2em; }
a:focus-visible, summary:focus-visible, input:focus-visible, .table:focus-visible { outline: 2px solid var(--note); outline-offset: 2px; }
h1 { margin: 0; font-size: 1.75rem; letter-spacing: -.01em; }
h2 { margin: 2.5rem 0 .8rem; font-size: 1.2rem; }
h3 { margin: 0; font-size: 1rem; font-weight: 600; overflow-wrap: anywhere; }
header p { margin: .2rem 0 0; color: var(--quiet); }
header .summary { color: var(--text); margin: 1.2rem 0 .5rem; font-size: 1.1rem; font-weight: 600; }
.bar { display: flex; gap: 2px; height: .6rem; border-radius: .3rem; overflow: hidden; background: var(--line); }
.bar span { display: block; min-width: 4px; }
.bar .consistent { background: var(--good); } .bar .drifted { background: var(--bad); }
.bar .floating, .bar .unchecked { background: var(--doubt); } .bar .absent { background: var(--line); }
.notices { margin: 1rem 0 0; padding: .6rem .9rem; border-left: 3px solid var(--doubt); background: var(--doubt-back); }
.notices p { margin: .15rem 0; color: var(--text); }
td.absent { color: var(--quiet); }
details { margin: .8rem 0 0; }
summary { cursor: pointer; color: var(--quiet); }
details ul { margin: .4rem 0; padding-left: 1.3rem; }
.filter { display: inline-flex; gap: .45rem; align-items: center; margin-bottom: .7rem; color: var(--quiet); cursor: pointer; }
body:has(#only-wrong:checked) tr.consistent, body:has(#only-wrong:checked) tr.absent { display: none; }
.table { position: relative; overflow: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .9rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: .38rem .9rem; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
thead th { position: sticky; top: 0; z-index: 1; background: var(--raised); vertical-align: bottom; }
thead .surface { display: block; color: var(--quiet); font-size: .78rem; font-weight: 500; letter-spacing: .05em; text-transform: uppercase; }
thead .roots { display: block; max-width: 18rem; white-space: normal; overflow-wrap: break-word; }
tbody th { position: sticky; left: 0; background: var(--back); font-weight: 600; }
tbody th.tag { font-size: .95em; }
tbody tr:hover > * { background: var(--raised); }
td.date { color: var(--quiet); }
td .sign { display: inline-block; width: 1.2em; }
.consistent, .quiet { color: var(--quiet); } .consistent .sign { color: var(--good); }
td.drifted { color: var(--bad); font-weight: 600; background: var(--bad-back); }
td.floating, td.unchecked { color: var(--doubt); font-weight: 600; background: var(--doubt-back); }
td.quiet { color: var(--quiet); font-weight: 400; background: none; }
tr.consistent > th, tr.absent > th { font-weight: 400; color: var(--text); }
.aloud { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.legend { margin: .6rem 0 0; color: var(--quiet); font-size: .88rem; }
.legend span { margin-right: 1.4em; }
article { margin: 1rem 0; padding: 1rem 1.2rem; border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: 8px; }
article.warning { border-left-color: var(--doubt); } article.note { border-left-color: var(--note); }
article:target { box-shadow: 0 0 0 2px var(--note); }
.severity { color: var(--bad); } .warning .severity { color: var(--doubt); } .note .severity { color: var(--note); }
.rule { color: var(--quiet); font-weight: 500; }
.place { margin: .35rem 0 0; color: var(--quiet); font-size: .88rem; overflow-wrap: anywhere; }
pre { margin: .7rem 0 0; padding: .7rem .9rem; overflow-x: auto; background: var(--raised); border-radius: 6px; font-size: .88rem; line-height: 1.45; }
pre .number, pre .caret-gutter { color: var(--quiet); user-select: none; }
pre mark { color: inherit; background: var(--mark); border-radius: 2px; }
pre .caret { color: var(--bad); font-weight: 700; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .8rem 0 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
footer { margin-top: 3rem; color: var(--quiet); font-size: .85rem; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; } }
@media print { .table { max-height: none; overflow: visible; } .filter { display: none; } article { break-inside: avoid; } }
)css";

}  // namespace lockstep::report

/**
 * The style sheet of every page: light and dark, one column of 390 px and a wide screen, and paper. Each text has a contrast of 4.5:1
 * and more with what is behind it; test/browser measures that.
 */
export const style = `
:root { color-scheme: light dark;
  --back: #fff; --text: #1f2328; --dim: #59636e; --line: #d1d9e0; --soft: #f6f8fa; --link: #0550ae;
  --good: #0f5323; --good-back: #dafbe1; --warn: #6b4300; --warn-back: #fff3c4; --bad: #8f0c22; --bad-back: #ffe3e1; --none: #424a53; --none-back: #eaeef2 }
@media (prefers-color-scheme: dark) { :root {
  --back: #0d1117; --text: #e6edf3; --dim: #9aa4ae; --line: #30363d; --soft: #151b23; --link: #79b8ff;
  --good: #7ee787; --good-back: #12301d; --warn: #f0c75e; --warn-back: #33270b; --bad: #ffb1aa; --bad-back: #421618; --none: #c1c9d1; --none-back: #262c36 } }
* { box-sizing: border-box }
body { background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; margin: 0; overflow-wrap: anywhere }
main { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 3rem }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem } h2 { font-size: 1.1rem; margin: 1.8rem 0 .6rem }
p { margin: .3rem 0 } .lead { color: var(--dim) } a { color: var(--link) } code { font-size: .88em }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px }
[hidden] { display: none !important }
.tools { display: flex; flex-wrap: wrap; gap: .5rem; margin: .9rem 0; align-items: center }
.tools label, button, input[type=search] { border: 1px solid var(--line); border-radius: 6px; background: var(--soft); color: var(--text); font: inherit; padding: .25rem .6rem; min-height: 2rem }
.tools label { display: inline-flex; gap: .4rem; align-items: center; cursor: pointer } .tools label b { font-variant-numeric: tabular-nums }
button { cursor: pointer } input[type=search] { flex: 1 1 10rem; max-width: 22rem; min-width: 0 } input[type=checkbox] { margin: 0 }
.badge, .row > i { font-style: normal; border-radius: 1rem; font-size: .8rem; font-weight: 600; padding: .05rem .55rem; text-decoration: none; white-space: nowrap; display: inline-block; line-height: 1.5 }
.badge, .row > i { background: var(--none-back); color: var(--none) }
.pass.badge, .row.pass > i, .create.badge, .changed.badge { background: var(--good-back); color: var(--good) }
.warn.badge, .row.warn > i, .update.badge, .run.badge, .unknown.badge { background: var(--warn-back); color: var(--warn) }
.fail.badge, .row.fail > i, .error.badge, .remove.badge { background: var(--bad-back); color: var(--bad) }
details { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; background: var(--back) }
details.fail, details.error { border-left: 4px solid var(--bad) } details.warn { border-left: 4px solid var(--warn) }
summary { cursor: pointer; display: flex; flex-wrap: wrap; gap: .2rem .8rem; padding: .5rem .8rem; list-style: none; align-items: baseline }
summary::-webkit-details-marker { display: none }
summary::before { content: "\\25b8"; color: var(--dim); width: .7rem; flex: none } details[open] > summary::before { content: "\\25be" }
summary b:not(.badge) { min-width: 9rem } summary span { flex: 1 1 14rem; color: var(--dim) } summary .badge { flex: none }
.inside { border-top: 1px solid var(--line); padding: .4rem .8rem .6rem }
table { border-collapse: collapse; width: 100% } th { font-weight: 600; text-align: left }
td, th { border-bottom: 1px solid var(--line); padding: .3rem .8rem .3rem 0; vertical-align: top } tbody tr:last-child :is(td, th) { border-bottom: 0 }
.steps td:first-child { width: 6rem } .steps td:nth-child(2) { width: 17rem } .dim { color: var(--dim) }
.scroll { overflow-x: auto; max-width: 100% } .matrix { width: auto } .matrix td { padding: .2rem .5rem .2rem 0 }
.matrix thead th { font-size: .85rem; white-space: nowrap; vertical-align: bottom; padding-right: .6rem } .matrix tbody th { font-weight: 400; min-width: 13rem; position: sticky; left: 0; background: var(--back) }
small { color: var(--dim) } .matrix i { display: none; font-style: normal }
.row { border-bottom: 1px solid var(--line); padding: .35rem 0 } .row:last-child { border-bottom: 0 } .row:target { outline: 2px solid var(--link); outline-offset: 2px }
.row > b { display: inline-block; min-width: 8rem; padding: 0 .5rem } .row p { margin: .15rem 0 .15rem 1rem } .row p b { color: var(--dim); font-weight: 600 }
.row details { border: 0; margin: 0 0 0 1rem } .row summary { padding: .1rem 0; color: var(--dim); font-size: .9em } .row dl { margin: 0 0 .3rem 1.4rem }
dl { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: .1rem .8rem; font-size: .9em } dt { color: var(--dim) } dd { margin: 0 }
figure { margin: .4rem 0 .4rem 1rem; max-width: 46rem } figcaption { color: var(--dim); font-size: .9em } svg { width: 100%; height: auto; display: block }
svg text { fill: var(--dim); font: 11px system-ui, sans-serif } .line { fill: none; stroke: var(--link); stroke-width: 1.5; vector-effect: non-scaling-stroke } .axis { stroke: var(--line) } .mark { stroke: var(--bad); stroke-dasharray: 3 3 }
body:has(#v-pass:not(:checked)) :is(.row.pass, tr.pass, details:not(:has(.row:not(.pass))):has(> .inside > .row)),
body:has(#v-skip:not(:checked)) :is(.row.skip, tr.skip, details:not(:has(.row:not(.skip))):has(> .inside > .row)),
body:has(#v-warn:not(:checked)) :is(.row.warn, tr.warn, details.warn:not(:has(.row:not(.warn)))),
body:has(#v-fail:not(:checked)) :is(.row.fail, tr.fail, details.fail:not(:has(.row:not(.fail)))),
body:has(#nodes:not(:checked)) details.none, body:has(#steps:not(:checked)) tr.none { display: none }
@media (max-width: 640px) {
  main { padding: 1rem .7rem 2rem } summary b:not(.badge) { min-width: 0 } .row > b { min-width: 0 } figure, .row p, .row details { margin-left: 0 }
  .steps, .steps tbody, .steps tr, .steps td, .matrix, .matrix tbody, .matrix tr { display: block } .steps td, .steps td:first-child, .steps td:nth-child(2) { border: 0; padding: .05rem 0; width: auto }
  .steps tr, .matrix tr { border-bottom: 1px solid var(--line); padding: .4rem 0 } .matrix td, .matrix tbody th { border: 0; display: inline-block; padding: .1rem .3rem .1rem 0 }
  .matrix tbody th { display: block; position: static } .matrix thead { display: none } .matrix i { display: inline; font-weight: 400; margin-right: .3rem } .steps thead { display: none }
}
@media print {
  :root { color-scheme: light } body { font-size: 11px } .tools { display: none } main { max-width: none; padding: 0 }
  details::details-content { content-visibility: visible; display: block; height: auto } details, .row, tr { break-inside: avoid } .scroll { overflow: visible } summary::before { display: none }
}
`;

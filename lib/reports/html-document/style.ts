import { statusIcons } from "./status-icons.ts";
import { tokens } from "./tokens.ts";
import { statusOrder } from "./words.ts";

const variables = Object.entries(tokens)
  .map(([name, value]) => `--${name.replace("color-", "")}:${value}`)
  .join(";");
const statuses = statusOrder
  .map(
    (status) =>
      `.${status}{color:var(--${status});--soft:var(--${status}-soft);--icon:url("data:image/svg+xml,${encodeURIComponent(statusIcons[status])}")}`,
  )
  .join("");

/** The whole style of a document. Fonts are the reader's own: nothing is loaded. */
export const style = `:root{color-scheme:light dark;${variables};--serif:"Source Serif 4",Georgia,"Songti SC","Noto Serif CJK SC",SimSun,serif;--sans:Inter,system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;--mono:"IBM Plex Mono",ui-monospace,Menlo,Consolas,monospace}
*{box-sizing:border-box;margin:0;padding:0}
html{background:var(--surface);-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{font:400 .8125rem/1.25rem var(--sans);color:var(--ink);overflow-wrap:break-word;max-width:43rem;margin:0 auto;padding:1rem 1rem 3rem}
h1,h2,h3,h4,h5,h6{font-family:var(--serif);font-weight:600;text-wrap:balance}
h1{font-size:1.6875rem;line-height:2.125rem;letter-spacing:-.018em;margin-top:1.75rem;white-space:pre-line}
h2{font-size:1.5rem;line-height:2rem;letter-spacing:-.012em;margin-top:2.25rem}
h3,h4,h5,h6{font-size:1.1875rem;line-height:1.625rem;margin-top:1.5rem}
h1,h2,h3,h4,h5,h6,p,li,blockquote,th,td,dd{unicode-bidi:plaintext}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:1px}
a:not([href]){color:inherit;text-decoration:none}
ul,ol{list-style:none}
code,pre{font-family:var(--mono);font-size:.94em;overflow-wrap:anywhere}
mark{background:var(--mark);color:inherit;border-radius:2px;box-decoration-break:clone;-webkit-box-decoration-break:clone}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
:target{scroll-margin-top:30vh}
summary{cursor:pointer;min-height:1.5rem}
.skip{position:absolute;top:-4rem;left:1rem;padding:.5rem .75rem;background:var(--raised)}
.skip:focus{top:.5rem}
.mast{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .625rem;padding-bottom:.625rem;border-bottom:1px solid var(--line);color:var(--ink-3)}
.mast b{font-weight:600;color:var(--ink)}
.mast svg{width:1.125rem;fill:none;stroke:var(--accent);stroke-width:1.75}
.mast .end{margin-left:auto}
.made{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(19rem,100%),1fr));gap:.25rem 1.5rem;margin-top:1rem}
.made div{display:grid;grid-template-columns:5.5rem minmax(0,1fr)}
dt,.meta,.why,.hint,.limit,.checks p{color:var(--ink-3)}
.checks{margin-top:1.25rem;padding:.8125rem 0;border-block:1px solid var(--line);display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;font-size:.75rem}
.bar{width:100%;height:.375rem;fill:currentColor}
.checks ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
.checks li{display:flex;align-items:center;gap:.3125rem;font-weight:500}
.icon{flex:none;width:.8125rem;height:.8125rem;background:currentColor;mask:var(--icon) center/contain no-repeat}
.soft{background:var(--soft)}
.notice{margin-top:1rem;padding:.75rem 1rem;border-radius:10px;background:var(--weak-soft);font-size:.875rem;line-height:1.375rem}
.hint,.limit{margin-top:.75rem}
.limit b{font-weight:500;color:var(--ink-2)}
nav{margin-top:1.25rem}
nav summary{font-weight:500;color:var(--ink-2)}
nav li{margin-top:.25rem}
nav li a{display:inline-block;min-height:1.5rem}
nav .below{padding-left:1rem}
.prose{margin-top:1.75rem;font:400 1.0625rem/1.75rem var(--serif);hanging-punctuation:first}
.prose>*{content-visibility:auto;contain-intrinsic-size:auto 7rem}
.prose>*+*,.prose section>*+*,.prose li>*+*{margin-top:.9375rem}
.prose>p:first-child{font-size:1.125rem;line-height:1.8125rem}
.prose :is(h2,h3,h4,h5,h6)+*{margin-top:.5rem}
.prose h2{margin-top:2.25rem}
.prose :is(p,li){text-wrap:pretty}
.anchor{margin-left:.375rem;opacity:0;text-decoration:none;color:var(--ink-3)}
:is(h2,h3,h4):hover .anchor,.anchor:focus-visible{opacity:1}
.prose ul>li{position:relative;padding-left:1.25rem}
.prose ul>li::before{content:"–";position:absolute;left:.125rem;color:var(--ink-3)}
.prose ul.contains-task-list>li::before{content:none}
.prose ol{list-style:decimal;padding-left:1.5rem}
.prose li+li{margin-top:.4375rem}
blockquote{padding-left:1rem;border-left:2px solid var(--line-strong);color:var(--ink-2)}
pre{white-space:pre-wrap;padding:.75rem 1rem;border-radius:6px;background:var(--sunken);font-size:.75rem;line-height:1.25rem}
.prose pre{white-space:pre;overflow-x:auto}
.prose hr{margin-block:2rem;border:0;border-top:1px solid var(--line)}
.scroll{overflow-x:auto;margin-block:1.25rem}
table{width:100%;border-collapse:collapse;font:400 .8125rem/1.25rem var(--sans);font-variant-numeric:tabular-nums}
th,td{padding:.4375rem .625rem;text-align:start;vertical-align:top;border-bottom:1px solid var(--line)}
th{font-size:.75rem;font-weight:500;color:var(--ink-3);border-bottom-color:var(--line-strong)}
[align=right]{text-align:right}
[align=center]{text-align:center}
math[display=block]{display:block math;overflow-x:auto;overflow-y:hidden;padding-block:.25rem}
.figure{display:block;margin-block:1.25rem}img{display:block;max-width:100%;height:auto;background:#fff;border-radius:6px}.figure-words{display:block;margin-top:.375rem;font:400 .75rem/1rem var(--sans);color:var(--ink-3)}
.gaps{margin-top:2.25rem;padding:1.125rem 1.25rem 1.25rem;border-radius:10px;background:var(--canvas)}
.gaps>:first-child{margin-top:0}
.nowrap{white-space:nowrap}
.claim-weak{text-decoration:underline dotted 2px var(--weak);text-underline-offset:.22em}
.claim-unsupported{text-decoration:underline wavy 1.5px var(--unsupported);text-underline-offset:.2em}
.claim-unchecked{text-decoration:underline dashed 1px var(--unchecked);text-underline-offset:.24em}
.claim:has(:target){background:var(--accent-soft)}
.cite,.tag{display:inline-flex;align-items:center;gap:.1875rem;border:0;border-radius:3px;font:500 .6875rem/1rem var(--sans);font-variant-numeric:tabular-nums;text-decoration:none;white-space:nowrap}
.cite{vertical-align:.22em;margin:-.25rem 0 -.25rem .125rem;padding:.25rem;min-width:1.5rem;min-height:1.5rem;justify-content:center;background:linear-gradient(var(--soft) 0 0) center/100% 1rem no-repeat;cursor:pointer}
.cite[hidden]{display:none}
.cite::before,.tag::before{content:"";width:.625rem;height:.625rem;background:currentColor;mask:var(--icon) center/contain no-repeat}
.cite:hover{text-decoration:underline}
.tag{padding:.125rem .375rem}
.cards{display:grid;gap:.75rem;margin-top:1rem}
.card{display:block;position:static;width:auto;height:auto;padding:.75rem 1rem;border:1px solid var(--line);border-radius:10px;background:var(--surface);color:inherit;overflow:auto;content-visibility:auto;contain-intrinsic-size:auto 11rem}
.card:target{border-color:var(--accent)}
.card p+blockquote,.card blockquote+p{margin-top:.5rem}
.card blockquote,.sentence{font:400 .9375rem/1.5rem var(--serif);white-space:pre-line}
.card blockquote{color:var(--ink)}
.sentence{margin-top:.375rem;color:var(--ink-2)}
.from{font-weight:500}.card .from{margin-top:.375rem}
.ways{display:flex;flex-wrap:wrap;gap:0 1rem}
.ways a,.top a{min-height:1.5rem;display:inline-flex;align-items:center}
.top{display:flex;align-items:center;gap:.5rem}
@supports selector(:popover-open){
.cite[hidden]{display:inline-flex}
a.cite{display:none}
.card:popover-open{position:fixed;inset:auto 1rem 1rem;margin:0 auto;max-width:27rem;max-height:60vh;background:var(--raised);content-visibility:visible;border-color:transparent;box-shadow:0 0 0 1px light-dark(#14201c17,#ffffff17),0 2px 6px #0a141014,0 12px 32px light-dark(#0a141024,#00000080)}
.card:popover-open .sentence{display:none}
@supports (position-area:bottom){@media (min-width:40rem){.card:popover-open{inset:auto;margin:.375rem 0;width:27rem;position-area:bottom span-right;position-try-fallbacks:flip-block,flip-inline,flip-block flip-inline}}}
}
.sources{display:grid;gap:.875rem;margin-top:1rem}
.sources li{display:flex;gap:.75rem;scroll-margin-top:1rem;content-visibility:auto;contain-intrinsic-size:auto 5rem}
.sources li>div{min-width:0}
.sources .n,.step .n{flex:none;min-width:1.5rem;color:var(--ink-3);font-variant-numeric:tabular-nums}
.sources :target,.sources li:target{background:var(--accent-soft)}
.from a{display:inline-block;min-height:1.5rem}
.copy{margin-top:1.5rem;font:400 1rem/1.625rem var(--serif)}
.copy p{white-space:pre-line;content-visibility:auto;contain-intrinsic-size:auto 6rem}
.copy p+p{margin-top:.75rem}
.copy mark:target,.copy mark:has(:target){outline:2px solid var(--accent)}
.step{border-bottom:1px solid var(--line);content-visibility:auto;contain-intrinsic-size:auto 2.75rem}
.step>summary{display:flex;gap:.5rem;padding-block:.625rem}
.step>summary::before{content:"▸"/"";flex:none;width:.75rem;color:var(--ink-3)}.step[open]>summary::before{content:"▾"/""}
.step summary .meta{margin-left:auto;white-space:nowrap}
.step>div{display:grid;gap:.75rem;padding-bottom:1rem}
.step .thought{white-space:pre-line;font-size:.875rem;line-height:1.375rem;color:var(--ink-2)}
.step h3,.step h4{font:600 .8125rem/1.25rem var(--sans);margin:0}
.step dl{display:grid;gap:.25rem}
.step pre{max-height:20rem;overflow:auto}
.bad{color:var(--unsupported)}
footer{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin-top:2.5rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.75rem;color:var(--ink-3)}
footer p{flex:1 1 16rem}
footer a{min-height:1.5rem}
${statuses}
@media (min-width:40rem){body{padding:1.25rem 2rem 4rem}h1{font-size:2.125rem;line-height:2.625rem}.prose{font-size:1.125rem;line-height:1.8125rem}.prose>p:first-child{font-size:1.25rem;line-height:2rem}}
@media print{:root{color-scheme:light}body{max-width:none;padding:0}.skip,.anchor,.ways,.hint,nav{display:none}.prose>*,.card,.sources li,.copy p,.step{content-visibility:visible}.cite[hidden]{display:none}a.cite{display:inline-flex}.sources li,tr,.figure,.gaps{break-inside:avoid}.card{padding:.25rem 0;border-width:1px 0 0;border-radius:0;overflow:visible}.card blockquote,.sentence{font-size:.75rem;line-height:1.125rem}.cards,.sources{gap:.25rem}.prose,.prose>p:first-child{font-size:.9375rem;line-height:1.4375rem}
h2,h3,h4{break-after:avoid}a{color:inherit}.prose pre{white-space:pre-wrap}}
@media (forced-colors:active){.icon,.cite::before,.tag::before,.bar{forced-color-adjust:none}}`;

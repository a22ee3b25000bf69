"""The style sheet of the pages: measures and small parts that the theme does not set."""

from kzdash.charts.theme import NARROW

CSS = (
    f"<style>\n{NARROW}"
    + """
.stMainBlockContainer {max-width: 1240px; padding: 2.2rem 1.5rem 4rem; margin: 0 auto;}
@media (max-width: 640px) {.stMainBlockContainer {padding: 3.2rem .8rem 3rem;}
 .kz-question {font-size: 1rem !important;}
 .st-key-scope .stHorizontalBlock {flex-wrap: nowrap;}
 .st-key-scope .stColumn {min-width: 0; flex: 1 1 auto;}
 .st-key-scope .stColumn:last-child {flex: 0 0 8.2rem;}}
@media (min-width: 2000px) {.stMainBlockContainer {max-width: 1440px;}}
.stMain :is(h1, h2, h3, .stHtml) {overflow-wrap: anywhere;}
h1 {letter-spacing: -.01em; padding-bottom: .1rem !important;}
h2 {padding-top: 1.4rem !important;}
.stSidebar h2.kz-side, .stSidebar p.kz-group {font: 600 .78rem/1.2 system-ui, sans-serif;
 letter-spacing: .06em; text-transform: uppercase; margin: .9rem 0 .15rem; padding: 0;}
.stSidebar p.kz-brand {font: 700 1.35rem/1.2 Charter, 'Bitstream Charter', Cambria, Georgia, serif;
 margin: 0;}
.stSidebar p.kz-brand small {display: block; font: 400 .8rem/1.35 system-ui, sans-serif;}
.st-key-navigation a {padding-block: .1rem;}
.kz-question {font-size: 1.12rem; line-height: 1.45; margin: 0 0 .3rem; max-width: 46rem;}
.kz-finding {font-size: 1.06rem; line-height: 1.5; max-width: 52rem; margin: 0 0 .4rem;
 padding-left: .8rem; border-left: 4px solid #2f8aa8;}
.kz-finding b {font-weight: 650;}
.kz-note {font-size: .88rem; line-height: 1.45; max-width: 52rem; margin: .1rem 0;}
.stHtml ul.kz-counts {display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; list-style: none;
 margin: 0; padding: 0; font-size: .95rem;}
.stHtml ul.kz-counts li {margin: 0; padding: 0;}
.kz-scope {font-size: .9rem; line-height: 1.4; margin: 0;}
.kz-badge {display: inline-block; font-size: .8rem; line-height: 1.3; padding: .1rem .5rem;
 border: 1px solid currentColor; border-radius: 1rem; margin: 0 .3rem .2rem 0;}
:is([class*="st-key-badges_"], [class*="st-key-card_"]) [data-testid="stPageLink"] * {
 white-space: normal !important; overflow: visible; text-overflow: clip; line-height: 1.35;}
:is([class*="st-key-badges_"], [class*="st-key-card_"]) [data-testid="stPageLink"] a {
 height: auto; padding-block: .3rem;}
.kz-cards {display: grid; gap: .8rem; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr));}
.kz-card {border: 1px solid color-mix(in srgb, currentColor 28%, transparent); border-radius: 4px;
 padding: .7rem .9rem; overflow-wrap: anywhere;}
.kz-card h3 {font-size: 1.02rem; margin: 0 0 .3rem; padding: 0;}
.kz-card p, .kz-card dl {font-size: .92rem; line-height: 1.45; margin: .25rem 0;}
:is(.stHtml a, [data-testid="stPageLink"] a, .stSidebar a):focus-visible {
 outline: 2px solid #2f8aa8; outline-offset: 2px; border-radius: 2px;}
.stHtml a, .stHtml a:visited {color: inherit; text-decoration: underline;
 text-underline-offset: .15em;}
.kz-mention {border-left: 6px solid #8f8a80; padding: .25rem 0 .35rem .8rem; margin: 0 0 .5rem;
 overflow-wrap: anywhere;}
.kz-mention.negative {border-left-color: #c8660e;}
.kz-mention.positive {border-left-color: #8073ac;}
.kz-mention .kz-head {font-size: .95rem; margin: 0;}
.kz-mention blockquote {font: 400 1.06rem/1.55 Charter, Cambria, Georgia, serif;
 margin: .35rem 0; padding: 0; border: 0;}
.kz-mention .kz-facts {font-size: .87rem; line-height: 1.5; margin: .1rem 0;}
mark.kz {background: color-mix(in srgb, #f0c75e 45%, transparent); color: inherit;
 padding: 0 .12em; border-radius: 2px; box-decoration-break: clone;
 -webkit-box-decoration-break: clone;}
mark.kz.negative {border-bottom: 3px solid #c8660e;}
mark.kz.positive {border-bottom: 3px double #8073ac;}
mark.kz.neutral {border-bottom: 3px dotted #8f8a80;}
mark.kz.here {outline: 2px solid currentColor; outline-offset: 1px;}
.kz-article {font: 400 1.08rem/1.65 Charter, Cambria, Georgia, serif; max-width: 42rem;
 overflow-wrap: anywhere;}
.kz-bar {display: inline-flex; width: 9rem; height: .65rem; vertical-align: middle;
 border: 1px solid color-mix(in srgb, currentColor 45%, transparent);}
.kz-bar i {display: block; height: 100%; background: #8f8a80;}
.kz-bar i.negative {background: #c8660e;}
.kz-bar i.positive {background: #8073ac;}
.kz-empty {border: 1px dashed currentColor; border-radius: 4px; padding: 1.2rem; max-width: 46rem;}
.stPlotlyChart {overflow: hidden;}
.stMain [data-testid="stPageLink"] a p {text-decoration: underline; text-underline-offset: .15em;
 color: var(--st-link-color, inherit);}
.stMain :is(.stExpander, [class*="st-key-difference_"], [class*="st-key-card_"],
 [class*="st-key-badges_"]) [data-testid="stPageLink"] a p::after {content: "\u00a0→" / "";}
[data-testid="stElementContainer"]:has(> .stHtml > span.kz-note) {flex: 0 0 auto; width: auto;}
[data-testid="stElementContainer"]:has(.kz-arrival) {position: absolute;}
@media print {.stSidebar, .stToolbar, .modebar {display: none !important;}}
</style>
"""
)

"""What the report's page has besides the style of every page, and its script, without which it is complete as well."""

STYLE = """
body{margin:0 auto;max-width:92rem;padding:1rem 1.5rem 4rem}
h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.3rem;border-bottom:2px solid var(--ink);margin:2.2rem 0 .6rem}
h3{font-size:1.1rem;margin:1.4rem 0 .3rem}h4,h5{font-size:1rem;margin:0}
summary :is(h3,h4,h5){display:inline}
a{color:var(--accent)}a:focus-visible,summary:focus-visible,[role=button]:focus-visible,button:focus-visible,input:focus-visible,
.scroll:focus-visible{outline:3px solid #d9480f;outline-offset:2px}
.skip{position:absolute;left:-99em}.skip:focus{position:static}
nav ul,.tiles,.names{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:.4rem 0}
.verdict{font-size:1.15rem;border-left:6px solid var(--ink);padding:.3rem .8rem;margin:.8rem 0}
.verdict p{margin:.2rem 0}
.tiles li{border:1px solid var(--line);padding:.3rem .8rem;border-radius:.3rem;background:var(--head)}
.facts,.note{color:var(--soft);margin:.2rem 0;font-size:.92rem}
.scroll{overflow-x:auto;max-width:100%}.scroll table{margin:.3rem 0 .6rem}
th{text-align:left}.heat td{text-align:center;padding:.15rem .4rem}
.heat th{white-space:normal;min-width:5.1em;padding:.2rem .4rem}
.heat th:first-child,.sticky th:first-child{position:sticky;left:0;min-width:5em;z-index:1}
.heat td small{display:block;color:var(--ink);font-weight:400}.heat a{color:inherit;text-decoration-thickness:1px}
td.yellow{border-left:4px dashed #7a5c00}td.red{border-left:4px solid #a40000}td.missing{border-left:4px dotted #4b2a75}
.none{color:var(--soft)}
td.silent{background:#eadff5;font-weight:600}td.part{background:#fff3c9}td.full{background:#e3f4e3}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.6rem}
figure{margin:.4rem 0;break-inside:avoid}figcaption{font-size:.9rem}
.charts figure{border:1px solid var(--line);padding:.4rem;margin:0}
.rows caption{font-weight:400;font-size:.92rem;color:var(--soft)}
svg text{font-size:11px;fill:#1f2328;font-family:inherit}svg .label{font-weight:600}
svg .grid{stroke:#d5dae0}polyline{fill:none;stroke-width:2}
.actual{stroke:#0b57a4;stroke-width:2.5}circle.actual{fill:#0b57a4}circle.hollow{fill:#fff}
.schedule{stroke:#1f2328;stroke-dasharray:6 4;stroke-width:1.5}.target{stroke:#a40000;stroke-dasharray:2 3}
.bullets{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(36rem,100%),1fr));gap:0 1.5rem}
.pair{display:flex;flex-wrap:wrap;gap:.2rem 1.5rem;align-items:start}.pair figure{flex:1 1 20rem;max-width:34rem}
.pair .scroll{flex:0 1 auto;min-width:0}
.month{width:100%;max-width:34rem;display:block}.trend{width:100%;display:block}
.bar{width:7rem;height:13px;vertical-align:middle;background:#e6e9ed;border:1px solid #8c959f}
.bar rect{fill:#57606a;y:3px;height:6px}.bar rect.tick{y:0;width:2px;height:12px}circle{r:3px}
svg .at{text-anchor:middle}
.bar rect.red{fill:#a40000}.bar rect.yellow{fill:#8a6700}.bar rect.green{fill:#1a7f37}
.bar rect.missing{fill:#fff;stroke:#6639a6;stroke-width:1.5}.bar rect.tick{fill:#000;transform:translateX(-2px)}
details{margin:.15rem 0}summary{cursor:pointer;padding:.15rem .2rem}summary:hover{background:var(--head)}
details{border:1px solid var(--line);border-radius:.3rem;padding:.1rem .6rem}
details[open]{margin:.8rem 0;padding-bottom:.6rem}
details details{border-width:0 0 0 3px;border-radius:0;margin-left:.4rem}
.state{padding:0 .4rem;border:1px solid var(--line);border-radius:.2rem;white-space:nowrap}
dl{margin:.3rem 0 .6rem}dt{font-weight:600}dd{margin:0 0 0 1.2em;overflow-wrap:anywhere}
td .state{border:0;padding:0;white-space:normal;word-break:keep-all;box-decoration-break:clone}
.due td:nth-child(3),.danger td:nth-child(n+4):nth-child(-n+6),
:is(.unit,.rows) td:nth-child(n+4):nth-child(-n+7),.right{text-align:right}
.tools{display:flex;flex-wrap:wrap;gap:.6rem;align-items:center;margin:.5rem 0}
.tools input{font:inherit;padding:.2rem .5rem;width:min(26rem,100%)}
[hidden]{display:none!important}
button{font:inherit;cursor:pointer}
th [role=button]{cursor:pointer;text-decoration:underline dotted}
:target{outline:3px solid #d9480f;outline-offset:2px}
:is(.danger,.due) .label{min-width:9em}.danger td:not(.label){white-space:normal;word-break:keep-all}
.danger td:last-child{overflow-wrap:anywhere}
@media (max-width:80rem){.danger .bar{width:4rem}}
@media (max-width:40rem){body{padding:.6rem}h1{font-size:1.25rem}.bar{width:5rem}td.label,th.label{min-width:9em}
details,details details{padding:.1rem .3rem}
.danger thead,.danger td:empty{display:none}
.danger,.danger :is(caption,tbody,tr,th,td){display:block;white-space:normal}
.danger td{border-width:0 1px;text-align:left!important}.danger td:last-child{border-bottom-width:1px}
.danger td::before{content:attr(data-head)" ";color:var(--soft);font-weight:400}}
@media print{@page{size:A4 landscape;margin:11mm}
body{font-size:9pt;line-height:1.35;padding:0;max-width:none;print-color-adjust:exact;-webkit-print-color-adjust:exact}
nav,.tools,.skip,.screen{display:none}.scroll{overflow:visible}h2,h3{break-after:avoid}
th,td{padding:.1rem .25rem}.heat td{padding:.05rem .2rem}td.label,th.label{min-width:10em}
.heat th:first-child,.sticky th:first-child{position:static}
.charts{grid-template-columns:repeat(4,1fr)}.bullets{grid-template-columns:1fr 1fr}a{color:inherit;text-decoration:none}
details:not([open]),.drill:not(:has(details[open])){display:none}
.heat,.danger,.rows{break-inside:avoid}.month{max-width:24rem}tr,li,dd,figure,.verdict{break-inside:avoid}:target{outline:0}}
""".strip()

SCRIPT = """
(function(){
var all=function(s,r){return Array.prototype.slice.call((r||document).querySelectorAll(s))};
function open(e){for(;e;e=e.parentElement)if(e.tagName==="DETAILS")e.open=true}
function follow(){var e=document.getElementById(decodeURIComponent(location.hash.slice(1)));
if(e){open(e);e.scrollIntoView()}}
addEventListener("hashchange",follow);if(location.hash)follow();
all(".tools").forEach(function(e){e.hidden=false});
var box=document.getElementById("search"),found=document.getElementById("found"),told=document.getElementById("told");
var places=all("main details[id]").map(function(e){var t="",p=e;
for(;p;p=p.parentElement)if(p.tagName==="DETAILS"&&p.id)
t=p.querySelector("h3,h4,h5").textContent+" "+t;return{id:e.id,text:t+(e.getAttribute("data-find")||"")}});
box.addEventListener("input",function(){
var words=box.value.trim().toLowerCase().split(/\\s+/).filter(Boolean),count=0;found.textContent="";
if(words.length)places.forEach(function(e){var text=e.text.toLowerCase();
if(words.every(function(w){return text.indexOf(w)>=0})&&++count<=60){
var li=document.createElement("li"),a=document.createElement("a");a.href="#"+encodeURIComponent(e.id);
a.textContent=e.text;li.appendChild(a);found.appendChild(li)}});
told.textContent=words.length?told.getAttribute("data-told").replace("{count}",count):""});
box.form.addEventListener("submit",function(e){e.preventDefault();var a=found.querySelector("a");if(a)a.click()});
all("[data-fold]").forEach(function(b){b.addEventListener("click",function(){
var on=b.getAttribute("data-fold")==="open";
all("details",b.closest("section")).forEach(function(d){if(!on||!d.parentElement.closest("details"))d.open=on})})});
all("table.sort").forEach(function(t){all("thead th",t).forEach(function(th,at){
if(!th.textContent)return;
var b=document.createElement("span");b.setAttribute("role","button");b.tabIndex=0;
b.textContent=th.textContent;th.textContent="";th.appendChild(b);
b.addEventListener("keydown",function(e){if(e.key==="Enter"||e.key===" "){e.preventDefault();b.click()}});
b.addEventListener("click",function(){
var up=th.getAttribute("aria-sort")!=="ascending",body=t.tBodies[0];
all("th",t.tHead).forEach(function(o){o.removeAttribute("aria-sort")});
th.setAttribute("aria-sort",up?"ascending":"descending");
var key=function(r){return r.cells[at].textContent.trim()};
all("tr",body).map(function(r,i){return{r:r,i:i,k:key(r)}}).sort(function(x,y){
if(x.k===""||y.k==="")return(x.k==="")-(y.k==="")||x.i-y.i;
var f=function(k){return parseFloat(k.replace(/^(~|[^\\x00-\\x7f]{1,2})(?=[0-9])/,""))};
var a=f(x.k),c=f(y.k),d=isNaN(a)||isNaN(c)?x.k.localeCompare(y.k,"zh"):a-c;
return(up?d:-d)||x.i-y.i}).forEach(function(o){body.appendChild(o.r)})})})});
})();
""".strip()
"""It folds, sorts and searches; a mail gateway may take it away."""

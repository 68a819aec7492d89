/** Colours have at least 4.5:1 on their ground; the print form fits A4 with page numbers where the browser can. */
export const style = `
:root{color-scheme:light;--ink:#1f1f1f;--soft:#595959;--line:#d9d9d9;--ground:#fff;--mark:#0958d9;--bad:#a8071a;--good:#135200}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1080px;padding:24px 20px 64px;color:var(--ink);background:var(--ground);
font:14px/1.6 "PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans SC","Source Han Sans SC",sans-serif;text-autospace:normal;line-break:strict}
html[data-language=zh] [lang=en]:not(html),html[data-language=en] [lang=zh-CN]:not(html){display:none}
header{display:flex;flex-wrap:wrap;gap:12px;align-items:baseline;border-bottom:2px solid var(--mark);padding-bottom:8px}
h1{font-size:22px;margin:0;flex:1}h2{font-size:18px;margin:32px 0 8px}h3{font-size:15px;margin:20px 0 6px;overflow-wrap:anywhere}
.note,.small{color:var(--soft);font-size:13px}
.synthetic{background:#fff7e6;border:1px solid #ad6800;color:#613400;padding:6px 10px;margin:12px 0}
button{font:inherit;padding:3px 12px;border:1px solid var(--mark);background:#fff;color:var(--mark);border-radius:4px;cursor:pointer}
button:focus-visible,a:focus-visible,summary:focus-visible{outline:3px solid var(--mark);outline-offset:2px}
dl.totals{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:8px 16px;margin:12px 0}
dl.totals dt{color:var(--soft);font-size:13px}dl.totals dd{margin:0;font-size:20px;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:6px 0 12px;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);font-size:13px;padding:2px 0}
th,td{border-bottom:1px solid var(--line);padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600;background:#fafafa}td.n,th.n{text-align:right;white-space:nowrap}
code{font-family:ui-monospace,Consolas,monospace;font-size:12.5px;overflow-wrap:anywhere}
.bad{color:var(--bad)}.good{color:var(--good)}
svg text{font:12px sans-serif;fill:var(--ink)}
footer{margin-top:40px;border-top:1px solid var(--line);padding-top:8px}
@page{size:A4;margin:16mm 14mm}
@media print{body{max-width:none;padding:0;font-size:11pt}button,.screen{display:none}h2{break-after:avoid}tr,svg{break-inside:avoid}details:not([open])>*{display:block}a{color:inherit;text-decoration:none}}
`

/** Colours have at least 4.5:1 on their ground. On A4 tables repeat their heads, rows stay whole and pages are numbered. */
export const style = `
:root{color-scheme:light;--ink:#1f1f1f;--soft:#595959;--line:#d9d9d9;--ground:#fff;--mark:#0958d9;--bad:#a8071a}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1080px;padding:24px 20px 64px;color:var(--ink);background:var(--ground);
font:14px/1.6 "PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC","Source Han Sans SC",sans-serif;line-break:strict;overflow-wrap:break-word}
#zh:checked~* [lang=en],#en:checked~* [lang=zh-CN],#zh:checked~* text.en,#en:checked~* text.zh{display:none}
.language{position:absolute;opacity:0}
label{display:inline-block;padding:3px 12px;border:1px solid var(--mark);color:var(--mark);cursor:pointer}
label:first-child{border-radius:4px 0 0 4px}label:last-child{border-radius:0 4px 4px 0;border-left:0}
#zh:checked~header label[for=zh],#en:checked~header label[for=en]{background:var(--mark);color:#fff}
#zh:focus-visible~header label[for=zh],#en:focus-visible~header label[for=en],summary:focus-visible,.wide:focus-visible{outline:3px solid var(--mark);outline-offset:2px}
header{display:flex;flex-wrap:wrap;gap:12px;align-items:center;border-bottom:2px solid var(--mark);padding-bottom:8px}
header p{margin:0}
h1{font-size:24px;margin:0;flex:1}h2{font-size:18px;margin:36px 0 8px;padding-left:10px;border-left:4px solid var(--mark)}h3{font-size:15px;margin:16px 0 4px}
.small{color:var(--soft);font-size:13px;font-weight:400}
.lead{font-size:16px;margin:14px 0}
.synthetic{background:#fff7e6;border:1px solid #ad6800;color:#613400;padding:6px 10px;margin:12px 0}
dl.totals{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:10px;margin:12px 0}
dl.totals div{border:1px solid var(--line);border-radius:6px;padding:8px 12px}
dl.totals dt{color:var(--soft);font-size:13px}dl.totals dd{margin:0;font-size:22px;line-height:1.3;font-variant-numeric:tabular-nums}dl.totals dd.small{font-size:12.5px}
.problems{padding-left:0;list-style:none;counter-reset:p}
.problems li{counter-increment:p;border-left:4px solid var(--bad);padding:4px 12px;margin:8px 0;background:#fff7f6}
.problems p{margin:2px 0}.problems li>p:first-child::before{content:counter(p) ". ";font-weight:600}.problems .small{color:#434343}
figure{margin:8px 0}figcaption,caption{text-align:left;color:var(--soft);font-size:13px;padding:4px 0}
svg text{font:12px "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;fill:var(--ink)}
.wide{overflow-x:auto;margin:6px 0 14px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{border-bottom:1px solid var(--line);padding:5px 8px;text-align:left;vertical-align:top}
th[scope=row],td code,li code,p code{overflow-wrap:anywhere}th{font-weight:600}thead th{background:#f5f5f5;border-bottom:2px solid var(--line);vertical-align:bottom}
.n{text-align:right;white-space:nowrap}thead .n{white-space:normal}
.case{border:1px solid var(--line);border-radius:6px;padding:4px 14px;margin:12px 0}.case ul{margin:4px 0 8px}
code{font-family:ui-monospace,Consolas,monospace;font-size:12.5px}
.bad{color:var(--bad);font-weight:600}
details{border-bottom:1px solid var(--line);padding:2px 0}summary{cursor:pointer}summary h3{display:inline;margin:0}
footer{margin-top:40px;border-top:1px solid var(--line);padding-top:8px}
@page{size:A4;margin:16mm 13mm 18mm;@bottom-center{content:counter(page) " / " counter(pages);font-size:9pt;color:#595959}}
@media print{
body{max-width:none;padding:0;font-size:9.5pt}.screen,.language{display:none}
.small,figcaption,caption,dl.totals dt{font-size:8.5pt}.lead{font-size:11pt}h1{font-size:18pt}h2{font-size:13pt;margin-top:18pt}h3{font-size:10.5pt}
dl.totals{grid-template-columns:repeat(4,1fr)}dl.totals dd{font-size:14pt}dl.totals dd.small{font-size:8.5pt}
.wide{overflow:visible}th,td{padding:3pt 5pt}thead{display:table-header-group}
h2,h3,caption,figcaption,summary,details>p{break-after:avoid}tbody tr:nth-child(-n+2){break-before:avoid}tr,svg,figure,.problems li,dl.totals div{break-inside:avoid}
.appendix{break-before:page}details::details-content{content-visibility:visible;display:block;block-size:auto}summary{list-style:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`

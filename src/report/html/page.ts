import type { Language } from '../../core/index.ts'
import type { Result } from '../contract.ts'
import { html, Markup, t } from './markup.ts'
import {
  dataset,
  departmentTable,
  entities,
  findings,
  indicatorTable,
  problems,
  qualityChart,
  totals,
} from './parts.ts'
import { style } from './style.ts'

/** The language switch is the only script; the page says everything without it. */
const script = `document.getElementById('language').addEventListener('click',function(){var r=document.documentElement,e=r.dataset.language==='zh';r.dataset.language=e?'en':'zh';r.lang=e?'en':'zh-CN'})`

/** `report.html`: one file, no request leaves it, both languages inside; what belongs to the run alone stands in the footer. */
export function reportHtml(result: Result, language: Language): string {
  const page = html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}" data-language="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>大同 · 数据治理报告 Data governance report</title><style>${new Markup(style)}</style></head><body>
<header><h1>${t('数据治理报告', 'Data governance report')}</h1><button id="language" type="button" class="screen">中 / English</button></header><main>
${result.synthetic ? html`<p class="synthetic">${t('合成数据：全部人员、企业、地址均为虚构。', 'Synthetic data: every person, enterprise and address is made up.')}</p>` : ''}
${totals(result)}
<h2>${t('最突出的问题', 'The worst problems')}</h2>${problems(result)}
<h2>${t('数据质量', 'Data quality')} <span class="small">GB/T 36344-2018</span></h2>${qualityChart(result.groups)}${indicatorTable(result)}
<h2>${t('部门', 'Departments')}</h2>${departmentTable(result.departments)}
<h2>${t('主体', 'Entities')}</h2>${entities(result)}
<h2>${t('读取', 'Reading')}</h2>${findings(result)}
<h2>${t('数据资源', 'Data resources')}</h2>${result.datasets.map(dataset)}
</main><footer class="small"><p>${t('存证', 'Evidence')}: SHA-256 <code>${result.evidence.hash}</code></p>
<p id="run">${runLine(result)}</p></footer><script>${new Markup(script)}</script></body></html>
`
  return page.text
}

/** The one line that differs between two runs on the same input. */
function runLine(result: Result): Markup {
  const { run } = result
  const receipt = run.receipt ? `${run.receipt.origin} #${run.receipt.index}` : '—'
  return html`${t('运行', 'Run')} ${run.id} · ${run.startedAt} — ${run.finishedAt} · ${t('账本', 'Ledger')} ${receipt} · ${result.product.name} ${result.product.version}`
}

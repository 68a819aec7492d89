import type { Language } from '../../core/index.ts'
import type { Result } from '../contract.ts'
import { appendix, datasetTable, findings } from './datasets.ts'
import { entities, oddities } from './entities.ts'
import { html, Markup, t } from './markup.ts'
import { evidence, notes } from './notes.ts'
import { opening, problems } from './opening.ts'
import { departmentTable, groupTable, indicatorTable, qualityChart } from './quality.ts'
import { style } from './style.ts'

/**
 * `report.html`: one file, no request leaves it, no script runs in it, both languages inside; the language is a pair of radio
 * buttons that style reads. What belongs to the run alone stands in the footer.
 */
export function reportHtml(result: Result, language: Language): string {
  const chosen = (l: Language): string => (l === language ? ' checked' : '')
  const page = html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>大同 · 数据治理报告 Data governance report</title><style>${new Markup(style)}</style></head><body><main>
<input type="radio" name="language" id="zh" class="language"${new Markup(chosen('zh'))}><input type="radio" name="language" id="en" class="language"${new Markup(chosen('en'))}>
<header><h1>${t('数据治理报告', 'Data governance report')}</h1><p class="screen"><label for="zh" lang="zh">中文</label><label for="en" lang="en-GB">English</label></p></header>
${result.synthetic ? html`<p class="synthetic">${t('合成数据：全部人员、企业、地址均为虚构。', 'Synthetic data: every person, enterprise and address is made up.')}</p>` : ''}
${opening(result)}
<h2>${t('最突出的问题', 'The worst problems')}</h2>${problems(result)}
<h2>${t('数据质量', 'Data quality')} <span class="small">GB/T 36344-2018</span></h2>${qualityChart(result)}${groupTable(result)}${indicatorTable(result)}
<h2>${t('部门', 'Departments')}</h2>${departmentTable(result.departments)}
<h2>${t('主体', 'Entities')}</h2>${entities(result)}${oddities(result)}
<h2>${t('数据资源', 'Data resources')}</h2>${datasetTable(result.datasets)}
<h2>${t('文件读取', 'Reading of files')}</h2>${findings(result)}
<h2>${t('口径与依据', 'How to read the figures')}</h2>${notes(result)}
<h2>${t('存证', 'Evidence')}</h2>${evidence(result)}
<section class="appendix" aria-label="附录 appendix"><h2>${t('附录：数据资源明细', 'Appendix: data resources in full')}</h2>${appendix(result.datasets)}</section>
<footer class="small"><p id="run">${runLine(result)}</p></footer></main></body></html>
`
  return page.text
}

/** The one line that differs between two runs on the same input. */
function runLine(result: Result): Markup {
  const { run } = result
  const receipt = run.receipt ? `${run.receipt.origin} #${run.receipt.index}` : '—'
  return html`${t('运行', 'Run')} ${run.id} · ${run.startedAt} — ${run.finishedAt} · ${t('账本', 'Ledger')} ${receipt} · ${result.product.name} ${result.product.version}`
}

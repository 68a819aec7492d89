import type { Result } from '../contract.ts'
import { html, type Markup, t } from './markup.ts'

/** How figures are to be read, and what they rest on. */
export function notes(result: Result): Markup {
  const cites = new Set(result.datasets.flatMap((d) => d.rules.map((r) => r.cites)))
  return html`<ul>
<li>${t('每个数都有口径：A 为分子，B 为分母。B=0 为不适用，从不写作 100 %。比率从不进位成 100 %，也不舍成 0 %。', 'Every figure names its A and B. B = 0 is not applicable, never 100 %. A share is never rounded up to 100 % or down to 0 %.')}</li>
<li>${t('单位：数据元素是一个单元格；记录按每条适用的规则计一次；主体事实是同一主体的同一事实，由两个以上数据资源给出。', 'Units: a cell; a record, once for each rule that applies to it; a shared fact, one fact about one entity told by two or more resources.')}</li>
<li>${t('强：影响认定是谁、是什么，或同一记录自相矛盾。弱：写法、联系方式、占位值、重复。', 'Strong: who or what is meant is in doubt, or a record contradicts itself. Weak: form, contact data, placeholders, copies.')}</li>
<li>${t('待人工确认：同一号码下姓名不相符的记录，分开保留，不自动合并。', 'Held back: records whose names disagree under one number; they are kept apart, never merged by themselves.')}</li>
<li>${t('敏感值（L3、L4）一律脱敏。', 'Sensitive values (L3, L4) are always masked.')}</li>
<li>${t('依据', 'Rests on')}: ${[...cites].sort().join(' · ')}</li></ul>`
}

export function evidence(result: Result): Markup {
  return html`<p>SHA-256 <code>${result.evidence.hash}</code></p>
<p class="small">${t('这是 result.json 除运行信息外全部内容的散列，已写入账本。核对：', 'The hash of everything in result.json but the run itself, as it stands in the ledger. To verify:')} <code>npx datong ledger verify</code></p>`
}

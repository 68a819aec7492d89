/** Tables of the guide that are made from the program's own tables, so that they never say something else. */
import { exitCode } from '../src/cli/run.ts'
import { environmentName, settingTable } from '../src/cli/settings.ts'
import type { FaultRow } from '../src/core/fault.ts'
import { faults } from '../src/core/faults/index.ts'
import type { Language, Words } from '../src/core/index.ts'
import { indicatorsOf } from '../src/quality/index.ts'
import { findingTable } from '../src/source/findings.ts'
import { stepWords } from '../src/standard/check.ts'
import { codeSet, regionsEver } from '../src/standard/codes.ts'
import { readJsonList } from '../src/standard/data.ts'
import { elements } from '../src/standard/elements.ts'

type Cell = string | number
type Table = (language: Language) => string

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]): string =>
    `| ${cells.map((c) => String(c).replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
const code = (text: Cell): string => `\`${text}\``
const pick =
  (l: Language) =>
  (zh: string, en: string): string =>
    l === 'zh' ? zh : en

const severities: Readonly<Record<string, Words>> = {
  strong: { zh: '强', en: 'strong' },
  weak: { zh: '弱', en: 'weak' },
  note: { zh: '提示', en: 'note' },
}
const exitWords: Readonly<Record<keyof typeof exitCode, Words>> = {
  governed: { zh: '完成', en: 'done' },
  findings: {
    zh: '完成，但问题达到 `--fail-on` 的级别；`ledger verify`：账本不完好',
    en: 'done, with findings at the level of `--fail-on`; `ledger verify`: the ledger is damaged',
  },
  unusable: {
    zh: '输入、设置或用法不可用，什么都没有改变',
    en: 'input, settings or usage cannot be used; nothing was changed',
  },
  unexpected: { zh: '程序内部出错，终端上有详细信息', en: 'an error in the program; the terminal shows the details' },
  cancelled: { zh: '已取消（Ctrl C），什么都没有改变', en: 'cancelled (Ctrl C); nothing was changed' },
}
/** Defaults that depend on the machine are described instead of shown. */
const machineDefaults: Readonly<Record<string, Words>> = {
  threads: { zh: '全部核', en: 'all cores' },
  memory: { zh: '内存的一半，512MiB 到 1792MiB 之间', en: 'half of the memory, between 512MiB and 1792MiB' },
  lang: { zh: '随系统语言', en: 'as the locale says' },
}
/** Code sets that checks use; all lists that ship stand in `data/codelists/README.md`. */
const codeSets = ['人的性别代码', '民族', '婚姻状况代码', '机构类别代码'] as const

interface Listed {
  readonly code: string
  readonly name: string
  readonly en: string
  readonly A: string
  readonly B: string
  readonly direction: 'up' | 'down'
}

export const tables: Readonly<Record<string, Table>> = {
  faults: (l) => {
    const w = pick(l)
    return table(
      [w('编号', 'code'), 'HTTP', w('可重试', 'retry'), w('说明', 'meaning')],
      Object.entries<FaultRow>(faults).map(([id, f]) => [
        code(id),
        f.status,
        f.retry ? w('是', 'yes') : w('否', 'no'),
        f[l],
      ]),
    )
  },
  findings: (l) => {
    const w = pick(l)
    return table(
      [w('编号', 'code'), w('级别', 'level'), w('说明', 'meaning')],
      Object.entries(findingTable).map(([id, f]) => [code(id), severities[f.severity]![l], f[l]]),
    )
  },
  exits: (l) =>
    table(
      [pick(l)('退出码', 'exit code'), pick(l)('含义', 'meaning')],
      (Object.keys(exitCode) as (keyof typeof exitCode)[]).map((name) => [exitCode[name], exitWords[name][l]]),
    ),
  settings: (l) => {
    const w = pick(l)
    return table(
      [w('设置', 'setting'), w('环境变量', 'environment'), w('默认', 'default'), w('含义', 'meaning')],
      Object.entries(settingTable).map(([name, row]) => [
        code(name),
        code(environmentName(name)),
        machineDefaults[name]?.[l] ?? code(row.fallback()),
        row.words[l],
      ]),
    )
  },
  elements: (l) => {
    const w = pick(l)
    return table(
      [
        w('短名', 'short name'),
        w('数据元', 'data element'),
        w('标准', 'standard'),
        w('格式', 'format'),
        w('敏感级别', 'grade'),
        w('检查', 'check'),
      ],
      elements.map((e) => [
        code(e.short),
        e.name[l],
        e.standard,
        e.format,
        e.grade,
        e.check === undefined ? w('无', 'none') : e.codeSet ? w('有，含代码集', 'yes, with code set') : w('有', 'yes'),
      ]),
    )
  },
  codesets: (l) => {
    const w = pick(l)
    const regions = [
      w('历年行政区划', 'regions of all years'),
      w('GB/T 2260，1981 年以来', 'GB/T 2260, since 1981'),
      regionsEver().size,
    ]
    const sets = codeSets.map((id) => codeSet(id))
    return table(
      [w('代码集', 'code set'), w('标准与版本', 'standard and edition'), w('代码数', 'codes')],
      [regions, ...sets.map((s) => [s.name, s.standard, s.codes.size])],
    )
  },
  steps: (l) =>
    table(
      [pick(l)('步骤', 'step'), pick(l)('说明', 'meaning')],
      Object.entries(stepWords).map(([step, words]) => [code(step), words[l]]),
    ),
  indicators: (l) => {
    const w = pick(l)
    const listed = readJsonList<{ indicators: Listed[] }>('gbt36344-2018-indicators.json').indicators
    const units: Readonly<Record<string, Words>> = {
      cell: { zh: '数据元素（单元格）', en: 'cell' },
      row: { zh: '记录', en: 'record' },
      pair: { zh: '主体事实', en: 'shared fact' },
    }
    return table(
      [w('编号', 'code'), w('指标', 'indicator'), w('单位', 'unit'), w('方向', 'better when')],
      indicatorsOf([], '').map((i) => {
        const meaning = listed.find((m) => m.code === i.code)!
        return [
          i.code,
          i.name[l],
          units[i.unit]![l],
          meaning.direction === 'up' ? w('越高越好', 'higher') : w('越低越好', 'lower'),
        ]
      }),
    )
  },
}

const place = /(<!-- table: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g

/** A page with its tables made anew. Throws when it asks for a table that does not exist. */
export function withTables(page: string, language: Language): string {
  return page.replace(place, (_, begin: string, name: string, end: string) => {
    const make = tables[name]
    if (make === undefined) throw new Error(`no table ${name}; there are ${Object.keys(tables).join(', ')}`)
    return `${begin}\n${make(language)}\n\n${end}`
  })
}

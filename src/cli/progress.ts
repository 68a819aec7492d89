import type { Language, Step, Words } from '../core/index.ts'
import { truncate, printable } from '../core/index.ts'

/** Names of stages as people read them. A stage without a name shows its code. */
export const stageNames: Readonly<Record<string, Words>> = {
  sample: { zh: '生成示例城市', en: 'writing the example city' },
  load: { zh: '归集', en: 'loading' },
  profile: { zh: '探查', en: 'profiling' },
  bind: { zh: '对标', en: 'binding' },
  check: { zh: '质检', en: 'checking' },
  across: { zh: '跨部门核对', en: 'checking across departments' },
  resolve: { zh: '主体融合', en: 'resolving entities' },
  evidence: { zh: '存证', en: 'sealing evidence' },
  write: { zh: '写出结果', en: 'writing results' },
  verify: { zh: '验证账本', en: 'verifying the ledger' },
}

/** What rooms call things in progress, where it is not a name of the user's own. */
const itemNames: Readonly<Record<string, Words>> = {
  'resolve/person': { zh: '自然人', en: 'people' },
  'resolve/enterprise': { zh: '企业', en: 'enterprises' },
}

export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface ProgressDisplay {
  step(step: Step): void
  /** Removes what is unfinished on the screen, so that other text starts on a clean line. */
  clear(): void
}

/** One moving line on a terminal; one plain line per stage and tenth elsewhere; nothing when quiet. */
export function progressDisplay(out: Terminal, language: Language, quiet: boolean): ProgressDisplay {
  if (quiet) return { step: () => {}, clear: () => {} }
  return out.isTTY ? movingLine(out, language) : plainLines(out, language)
}

export function stageLine(step: Step, language: Language): string {
  const name = stageNames[step.stage]?.[language] ?? step.stage
  const place = step.total > 1 ? ` ${step.done}/${step.total}` : ''
  const rows =
    step.rows === undefined ? '' : ` · ${step.rows.toLocaleString('en-US')}${language === 'zh' ? ' 条' : ' rows'}`
  const named = itemNames[`${step.stage}/${step.item}`]?.[language] ?? step.item
  const item = named === undefined ? '' : ` · ${printable(named)}`
  return `${name}${place}${rows}${item}`
}

function movingLine(out: Terminal, language: Language): ProgressDisplay {
  let shownAt = 0
  let stage = ''
  return {
    step(step) {
      const now = performance.now()
      if (step.stage === stage && now - shownAt < 80) return
      stage = step.stage
      shownAt = now
      // a Chinese character is two cells wide: half the width is always safe
      out.write(`\r\x1b[2K${truncate(stageLine(step, language), Math.floor((out.columns ?? 80) * 0.6))}`)
    },
    clear: () => void out.write('\r\x1b[2K'),
  }
}

function plainLines(out: Terminal, language: Language): ProgressDisplay {
  let last = ''
  return {
    step(step) {
      const tenth = step.total > 0 ? Math.floor((step.done / step.total) * 10) : 0
      const key = `${step.stage}/${tenth}`
      if (key === last) return
      last = key
      out.write(`${stageLine(step, language)}\n`)
    },
    clear: () => {},
  }
}

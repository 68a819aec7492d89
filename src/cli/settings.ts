import { cpus, totalmem } from 'node:os'
import { parse } from 'yaml'
import { fault, type Language, type Words } from '../core/index.ts'

/** One setting: where it may be given, its default, what it means. */
interface SettingRow {
  readonly fallback: () => string
  readonly words: Words
  /** Says in one sentence why a value cannot be used; undefined when it can. */
  readonly refuse?: (value: string) => string | undefined
}

const oneOf =
  (...allowed: readonly string[]) =>
  (value: string): string | undefined =>
    allowed.includes(value) ? undefined : allowed.join(' | ')
const whole =
  (low: number, high: number) =>
  (value: string): string | undefined =>
    /^\d+$/.test(value) && +value >= low && +value <= high ? undefined : `${low} … ${high}`
const memorySize = (value: string): string | undefined =>
  /^\d+(\.\d+)?(MB|GB|MiB|GiB)$/.test(value) ? undefined : '512MB, 2GB …'

/** Every setting there is. Environment: `DATONG_` and the name in capitals; file: `datong.config.yaml`; flags win over both. */
export const settingTable = {
  data: { fallback: () => './.datong', words: { zh: '数据目录', en: 'data directory' } },
  store: {
    fallback: () => 'embedded',
    words: { zh: '元数据库：embedded 或 postgres://…', en: 'metadata store: embedded or postgres://…' },
    refuse: (v) => (v === 'embedded' || /^postgres(ql)?:\/\//.test(v) ? undefined : 'embedded | postgres://…'),
  },
  engine: {
    fallback: () => 'embedded',
    words: { zh: '计算引擎（目前为 embedded）', en: 'engine (embedded for now)' },
    refuse: oneOf('embedded'),
  },
  threads: {
    fallback: () => String(cpus().length),
    words: { zh: '引擎线程数', en: 'threads of the engine' },
    refuse: whole(1, 1024),
  },
  memory: {
    fallback: () => `${Math.max(512, Math.min(1792, Math.floor((totalmem() * 0.5) / 1048576)))}MiB`,
    words: { zh: '引擎内存上限', en: 'memory limit of the engine' },
    refuse: memorySize,
  },
  host: { fallback: () => '127.0.0.1', words: { zh: '监听地址', en: 'address to listen on' } },
  port: { fallback: () => '7080', words: { zh: '监听端口', en: 'port to listen on' }, refuse: whole(0, 65535) },
  lang: { fallback: () => '', words: { zh: '界面语言 zh 或 en', en: 'language, zh or en' }, refuse: oneOf('zh', 'en') },
  failOn: {
    fallback: () => 'never',
    words: { zh: '何时以 1 退出：strong、any、never', en: 'when to exit with 1: strong, any, never' },
    refuse: oneOf('strong', 'any', 'never'),
  },
  findingsLimit: {
    fallback: () => '10000',
    words: { zh: '每条规则最多写出的问题数据行', en: 'failing rows written per rule at most' },
    refuse: whole(0, 1_000_000_000),
  },
  ledgerOrigin: {
    fallback: () => 'datong.local/data',
    words: { zh: '账本名称（首次使用时定下）', en: 'origin of the ledger (fixed at first use)' },
    refuse: (v) => (/^[^\s+]+$/.test(v) ? undefined : 'no blanks, no +'),
  },
} as const satisfies Record<string, SettingRow>

export type SettingName = keyof typeof settingTable
export type SettingSource = 'default' | 'file' | 'environment' | 'flag'
export interface Setting {
  readonly name: SettingName
  readonly value: string
  readonly source: SettingSource
  readonly words: Words
}
export type Settings = Readonly<Record<SettingName, Setting>>

export interface SettingInputs {
  readonly flags?: Readonly<Record<string, string | undefined>>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly file?: { readonly path: string; readonly text: string }
}

/** The environment's name of a setting: `failOn` → `DATONG_FAIL_ON`. */
export function environmentName(name: string): string {
  return `DATONG_${name.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()}`
}

/** Settles every setting: flag before environment before file before default. Throws `core.bad-setting` naming the first bad one. */
export function settle(inputs: SettingInputs): Settings {
  const file = inputs.file ? readFile(inputs.file) : {}
  const entries = Object.entries(settingTable).map(([key, row]) => {
    const name = key as SettingName
    const setting = choose(name, row, inputs, file)
    const why = setting.value === '' ? undefined : (row as SettingRow).refuse?.(setting.value)
    if (why !== undefined)
      throw fault('core.bad-setting', { name: `${name} (${setting.source})`, value: shown(setting), why })
    return [name, setting] as const
  })
  return Object.fromEntries(entries) as unknown as Settings
}

function choose(name: SettingName, row: SettingRow, inputs: SettingInputs, file: Record<string, string>): Setting {
  const flag = inputs.flags?.[name]
  if (flag !== undefined) return { name, value: flag, source: 'flag', words: row.words }
  const env = inputs.env[environmentName(name)]
  if (env !== undefined && env !== '') return { name, value: env, source: 'environment', words: row.words }
  const written = file[name]
  if (written !== undefined) return { name, value: written, source: 'file', words: row.words }
  const value = name === 'lang' ? localeLanguage(inputs.env) : row.fallback()
  return { name, value, source: 'default', words: row.words }
}

function readFile({ path, text }: { path: string; text: string }): Record<string, string> {
  let parsed: unknown
  try {
    parsed = parse(text) ?? {}
  } catch (error) {
    throw fault('cli.config-unreadable', { path, why: (error as Error).message.split('\n')[0]! }, { cause: error })
  }
  if (typeof parsed !== 'object' || Array.isArray(parsed))
    throw fault('cli.config-unreadable', { path, why: 'expected "name: value" lines' })
  const unknown = Object.keys(parsed as object).find((key) => !(key in settingTable))
  if (unknown !== undefined)
    throw fault('core.bad-setting', { name: `${unknown} (${path})`, value: '…', why: 'unknown name' })
  return Object.fromEntries(Object.entries(parsed as object).map(([key, value]) => [key, String(value)]))
}

/** A value fit for the screen: the password of a database address never is. */
export function shown(setting: Pick<Setting, 'value'>): string {
  return setting.value.replace(/(:\/\/[^:/@]+):[^@]*@/, '$1:***@')
}

/** The language of the terminal: the first of LC_ALL, LC_MESSAGES, LANG that is set; Chinese when it begins with zh. */
export function localeLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

import type { FaultTable } from '../fault.ts'

export const ledgerFaults = {
  'ledger.none': {
    status: 404,
    retry: false,
    zh: '数据目录 {path} 里没有账本。',
    en: 'There is no ledger in the data directory {path}.',
  },
  'ledger.damaged': {
    status: 500,
    retry: false,
    zh: '账本与其检查点不符，拒绝继续：{origin}。请运行 datong ledger verify。',
    en: 'The ledger does not fit its checkpoint and is not continued: {origin}. Run datong ledger verify.',
  },
  'ledger.bad-checkpoint': {
    status: 500,
    retry: false,
    zh: '账本检查点的签名不成立：{origin}。',
    en: "The signature of the ledger's checkpoint does not hold: {origin}.",
  },
  'ledger.no-entry': {
    status: 404,
    retry: false,
    zh: '账本里没有第 {index} 条。',
    en: 'The ledger has no entry {index}.',
  },
  'ledger.entry-too-long': {
    status: 400,
    retry: false,
    zh: '条目有 {bytes} 字节，上限 {limit}。',
    en: 'The entry has {bytes} bytes; {limit} are allowed.',
  },
} as const satisfies FaultTable

import type { FaultTable } from '../fault.ts'

export const storeFaults = {
  'store.in-use': {
    status: 409,
    retry: true,
    zh: '数据目录 {path} 正被进程 {pid} 使用。',
    en: 'The data directory {path} is in use by process {pid}.',
  },
} as const satisfies FaultTable

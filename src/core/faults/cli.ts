import type { FaultTable } from '../fault.ts'

export const cliFaults = {
  'cli.usage': { status: 400, retry: false, zh: '用法有误：{why}', en: 'Wrong usage: {why}' },
  'cli.config-unreadable': {
    status: 400,
    retry: false,
    zh: '配置文件 {path} 无法读取：{why}',
    en: 'The configuration file {path} cannot be read: {why}',
  },
} as const satisfies FaultTable

import type { FaultTable } from '../fault.ts'

export const coreFaults = {
  'core.unexpected': {
    status: 500,
    retry: false,
    zh: '程序内部出错，请查看日志。',
    en: 'Something unexpected went wrong; see the log.',
  },
  'core.cancelled': { status: 499, retry: true, zh: '已取消。', en: 'Cancelled.' },
  'core.bad-setting': {
    status: 400,
    retry: false,
    zh: '设置“{name}”的值“{value}”不可用：{why}',
    en: 'Setting "{name}" cannot be "{value}": {why}',
  },
} as const satisfies FaultTable

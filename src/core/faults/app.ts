import type { FaultTable } from '../fault.ts'

export const appFaults = {
  'app.out-not-ours': {
    status: 409,
    retry: false,
    zh: '输出目录 {path} 已有别的文件，请换一个目录或先清空。',
    en: 'The output folder {path} holds other files; choose another folder or empty it first.',
  },
  'app.no-run': {
    status: 404,
    retry: false,
    zh: '数据目录 {path} 里还没有治理结果，请先运行 datong govern。',
    en: 'The data directory {path} holds no result yet; run datong govern first.',
  },
  'app.no-dataset': {
    status: 404,
    retry: false,
    zh: '没有数据资源“{name}”。',
    en: 'There is no data resource "{name}".',
  },
  'app.no-rule': { status: 404, retry: false, zh: '没有规则“{name}”。', en: 'There is no rule "{name}".' },
  'app.no-space': {
    status: 507,
    retry: true,
    zh: '磁盘空间不足，已恢复到之前的状态：{path}',
    en: 'The disk is full; the earlier state was kept: {path}',
  },
  'app.cannot-write': {
    status: 403,
    retry: false,
    zh: '无法写入 {path}：{why}',
    en: 'Cannot write to {path}: {why}',
  },
} as const satisfies FaultTable

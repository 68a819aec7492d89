import type { FaultTable } from '../fault.ts'

export const engineFaults = {
  'engine.failed': {
    status: 500,
    retry: false,
    zh: '计算引擎在“{stage}”一步出错。',
    en: 'The engine failed at the stage "{stage}".',
  },
  'engine.no-memory': {
    status: 507,
    retry: true,
    zh: '“{stage}”一步超出内存上限，请加大 --memory。',
    en: 'The stage "{stage}" needs more memory than allowed; raise --memory.',
  },
  'engine.no-space': {
    status: 507,
    retry: true,
    zh: '“{stage}”一步写盘时空间不足。',
    en: 'The disk was full at the stage "{stage}".',
  },
  'engine.bad-name': {
    status: 400,
    retry: false,
    zh: '名称含有空字符，引擎无法使用。',
    en: 'A name holds a NUL character, which the engine cannot carry.',
  },
} as const satisfies FaultTable

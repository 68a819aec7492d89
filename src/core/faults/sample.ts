import type { FaultTable } from '../fault.ts'

export const sampleFaults = {
  'sample.too-small': {
    status: 400,
    retry: false,
    zh: '示例城市至少需要 30 人和 10 家企业。',
    en: 'The example city needs at least 30 people and 10 enterprises.',
  },
  'sample.folder-in-use': {
    status: 409,
    retry: false,
    zh: '目录 {path} 里已有别的文件，请换一个目录。',
    en: 'The folder {path} holds other files; choose another.',
  },
} as const satisfies FaultTable

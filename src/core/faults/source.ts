import type { FaultTable } from '../fault.ts'

export const sourceFaults = {
  'source.no-such-folder': { status: 404, retry: false, zh: '没有目录 {path}。', en: 'There is no folder {path}.' },
  'source.not-a-folder': { status: 400, retry: false, zh: '{path} 不是目录。', en: '{path} is not a folder.' },
  'source.no-permission': {
    status: 403,
    retry: false,
    zh: '没有读取 {path} 的权限。',
    en: 'No permission to read {path}.',
  },
  'source.empty-folder': {
    status: 400,
    retry: false,
    zh: '{path} 里没有可读取的数据文件（CSV、TSV、XLSX、JSON、NDJSON、Parquet 及其 gzip、zip）。',
    en: '{path} holds no data file that can be read (CSV, TSV, XLSX, JSON, NDJSON, Parquet, and gzip or zip of these).',
  },
  'source.no-such-file': { status: 404, retry: false, zh: '没有文件 {path}。', en: 'There is no file {path}.' },
  'source.not-a-file': {
    status: 400,
    retry: false,
    zh: '{path} 是目录，不是文件；治理目录请用 datong govern。',
    en: '{path} is a folder, not a file; datong govern takes folders.',
  },
  'source.not-a-data-file': {
    status: 400,
    retry: false,
    zh: '{path} 不是能读取的数据文件（CSV、TSV、XLSX、JSON、NDJSON、Parquet 及其 gzip、zip）。',
    en: '{path} is no data file that can be read (CSV, TSV, XLSX, JSON, NDJSON, Parquet, and gzip or zip of these).',
  },
  'source.nothing-read': {
    status: 400,
    retry: false,
    zh: '{path} 里的文件都无法读取，第一个原因：{why}',
    en: 'No file in {path} could be read; the first reason: {why}',
  },
} as const satisfies FaultTable

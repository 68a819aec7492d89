import type { FaultTable } from '../fault.ts'

export const storeFaults = {
  'store.in-use': {
    status: 409,
    retry: true,
    zh: '数据目录 {path} 正被进程 {pid} 使用。',
    en: 'The data directory {path} is in use by process {pid}.',
  },
  'store.unreachable': {
    status: 503,
    retry: true,
    zh: '连接不上元数据库 {address}：{why}',
    en: 'The metadata store {address} cannot be reached: {why}',
  },
  'store.refused': {
    status: 503,
    retry: false,
    zh: '元数据库 {address} 拒绝登录：请核对用户名和密码。',
    en: 'The metadata store {address} refused the sign-in: check user and password.',
  },
  'store.no-database': {
    status: 503,
    retry: false,
    zh: '元数据库 {address} 不存在，请先由管理员创建。',
    en: 'There is no database {address}; have it created first.',
  },
  'store.not-allowed': {
    status: 503,
    retry: false,
    zh: '元数据库的用户没有所需权限（SQLSTATE {state}），请授予在该库建表的权限。',
    en: 'The user of the metadata store lacks a right (SQLSTATE {state}); grant it the right to create tables there.',
  },
  'store.bad-address': {
    status: 400,
    retry: false,
    zh: '元数据库地址无法识别，应形如 postgres://用户:密码@主机:5432/库名。',
    en: 'The address of the metadata store cannot be read; it looks like postgres://user:password@host:5432/database.',
  },
  'store.damaged': {
    status: 503,
    retry: false,
    zh: '内嵌元数据库 {path} 无法打开，请从备份恢复该目录；也可将其移走后重新治理：{why}',
    en: 'The embedded store {path} cannot be opened; restore that folder from a backup, or move it away and govern again: {why}',
  },
  'store.lost': {
    status: 503,
    retry: true,
    zh: '与元数据库的连接中断：{why}',
    en: 'The connection to the metadata store broke: {why}',
  },
  'store.closed': { status: 503, retry: true, zh: '元数据库已关闭。', en: 'The metadata store is closed.' },
  'store.busy': {
    status: 503,
    retry: true,
    zh: '元数据库忙，请稍后再试（SQLSTATE {state}）。',
    en: 'The metadata store is busy; try again later (SQLSTATE {state}).',
  },
  'store.newer': {
    status: 409,
    retry: false,
    zh: '元数据库由更新版本的大同写成（{room} 第 {number} 号迁移“{name}”），请升级程序。',
    en: 'The metadata store was written by a newer Datong ({room}, migration {number} "{name}"); upgrade the program.',
  },
  'store.migration-differs': {
    status: 409,
    retry: false,
    zh: '元数据库中 {room} 第 {number} 号迁移名为“{found}”，程序中为“{known}”，不是同一套迁移。',
    en: 'Migration {number} of {room} is "{found}" in the metadata store and "{known}" in the program: not the same set.',
  },
  'store.bad-text': {
    status: 400,
    retry: false,
    zh: '文本含有无法保存的字符（NUL 或残缺的代理对）。',
    en: 'The text holds a character that cannot be kept (NUL or half a surrogate pair).',
  },
  'store.constraint': {
    status: 409,
    retry: false,
    zh: '违反元数据库约束“{name}”（SQLSTATE {state}）。',
    en: 'Constraint "{name}" of the metadata store is violated (SQLSTATE {state}).',
  },
  'store.no-space': {
    status: 507,
    retry: true,
    zh: '元数据库所在磁盘空间不足：{path}',
    en: 'The disk of the metadata store is full: {path}',
  },
  'store.cannot-write': {
    status: 503,
    retry: false,
    zh: '无法写入内嵌元数据库 {path}：{why}',
    en: 'Cannot write to the embedded store {path}: {why}',
  },
  'store.query-failed': {
    status: 500,
    retry: false,
    zh: '元数据库操作失败（SQLSTATE {state}）。',
    en: 'The metadata store refused a statement (SQLSTATE {state}).',
  },
} as const satisfies FaultTable

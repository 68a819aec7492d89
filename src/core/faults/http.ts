import type { FaultTable } from '../fault.ts'

export const httpFaults = {
  'http.not-found': { status: 404, retry: false, zh: '没有这个地址。', en: 'There is nothing at this address.' },
  'http.bad-request': { status: 400, retry: false, zh: '请求有误：{why}', en: 'The request cannot be used: {why}' },
  'http.sign-in-needed': {
    status: 401,
    retry: false,
    zh: '请先登录：使用启动服务时终端里显示的一次性链接。',
    en: 'Sign in first: use the one-time link printed where the server was started.',
  },
  'http.foreign-host': {
    status: 421,
    retry: false,
    zh: '不接受发往此主机名的请求。',
    en: 'Requests for this host name are refused.',
  },
  'http.foreign-origin': {
    status: 403,
    retry: false,
    zh: '不接受来自其他站点的写请求。',
    en: 'Writes from another site are refused.',
  },
  'http.port-taken': {
    status: 409,
    retry: false,
    zh: '端口 {port} 已被占用，请用 --port 换一个。',
    en: 'Port {port} is in use; choose another with --port.',
  },
  'http.closing': { status: 503, retry: true, zh: '服务正在停止。', en: 'The server is stopping.' },
} as const satisfies FaultTable

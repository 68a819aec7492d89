import type { FaultTable } from '../fault.ts'

export const accessFaults = {
  'access.bad-link': {
    status: 401,
    retry: false,
    zh: '登录链接无效、已用过或已过期，请重新启动服务取得新链接。',
    en: 'The sign-in link is wrong, used or expired; restart the server for a new one.',
  },
  'access.too-many': {
    status: 429,
    retry: true,
    zh: '尝试次数过多，请稍后再试。',
    en: 'Too many attempts; try again later.',
  },
} as const satisfies FaultTable

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sessionCookie } from './server.ts'
import type { Services } from './services.ts'

const shell = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title>
<style>body{font:16px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;max-width:640px;margin:12vh auto;padding:0 20px;color:#1f1f1f}code{background:#f5f5f5;padding:2px 6px}</style>
</head><body><main>${body}</main></body></html>`

const signInPage = shell(
  '大同 · 登录',
  `<h1>大同</h1><p id="say" role="status">正在登录… Signing in…</p><noscript>登录需要 JavaScript。 Signing in needs JavaScript.</noscript><script src="/sign-in.js"></script>`,
)
const forbidden = shell(
  '大同 · 请先登录',
  '<h1>请先登录 · Sign in first</h1><p>请打开启动服务的终端里显示的一次性链接；链接用过或过期后，重新运行 <code>datong serve</code> 即可得到新的。</p><p lang="en">Open the one-time link printed where the server was started; run <code>datong serve</code> again for a new one.</p>',
)
/** The token stands behind `#`, so it never reaches a server log; it is posted once and taken out of the address. */
const signInScript = `const token=location.hash.slice(1);history.replaceState(null,'','/sign-in');
fetch('/api/v1/session',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({token})}).then(async r=>{
if(r.ok){location.replace('/');return}const p=await r.json();document.getElementById('say').textContent=p.words.zh+' '+p.words.en}).catch(()=>{document.getElementById('say').textContent='连接失败 Connection failed'})`

/** The pages that need no built console: signing in, and the report of the latest run for whoever has signed in. */
export function addPages(server: FastifyInstance, services: Services): void {
  const hidden = { schema: { hide: true } }
  const html = (reply: FastifyReply, text: string): FastifyReply =>
    reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(text)
  server.get('/sign-in', hidden, async (_request, reply) => html(reply, signInPage))
  server.get('/sign-in.js', hidden, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(signInScript),
  )
  server.get('/', hidden, async (request: FastifyRequest, reply) => {
    const cookie = request.cookies[sessionCookie]
    if (cookie === undefined || (await services.who(cookie)) === undefined) return html(reply.status(401), forbidden)
    const report = await services.report()
    // the report is one file with its own style and its one small script, and loads nothing
    reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'none'",
    )
    return html(reply, report)
  })
}

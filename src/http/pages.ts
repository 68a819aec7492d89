import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import files from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fault } from '../core/index.ts'
import { sessionCookie } from './server.ts'
import type { Services } from './services.ts'

/** Where the built console lies: in a checkout's `dist`, or beside the compiled program. */
export const builtConsole = ['../../dist/console/', '../../console/'].map((place) =>
  fileURLToPath(new URL(place, import.meta.url)),
)

const shell = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title>
<style>body{font:16px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;max-width:640px;margin:12vh auto;padding:0 20px;color:#1f1f1f}code{background:#f5f5f5;padding:2px 6px}a{color:#0958d9}</style>
</head><body><main>${body}</main></body></html>`

const signInPage = shell(
  '大同 · 登录',
  `<h1>大同</h1><p id="say" role="status">正在登录… Signing in…</p><noscript>登录需要 JavaScript。 Signing in needs JavaScript.</noscript><script src="/sign-in.js"></script>`,
)
const forbidden = shell(
  '大同 · 请先登录',
  '<h1>请先登录 · Sign in first</h1><p>请打开启动服务的终端里显示的一次性链接；链接用过或过期后，重新运行 <code>datong serve</code> 即可得到新的。</p><p lang="en">Open the one-time link printed where the server was started; run <code>datong serve</code> again for a new one.</p>',
)
const notBuilt = shell(
  '大同 · 控制台尚未构建',
  '<h1>控制台尚未构建 · The console has not been built</h1><p>请在程序目录运行 <code>npm run build</code> 后刷新。在此之前可以看<a href="/report">质量报告</a>。</p><p lang="en">Run <code>npm run build</code> in the program\'s folder and reload. Until then there is the <a href="/report?lang=en">report</a>.</p>',
)
/** The token stands behind `#`, so it never reaches a server log; it is posted once and taken out of the address. */
const signInScript = `const token=location.hash.slice(1);history.replaceState(null,'','/sign-in');
fetch('/api/v1/session',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({token})}).then(async r=>{
if(r.ok){location.replace('/');return}const p=await r.json();document.getElementById('say').textContent=p.words.zh+' '+p.words.en}).catch(()=>{document.getElementById('say').textContent='连接失败 Connection failed'})`

const hidden = { schema: { hide: true } }
const html = (reply: FastifyReply, text: string): FastifyReply =>
  reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(text)

/** The pages: signing in, the report of the latest run, and the console for every other address a person may open. */
export async function addPages(
  server: FastifyInstance,
  services: Services,
  places: readonly string[] = builtConsole,
): Promise<void> {
  server.get('/sign-in', hidden, async (_request, reply) => html(reply, signInPage))
  server.get('/sign-in.js', hidden, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(signInScript),
  )
  server.get<{ Querystring: { lang?: string } }>('/report', hidden, async (request, reply) => {
    if (!(await signedIn(request, services))) return html(reply.status(401), forbidden)
    const { lang } = request.query
    const report = await services.report(lang === 'zh' || lang === 'en' ? lang : undefined)
    // the report is one file with its own style and its one small script, and loads nothing
    reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'none'",
    )
    return html(reply, report)
  })
  await addConsole(server, services, places)
}

async function signedIn(request: FastifyRequest, services: Services): Promise<boolean> {
  const cookie = request.cookies[sessionCookie]
  return cookie !== undefined && (await services.who(cookie)) !== undefined
}

/**
 * The built console holds no data, so anybody may load it; it asks for a session itself. Files under `assets/` carry
 * their hash in the name and never change; `index.html` is asked for each time. It is looked for at each request, so
 * that a build under a running server is seen.
 */
async function addConsole(server: FastifyInstance, services: Services, places: readonly string[]): Promise<void> {
  const built = (): string | undefined => places.find(isBuilt)
  await server.register(files, { serve: false, preCompressed: true })
  server.get<{ Params: { '*': string } }>('/assets/*', hidden, async ({ params }, reply) => {
    const folder = built()
    // assets lie in one folder under names that Vite chose
    if (folder === undefined || !/^[\w-][\w.-]*$/.test(params['*'])) throw fault('http.not-found')
    return reply.sendFile(params['*'], join(folder, 'assets'), { immutable: true, maxAge: '365d', index: false })
  })
  server.get('/mark.svg', hidden, async (_request, reply) => {
    const folder = built()
    if (folder === undefined) throw fault('http.not-found')
    return reply.sendFile('mark.svg', folder, { maxAge: '1d' })
  })
  // every other address that a browser opens is one of the console's own
  server.get('/*', hidden, async (request, reply) => {
    if (!wantsPage(request)) throw fault('http.not-found')
    const folder = built()
    if (folder !== undefined) return html(reply, await readFile(join(folder, 'index.html'), 'utf8'))
    return (await signedIn(request, services)) ? html(reply.status(503), notBuilt) : html(reply.status(401), forbidden)
  })
}

/** The console's source has an `index.html` too, but no `assets`. */
function isBuilt(folder: string): boolean {
  return existsSync(join(folder, 'index.html')) && existsSync(join(folder, 'assets'))
}

/** A person's browser asks for a page; programs asking for an address that is not there get a plain fault. */
function wantsPage(request: FastifyRequest): boolean {
  return (
    request.url === '/' || (!request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html'))
  )
}

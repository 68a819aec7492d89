/**
 * `npm run dev`: the server with the example city, restarted when its source changes, and before it the console with
 * hot reload. One address for both: Vite's, which hands `/api`, `/sign-in` and `/report` on to the server.
 * `npm run dev -- <folder>` serves that folder instead.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const port = process.env['DATONG_PORT'] ?? '7080'
const behind = `http://127.0.0.1:${port}`
process.env['DATONG_DEV_SERVER'] = behind

const vite = await createServer({ configFile: join(root, 'console', 'vite.config.ts') })
await vite.listen()
const address = vite.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? ''

const folders = process.argv.slice(2)
const served = folders.length === 0 ? ['--demo'] : folders
const args = ['--watch-path', join(root, 'src'), '--watch-preserve-output', join(root, 'bin', 'datong.js'), 'serve']
const server = spawn(process.execPath, [...args, '--port', port, ...served], {
  cwd: root,
  stdio: ['inherit', 'pipe', 'inherit'],
})
// the links the server prints should open the console that reloads
createInterface({ input: server.stdout }).on('line', (line) => console.log(line.replaceAll(behind, address)))
server.on('close', (code) => {
  void vite.close().then(() => process.exit(code ?? 0))
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal))

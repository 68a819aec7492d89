/**
 * `npm run build`: everything the package ships. `node scripts/build.ts console` builds the named parts only.
 * program: the compiled program to `dist/src`, the result's schema to `schema/`. console: the browser's half to `dist/console`.
 * store: the empty database that a first start unpacks, to `dist`.
 * Parts run side by side. A part whose tools are not installed (`npm ci --omit=dev`) is left out, and says so.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` }

interface Part {
  /** Programs of `node_modules/.bin` the part cannot do without. */
  readonly needs: readonly string[]
  build(): Promise<void>
}

const parts: Readonly<Record<string, Part>> = {
  program: {
    needs: ['tsc'],
    async build() {
      await rm(join(root, 'dist', 'src'), { recursive: true, force: true })
      await run('tsc', '-b', 'src')
      await run('node', 'scripts/schema.ts')
    },
  },
  console: {
    needs: ['vite'],
    async build() {
      await run('vite', 'build', '--config', 'console/vite.config.ts', '--logLevel', 'warn')
      await compress(join(root, 'dist', 'console', 'assets'))
    },
  },
  store: {
    needs: [],
    async build() {
      const { prepareSnapshot } = await import('../src/store/embedded/snapshot.ts')
      // without it a first start makes the database itself, slower; so a failure here stops nobody
      await prepareSnapshot(join(root, 'dist')).catch((error: unknown) => console.error('store: not prepared,', error))
    },
  },
}

function run(command: string, ...args: string[]): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env })
    child.on('error', failed)
    child.on('close', (code) => (code === 0 ? done() : failed(new Error(`${command} ${args.join(' ')}: ${code}`))))
  })
}

/** The server sends `x.js.gz` where a browser takes gzip; nothing is compressed while it serves. */
async function compress(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /\.(js|css)$/.test(name))
  await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      await writeFile(
        `${path}.gz`,
        await promisify(gzip)(await readFile(path), { level: constants.Z_BEST_COMPRESSION }),
      )
    }),
  )
}

async function build(name: string): Promise<void> {
  const part = parts[name]
  if (part === undefined) throw new Error(`no part "${name}"; there are: ${Object.keys(parts).join(', ')}`)
  const missing = part.needs.filter((tool) => !existsSync(join(bin, tool)))
  if (missing.length > 0) return console.log(`${name}: not built, ${missing.join(', ')} is not installed`)
  await part.build()
}

const wanted = process.argv.slice(2)
try {
  await Promise.all((wanted.length === 0 ? Object.keys(parts) : wanted).map(build))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

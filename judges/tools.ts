import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Unavailable } from './judge.ts'

export const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const cache = here('../.cache/judges')

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end, `input` on its standard input. A program that is not there ends with 127. */
export function exec(
  command: string,
  args: readonly string[],
  options: { input?: string; env?: Record<string, string>; cwd?: string } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...(options.cwd ? { cwd: options.cwd } : {}),
      env: { ...process.env, ...options.env },
    })
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
    child.stdout.on('data', (chunk: Buffer) => void stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => void stderr.push(chunk))
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
    child.on('error', (error) => resolve({ code: 127, stdout: '', stderr: error.message }))
    child.on('close', (code) =>
      resolve({ code: code ?? 1, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    )
  })
}

/** Runs a step of an installation; what fails here is the machine's or the registry's, not ours. */
async function install(what: string, command: string, args: readonly string[], env?: Record<string, string>) {
  const ended = await exec(command, args, env ? { env } : {})
  if (ended.code !== 0)
    throw new Unavailable(`${what}: ${(ended.stderr || ended.stdout).trim().split('\n').slice(-1)[0] ?? ended.code}`)
  return ended.stdout.trim()
}

/** Does a piece of work once for a given recipe and remembers that it was done. */
async function onceFor(name: string, recipe: string, work: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cache, name)
  const mark = join(folder, 'recipe')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === recipe) return folder
  mkdirSync(folder, { recursive: true })
  await work(folder)
  writeFileSync(mark, recipe)
  return folder
}

let python: Promise<string> | undefined

/** A Python with the packages of `python/requirements.txt`, in an environment of its own. */
function pythonHere(): Promise<string> {
  python ??= makePython()
  return python
}
async function makePython(): Promise<string> {
  const version = await install('python3', 'python3', ['-V'])
  const requirements = here('./python/requirements.txt')
  const folder = await onceFor('python', version + readFileSync(requirements, 'utf8'), async (at) => {
    await install('python3 -m venv', 'python3', ['-m', 'venv', '--clear', at])
    await install('pip', join(at, 'bin', 'python'), ['-m', 'pip', 'install', '-q', '--no-input', '-r', requirements])
  })
  return join(folder, 'bin', 'python')
}

/** Asks a script of `python/`: JSON in, JSON out. A script that fails is a verdict against us, never a silence. */
export async function askPython<T>(script: string, question: unknown): Promise<T> {
  const ended = await exec(await pythonHere(), ['-I', '-X', 'utf8', here(`./python/${script}`)], {
    input: JSON.stringify(question),
  })
  if (ended.code !== 0) throw new Error(`${script} ended with ${ended.code}: ${ended.stderr.slice(-2000)}`)
  return JSON.parse(ended.stdout) as T
}

/** The program of `go/`, built. */
export async function goProgram(): Promise<string> {
  const version = await install('go', 'go', ['version'])
  const recipe = [version, ...['main.go', 'go.mod', 'go.sum'].map((f) => readFileSync(here(`./go/${f}`), 'utf8'))]
  const folder = await onceFor('go', recipe.join('\n'), async (at) => {
    const env = {
      GOTOOLCHAIN: 'local',
      GOFLAGS: '-mod=readonly -buildvcs=false',
      GOMODCACHE: join(cache, 'go-modules'),
    }
    await install('go build', 'go', ['-C', here('./go'), 'build', '-o', join(at, 'judge'), '.'], env)
  })
  return join(folder, 'judge')
}

/** Java of at least this feature version: JAVA_HOME, then the path, then where Linux distributions put theirs. */
async function javaHome(least: number): Promise<string> {
  const usual = '/usr/lib/jvm'
  const homes = [process.env['JAVA_HOME'], ...(existsSync(usual) ? readdirSync(usual).map((n) => join(usual, n)) : [])]
  for (const home of homes.filter((h) => h !== undefined && existsSync(join(h, 'bin', 'javac')))) {
    const { stdout } = await exec(join(home!, 'bin', 'javac'), ['-version'])
    if (Number(/javac (\d+)/.exec(stdout)?.[1] ?? 0) >= least) return home!
  }
  throw new Unavailable(`no Java development kit of version ${least} or newer (set JAVA_HOME)`)
}

/** Starts the program of `java/` with the libraries its `pom.xml` names. */
export async function startJava(log: number): Promise<ChildProcess> {
  const home = await javaHome(24)
  const recipe = [home, ...['pom.xml', 'Engine.java'].map((f) => readFileSync(here(`./java/${f}`), 'utf8'))].join('\n')
  const folder = await onceFor('java', recipe, async (at) => {
    const env = { JAVA_HOME: home }
    const classpath = join(at, 'classpath')
    const repository = `-Dmaven.repo.local=${join(cache, 'maven')}`
    const goal = ['dependency:build-classpath', `-Dmdep.outputFile=${classpath}`]
    await install('mvn', 'mvn', ['-q', '-B', repository, '-f', here('./java/pom.xml'), ...goal], env)
    const libraries = readFileSync(classpath, 'utf8')
    await install('javac', join(home, 'bin', 'javac'), ['-d', at, '-cp', libraries, here('./java/Engine.java')])
  })
  const libraries = readFileSync(join(folder, 'classpath'), 'utf8')
  // short runs of much generated code: the first compiler alone is twice as fast as both
  const options = ['-Xmx2g', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', `${folder}:${libraries}`]
  return spawn(join(home, 'bin', 'java'), [...options, 'Engine'], { stdio: ['pipe', 'pipe', log] })
}

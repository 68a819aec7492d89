import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import packed, { inflate } from '@sparticuz/chromium'
import { type Browser, chromium, type Page } from 'playwright-core'
import { root } from '../support/run.ts'

/** Where the browser from npm is unpacked, once a checkout: not the shared `/tmp`, where others may be unpacking too. */
const unpacked = join(root, '.cache', 'chromium')
const bundled = join(root, 'node_modules', '@sparticuz', 'chromium', 'bin')

/** A real Chromium. Runs as root and without the machine's own libraries for a browser, if need be. */
export async function openBrowser(): Promise<Browser> {
  await mkdir(unpacked, { recursive: true })
  process.env['TMPDIR'] = unpacked
  try {
    const executablePath = await packed.executablePath()
    const options = { executablePath, args: ['--no-sandbox', '--disable-gpu'] }
    return await chromium.launch(options).catch(async () => {
      // a bare machine lacks nss and friends; the package brings them for such
      if (!existsSync(join(unpacked, 'al2023'))) await inflate(join(bundled, 'al2023.tar.br'))
      const LD_LIBRARY_PATH = join(unpacked, 'al2023', 'lib')
      return chromium.launch({ ...options, env: { ...process.env, LD_LIBRARY_PATH } as Record<string, string> })
    })
  } finally {
    delete process.env['TMPDIR']
  }
}

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe-core finds against WCAG 2.2 A and AA, as one line a rule with the first places. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async (values) => {
    type Found = { violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] }
    const { axe } = globalThis as unknown as { axe: { run(context: Document, options: object): Promise<Found> } }
    const found = await axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] })
    return found.violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes
          .slice(0, 3)
          .map((n) => `${n.target.join(' ')} ${n.failureSummary ?? ''}`)
          .join(' | ')}`,
    )
  }, tags)
}

/** More stops than any page has. */
const mostStops = 600

/** Walks the page by Tab from its first stop to its last. Answers the stops; throws where focus stays caught. */
export async function walkForward(page: Page): Promise<string[]> {
  await page.locator('.skip').focus()
  return walk(page, 'Tab')
}

/** Back by Shift+Tab from where the walk forward ended. */
export function walkBack(page: Page): Promise<string[]> {
  return walk(page, 'Shift+Tab')
}

async function walk(page: Page, key: 'Tab' | 'Shift+Tab'): Promise<string[]> {
  const stops = [await page.evaluate(stopHere)]
  while (stops.length < mostStops) {
    await page.keyboard.press(key)
    const stop = await page.evaluate(stopHere)
    // the page's end: focus has left it, or has come round
    if (stop === '' || stop === stops[0]) {
      await page.evaluate(focusAgain)
      return stops
    }
    if (stop === stops.at(-1) && stop === stops.at(-2)) throw new Error(`${key} stays caught at ${stop}`)
    stops.push(stop)
  }
  throw new Error(`${key} never comes round: … ${stops.slice(-4).join(' → ')}`)
}

interface Kept {
  names: Map<Element, number>
  last: HTMLElement
}

/** The element in focus, under a name no other element has; '' where focus has left the page. */
function stopHere(): string {
  const kept = globalThis as unknown as Kept
  kept.names ??= new Map()
  const { names } = kept
  const element = document.activeElement
  if (element === null || element === document.body || element === document.documentElement) return ''
  if (!names.has(element)) names.set(element, names.size + 1)
  // after a walk that came round, the way back begins at its last stop, not at its first
  if (element !== names.keys().next().value || names.size === 1) kept.last = element as HTMLElement
  const said = element.getAttribute('aria-label') ?? element.textContent ?? ''
  return `${names.get(element)} ${element.tagName.toLowerCase()} ${said.trim().slice(0, 30)}`
}

function focusAgain(): void {
  ;(globalThis as unknown as Kept).last.focus()
}

import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { profileDataset } from '../catalogue/index.ts'
import { type Clock, fault, flush, type Language, type Step, type Watch } from '../core/index.ts'
import {
  col,
  type Engine,
  type EngineOptions,
  from,
  openEngine,
  parquet,
  type Relation,
  type Session,
  unionAll,
} from '../engine/index.ts'
import {
  crossrefColumns,
  type EntityKind,
  findOddities,
  goldenColumns,
  type KindSummary,
  type LinkSource,
  linkedValues,
  type Oddity,
  planCrossref,
  planGolden,
  planSources,
  resolveKind,
  safeForSpreadsheets,
} from '../identity/index.ts'
import { commit, Ledger } from '../ledger/index.ts'
import {
  type Checked,
  checkAcross,
  checkDataset,
  comparedValues,
  deriveRules,
  type RuleResult,
} from '../quality/index.ts'
import { evidenceBytes, type Result, type RunInfo, reportHtml } from '../report/index.ts'
import { type LoadedVersion, loadFolder } from '../source/index.ts'
import { bindColumns } from '../standard/index.ts'
import type { Store } from '../store/index.ts'
import { assemble, catalogueDocument } from './assemble.ts'
import { FindingsFile } from './findings.ts'
import { recordFinished } from './record.ts'
import { replaceFolder, stagingNote, stagingOf } from './staging.ts'
import { places, type Studied } from './workspace.ts'

export interface GovernOptions {
  readonly folder: string
  readonly out: string
  readonly data: string
  readonly language: Language
  readonly threads: number
  readonly memory: string
  readonly findingsLimit: number
  readonly ledgerOrigin: string
  readonly version: string
  readonly clock: Clock
  /** Where the run is written down; it may still be opening. The caller closes it. */
  readonly store: Promise<Store>
  /** Opens the engine that computes. Default: the embedded one. */
  readonly open?: (options: EngineOptions) => Promise<Engine>
}

/** A file with this name marks the made-up city. */
export const syntheticMark = '说明-README.txt'

/**
 * The main job: a folder of departments in, a governed city out. The caller holds the data directory.
 * `out` changes only when everything has been written; a fault or a cancellation leaves the earlier state whole.
 */
export async function govern(options: GovernOptions, watch: Watch = {}): Promise<Result> {
  const run = new Run(options, watch)
  try {
    return await run.go()
  } catch (error) {
    throw spaceFault(error, options.out)
  } finally {
    await run.clear()
  }
}

function spaceFault(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return fault('app.no-space', { path }, { cause: error })
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return fault('app.cannot-write', { path, why: code }, { cause: error })
  return error
}

const kinds: readonly EntityKind[] = ['person', 'enterprise']

class Run {
  readonly #o: GovernOptions
  readonly #watch: Watch
  readonly #id = randomUUID()
  readonly #started: Date
  readonly #timings: { stage: string; seconds: number }[] = []
  readonly #today: string
  readonly #staging: string
  readonly #scratch: string
  constructor(options: GovernOptions, watch: Watch) {
    this.#o = options
    this.#watch = watch
    this.#started = options.clock.now()
    this.#today = this.#started.toISOString().slice(0, 10)
    this.#staging = stagingOf(resolve(options.out), this.#id)
    this.#scratch = join(places(options.data).spill, `run-${this.#id}`)
  }

  async clear(): Promise<void> {
    await rm(this.#staging, { recursive: true, force: true })
    await rm(this.#scratch, { recursive: true, force: true })
  }

  async go(): Promise<Result> {
    const { data, folder, out, threads, memory } = this.#o
    await refuseForeign(out)
    await mkdir(this.#scratch, { recursive: true })
    await writeFile(join(this.#scratch, stagingNote), this.#staging)
    await mkdir(this.#staging, { recursive: true })
    await using engine = await (this.#o.open ?? openEngine)({ threads, memory, spill: this.#scratch })
    await using session = await engine.open()
    const loaded = await this.#timed('load', () =>
      loadFolder({
        session,
        folder,
        lake: places(data).lake,
        exclude: [out, data],
        scratch: this.#scratch,
        watch: this.#watch,
      }),
    )
    const store = await this.#o.store
    const studied = await this.#timed('profile', () => this.#study(session, loaded.versions))
    const planned = this.#sources(studied)
    const checked = await this.#timed('check', () => this.#check(session, studied, planned))
    const across = await this.#timed('across', () => this.#across(session, studied, checked))
    const { entities, oddities, sources } = await this.#timed('resolve', () =>
      this.#resolve(
        session,
        planned.map((s) => ({ ...s, computed: checked[datasetOf(studied, s)]?.computed })),
      ),
    )
    await this.#timed('write', () => this.#tables(session, sources, entities))
    const synthetic = await readFile(join(folder, syntheticMark), 'utf8').then(
      (t) => t.includes('合成数据'),
      () => false,
    )
    const parts = {
      version: this.#o.version,
      synthetic,
      studied,
      checked,
      across,
      findings: loaded.findings,
      entities,
      oddities,
    }
    const draft = assemble({ ...parts, run: this.#info(null) })
    const receipt = await this.#timed('evidence', () => this.#seal(draft))
    const result: Result = { ...draft, run: this.#info(receipt) }
    await this.#documents(result, studied)
    await this.#publish(store, result, studied)
    return result
  }

  async #study(session: Session, versions: readonly LoadedVersion[]): Promise<Studied[]> {
    const studied: Studied[] = []
    for (const [i, version] of versions.entries()) {
      this.#step({ stage: 'profile', item: placeOf(version), done: i, total: versions.length, rows: version.rows })
      const { profile, samples } = await profileDataset(session, version.table, this.#signal())
      studied.push({ version, profile, bindings: bindColumns(profile, samples, this.#today) })
    }
    return studied
  }

  #sources(studied: readonly Studied[]): LinkSource[] {
    const inputs = studied.map(({ version, bindings, profile }) => ({ table: version.table, bindings, profile }))
    return planSources(inputs, this.#today)
  }

  /** The scan for rules also computes what the stages after it need. */
  async #check(session: Session, studied: readonly Studied[], sources: readonly LinkSource[]): Promise<Checked[]> {
    const checked: Checked[] = []
    for (const [i, { version, profile, bindings }] of studied.entries()) {
      const { table } = version
      this.#step({ stage: 'check', item: placeOf(version), done: i, total: studied.length, rows: version.rows })
      const file = await FindingsFile.create(this.#staging, table.department, table.dataset, this.#o.language)
      try {
        await file.reading(version.findings.filter((f) => f.severity !== 'note'))
        const rules = deriveRules(profile, bindings, this.#today)
        const linked = sources.filter((s) => s.table === table).flatMap(linkedValues)
        const keep = { name: `known_${i}`, values: [...comparedValues(bindings, this.#today), ...linked] }
        checked.push(
          await checkDataset(
            session,
            table,
            rules,
            { failingLimit: this.#o.findingsLimit, hasKey: profile.keys.length > 0, keep },
            (rows) => file.failing(rows),
            this.#signal(),
          ),
        )
      } finally {
        await file.close()
      }
    }
    return checked
  }

  #across(session: Session, studied: readonly Studied[], checked: readonly Checked[]): Promise<RuleResult[]> {
    return checkAcross(
      session,
      studied.map(({ version, bindings }, i) => ({ table: version.table, bindings, computed: checked[i]!.computed })),
      this.#today,
      this.#watch,
    )
  }

  async #resolve(
    session: Session,
    sources: LinkSource[],
  ): Promise<{ entities: KindSummary[]; oddities: Oddity[]; sources: LinkSource[] }> {
    const entities: KindSummary[] = []
    for (const [i, kind] of kinds.entries()) {
      this.#step({ stage: 'resolve', item: kind, done: i, total: kinds.length })
      entities.push(await resolveKind(session, sources, kind, this.#signal()))
    }
    const found = entities.filter((e) => e.entities > 0).map((e) => e.kind)
    return { entities, oddities: await findOddities(session, sources, found, this.#today, this.#signal()), sources }
  }

  async #tables(session: Session, sources: readonly LinkSource[], entities: readonly KindSummary[]): Promise<void> {
    this.#step({ stage: 'write', done: 0, total: 1 })
    await mkdir(join(this.#staging, 'golden'))
    const found = entities.filter((e) => e.entities > 0).map((e) => e.kind)
    for (const kind of found) {
      const { all, texts } = goldenColumns(sources, kind)
      const path = join(this.#staging, 'golden', `${kind}.parquet`)
      await session.write(planGolden(sources, kind), { format: 'parquet', path }, this.#signal())
      await session.write(
        safeForSpreadsheets(parquet([path]), all, texts),
        { format: 'csv', path: join(this.#staging, 'golden', `${kind}.csv`) },
        this.#signal(),
      )
    }
    if (found.length === 0) return
    await this.#crossref(session, unionAll(found.map((kind) => planCrossref(sources, kind))))
  }

  /** Computed once with the row numbers that the data directory needs; users get both formats from it, without them. */
  async #crossref(session: Session, plan: Relation): Promise<void> {
    const whole = join(this.#scratch, 'crossref.parquet')
    await session.write(plan, { format: 'parquet', path: whole }, this.#signal())
    const shown = from(parquet([whole]))
      .select(crossrefColumns.map((c) => [c, col(c)] as const))
      .done()
    await session.write(shown, { format: 'parquet', path: join(this.#staging, 'crossref.parquet') }, this.#signal())
    await session.write(
      safeForSpreadsheets(shown, crossrefColumns, new Set(crossrefColumns)),
      { format: 'csv', path: join(this.#staging, 'crossref.csv') },
      this.#signal(),
    )
  }

  /** The entry is durable in the ledger before any result is published. */
  async #seal(draft: Result): Promise<RunInfo['receipt']> {
    this.#step({ stage: 'evidence', done: 0, total: 1 })
    this.#watch.signal?.throwIfAborted()
    const ledger = await Ledger.open(this.#o.data, this.#o.ledgerOrigin)
    const { entry } = await commit(this.#o.data, 'run-result', this.#id, evidenceBytes(draft))
    const { origin, index, size, root, leafHash } = await ledger.append(entry)
    await ledger.close()
    return { origin, index, size, root, leafHash }
  }

  async #documents(result: Result, studied: readonly Studied[]): Promise<void> {
    const write = (name: string, text: string): Promise<void> => writeFile(join(this.#staging, name), text)
    await write('result.json', `${JSON.stringify(result, null, 2)}\n`)
    await write('catalogue.json', `${JSON.stringify(catalogueDocument(studied), null, 2)}\n`)
    await write('report.html', reportHtml(result, this.#o.language))
  }

  /**
   * First the data directory with the store, then the output. The pointer is moved inside the store's transaction: when the
   * store cannot be written the earlier run stays the latest; after a kill between the two the next start adds the history.
   */
  async #publish(store: Store, result: Result, studied: readonly Studied[]): Promise<void> {
    const { results, current } = places(this.#o.data)
    const folder = join(results, this.#id)
    await mkdir(join(folder, 'golden'), { recursive: true })
    const copied = ['result.json', ...kinds.map((k) => `golden/${k}.parquet`)]
    for (const name of copied) await copyFile(join(this.#staging, name), join(folder, name)).catch(ignoreMissing)
    await copyFile(join(this.#scratch, 'crossref.parquet'), join(folder, 'crossref.parquet')).catch(ignoreMissing)
    await writeFile(join(folder, 'studied.json'), JSON.stringify({ today: this.#today, studied }))
    await flush(...[...copied, 'crossref.parquet', 'studied.json', 'golden', '.'].map((name) => join(folder, name)))
    this.#watch.signal?.throwIfAborted()
    await store.transaction(async (tx) => {
      await recordFinished(store, tx, { result, studied })
      await writeFile(`${current}.part`, JSON.stringify({ run: this.#id }), { flush: true })
      await rename(`${current}.part`, current)
      await flush(results)
    })
    await replaceFolder(this.#staging, resolve(this.#o.out))
    for (const old of await readdir(results))
      if (old !== this.#id && old !== basename(current)) await rm(join(results, old), { recursive: true, force: true })
  }

  #info(receipt: RunInfo['receipt']): RunInfo {
    return {
      id: this.#id,
      startedAt: this.#started.toISOString(),
      finishedAt: this.#o.clock.now().toISOString(),
      timings: [...this.#timings],
      receipt,
    }
  }
  async #timed<T>(stage: string, work: () => Promise<T>): Promise<T> {
    this.#watch.signal?.throwIfAborted()
    const began = performance.now()
    const answer = await work()
    this.#timings.push({ stage, seconds: Math.round(performance.now() - began) / 1000 })
    return answer
  }
  #step(step: Step): void {
    this.#watch.signal?.throwIfAborted()
    this.#watch.progress?.(step)
  }
  #signal(): Watch {
    return this.#watch.signal ? { signal: this.#watch.signal } : {}
  }
}

function datasetOf(studied: readonly Studied[], source: LinkSource): number {
  return studied.findIndex(({ version }) => version.table === source.table)
}

function placeOf({ table }: LoadedVersion): string {
  return `${table.department}/${table.dataset}`
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

/** An output folder is ours when it is new, empty, or holds a result of ours. */
async function refuseForeign(out: string): Promise<void> {
  const entries = await readdir(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error.code === 'ENOTDIR' ? fault('app.out-not-ours', { path: out }) : error
  })
  if (entries.length === 0) return
  const marked = await readFile(join(out, 'result.json'), 'utf8').then(
    (t) => t.slice(0, 200).includes('"datong/result-1"'),
    () => false,
  )
  if (!marked) throw fault('app.out-not-ours', { path: out })
}

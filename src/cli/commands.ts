import type { Command } from 'commander'
import { fault, fill, type Language, printable, printableJson, type Watch, type Words } from '../core/index.ts'
import { count, type Result, size, summaryLines } from '../report/index.ts'
import { completionScript } from './completion.ts'
import type { ProfileAnswer, Program } from './program.ts'
import { progressDisplay } from './progress.ts'
import { exitCode, languageFlag, type Surroundings, settingsFrom } from './run.ts'
import { environmentName, type Setting, type Settings, shown } from './settings.ts'
import { table } from './table.ts'
import { cliWords, examples } from './words.ts'

interface Context {
  readonly program: Program
  readonly around: Surroundings
  readonly language: Language
  exit: number
}
type Flags = Record<string, string | boolean | undefined>

/** Adds every command. Each action reads flags, calls the program, prints the answer. */
export function addCommands(root: Command, context: Context): Command {
  for (const add of [addGovern, addDemo, addServe, addProfile, addRows, addLedger, addConfig, addCompletion])
    add(root, context)
  return root
}

type Argument = readonly [usage: string, about: Words]

function command(
  parent: Command,
  name: keyof typeof examples,
  about: Words,
  context: Context,
  args: readonly Argument[] = [],
): Command {
  const { language } = context
  const lines = examples[name].map((line) => `  ${line}`).join('\n')
  const made = parent
    .command(name.split(' ').at(-1)!)
    .description(about[language])
    .helpOption('-h, --help', cliWords.help[language])
    .helpCommand(false)
    .addHelpText('after', `\n${cliWords.examples[language]}:\n${lines}`)
  for (const [usage, words] of args) made.argument(usage, words[language])
  return made
}

function addGovern(root: Command, context: Context): void {
  const { language: l } = context
  command(root, 'govern', cliWords.govern, context, [['<folder>', cliWords.folderToGovern]])
    .option('--out <folder>', cliWords.out[l], './datong-report')
    .option('--data <dir>', cliWords.data[l])
    .option('--json', cliWords.json[l])
    .option('--threads <n>', cliWords.threads[l])
    .option('--memory <size>', cliWords.memory[l])
    .option('--findings-limit <n>', cliWords.findingsLimit[l])
    .option('--fail-on <strong|any|never>', cliWords.failOn[l])
    .action(async (folder: string, flags: Flags) => {
      const settings = settingsOf(context, flags)
      const { watch, clear } = watching(context)
      const { result, out } = await context.program.govern(
        { folder, out: String(flags['out']), language: l, settings },
        watch,
      )
      clear()
      if (flags['json']) printJson(context, result)
      else print(context, [...summaryLines(withData(result, settings), l), '', `${cliWords.written[l]} ${out}`])
      context.exit = exitFor(result, settings.failOn.value)
    })
}

/** The commands of the summary, told where the run's data directory is when it is not the usual one. */
function withData(result: Result, { data }: Settings): Result {
  if (data.source === 'default') return result
  const flag = `--data '${data.value.replaceAll("'", "'\\''")}'`
  return { ...result, problems: result.problems.map((p) => ({ ...p, command: `${p.command} ${flag}` })) }
}

/** 1 when findings reach the level asked for; a strong finding also counts as any. */
export function exitFor(result: Result, failOn: string): number {
  if (failOn === 'never') return exitCode.governed
  const failing = [...result.datasets.flatMap((d) => d.rules), ...result.acrossRules].filter((r) => r.failing > 0)
  const reading = result.findings.filter((f) => f.severity !== 'note')
  const strong = failing.some((r) => r.severity === 'strong') || reading.some((f) => f.severity === 'strong')
  const any = failing.length + reading.length > 0
  return (failOn === 'strong' ? strong : any) ? exitCode.findings : exitCode.governed
}

function addDemo(root: Command, context: Context): void {
  const { language: l } = context
  command(root, 'demo', cliWords.demo, context, [['<folder>', cliWords.folderToWrite]])
    .option('--people <n>', cliWords.people[l], '10000')
    .option('--enterprises <n>', cliWords.enterprises[l], '2000')
    .option('--seed <n>', cliWords.seed[l], '7')
    .option('--truth <folder>', cliWords.truth[l])
    .option('--json', cliWords.json[l])
    .action(async (folder: string, flags: Flags) => {
      const { watch, clear } = watching(context)
      const truth = flags['truth'] as string | undefined
      const answer = await context.program.demo(
        {
          folder,
          people: whole(flags, 'people', l),
          enterprises: whole(flags, 'enterprises', l),
          seed: whole(flags, 'seed', l),
          ...(truth ? { truth } : {}),
        },
        watch,
      )
      clear()
      if (flags['json']) printJson(context, answer)
      else
        print(context, [
          fill(cliWords.cityWritten[l], {
            folder,
            departments: answer.departments,
            datasets: answer.datasets,
            rows: count(answer.rows),
            size: size(answer.bytes),
          }),
          `${cliWords.governNext[l]}: npx datong govern ${folder}`,
        ])
    })
}

function addServe(root: Command, context: Context): void {
  const { language: l } = context
  command(root, 'serve', cliWords.serve, context, [['[folder]', cliWords.folderToServe]])
    .option('--data <dir>', cliWords.data[l])
    .option('--port <n>', cliWords.port[l])
    .option('--host <address>', cliWords.host[l])
    .option('--demo', cliWords.withDemo[l])
    .option('--threads <n>', cliWords.threads[l])
    .option('--memory <size>', cliWords.memory[l])
    .action(async (folder: string | undefined, flags: Flags) => {
      const { watch, clear } = watching(context)
      const settings = settingsOf(context, flags)
      const answer = await context.program.serve(
        { ...(folder ? { folder } : {}), demo: flags['demo'] === true, language: l, settings },
        watch,
      )
      clear()
      if (answer.result) print(context, [...summaryLines(withData(answer.result, settings), l), ''])
      print(context, [
        `${cliWords.listening[l]} ${answer.address}`,
        `${cliWords.signIn[l]}:`,
        `  ${answer.link}`,
        cliWords.stop[l],
      ])
      await answer.closed
    })
}

function addProfile(root: Command, context: Context): void {
  const { language: l } = context
  command(root, 'profile', cliWords.profile, context, [['<file>', cliWords.file]])
    .option('--json', cliWords.json[l])
    .option('--threads <n>', cliWords.threads[l])
    .option('--memory <size>', cliWords.memory[l])
    .action(async (file: string, flags: Flags) => {
      const { watch, clear } = watching(context)
      const answer = await context.program.profile({ file, settings: settingsOf(context, flags) }, watch)
      clear()
      if (flags['json']) return printJson(context, answer)
      for (const p of answer.profiles)
        print(context, [fill(cliWords.profiled[l], { dataset: p.dataset, rows: count(p.rows) }), ...fieldLines(p, l)])
      print(
        context,
        answer.findings.map(
          (f) => `! ${f.place.file ?? ''}${f.place.line === undefined ? '' : `:${f.place.line}`} ${f.words[l]}`,
        ),
      )
    })
}

function fieldLines({ fields }: ProfileAnswer['profiles'][number], l: Language): string[] {
  const head = [cliWords.column[l], cliWords.type[l], cliWords.filled[l], cliWords.distinct[l], cliWords.shapes[l]]
  const rows = fields.map((f) => [
    printable(f.name),
    f.inferred.type,
    `${count(f.filled)}/${count(f.rows)}`,
    count(f.distinct),
    printable(
      f.shapes
        .slice(0, 3)
        .map((s) => s.shape)
        .join(' | '),
    ),
  ])
  return table([head, ...rows])
}

function addRows(root: Command, context: Context): void {
  const { language: l } = context
  command(root, 'rows', cliWords.rows, context, [
    ['<resource>', cliWords.resource],
    ['<rule>', cliWords.rule],
  ])
    .option('--limit <n>', cliWords.limit[l], '20')
    .option('--data <dir>', cliWords.data[l])
    .option('--json', cliWords.json[l])
    .action(async (resource: string, rule: string, flags: Flags) => {
      const slash = resource.indexOf('/')
      if (slash < 1) throw fault('cli.usage', { why: fill(cliWords.resourceForm[l], { what: resource }) })
      const { watch, clear } = watching(context)
      const rows = await context.program.rows(
        {
          department: resource.slice(0, slash),
          dataset: resource.slice(slash + 1),
          rule,
          limit: whole(flags, 'limit', l),
          settings: settingsOf(context, flags),
        },
        watch,
      )
      clear()
      if (flags['json']) return printJson(context, rows)
      print(
        context,
        rows.length === 0
          ? [cliWords.noRows[l]]
          : table([
              [cliWords.row[l], cliWords.column[l], cliWords.value[l], cliWords.reason[l]],
              ...rows.map((r) => [String(r.row), printable(r.column), printable(r.value), r.reason[l]]),
            ]),
      )
    })
}

function addLedger(root: Command, context: Context): void {
  const { language: l, program } = context
  const ledger = command(root, 'ledger', cliWords.ledger, context)
  command(ledger, 'ledger status', cliWords.ledgerStatus, context)
    .option('--data <dir>', cliWords.data[l])
    .option('--json', cliWords.json[l])
    .action(async (flags: Flags) => {
      const status = await program.ledgerStatus(settingsOf(context, flags))
      if (flags['json']) return printJson(context, status)
      print(context, [
        `origin ${status.origin}`,
        `size   ${status.size}`,
        `root   ${status.root}`,
        `vkey   ${status.vkey}`,
      ])
    })
  command(ledger, 'ledger verify', cliWords.ledgerVerify, context)
    .option('--data <dir>', cliWords.data[l])
    .option('--json', cliWords.json[l])
    .action(async (flags: Flags) => {
      const { watch, clear } = watching(context)
      const check = await program.ledgerVerify(settingsOf(context, flags), watch)
      clear()
      context.exit = check.ok ? 0 : 1
      if (flags['json']) return printJson(context, check)
      print(context, [
        `${check.ok ? cliWords.verified[l] : cliWords.broken[l]} · ${check.origin} · ${check.size} · ${check.root}`,
      ])
      print(
        context,
        check.problems.map((p) => `! ${p.place.file ?? ''} ${p.words[l]}`),
      )
    })
}

function addConfig(root: Command, context: Context): void {
  const { language: l } = context
  command(root, 'config', cliWords.config, context)
    .option('--json', cliWords.json[l])
    .action((flags: Flags) => {
      const settings: Setting[] = Object.values(settingsOf(context, flags))
      if (flags['json'])
        return printJson(
          context,
          settings.map((s) => ({ ...s, value: shown(s), environment: environmentName(s.name) })),
        )
      print(
        context,
        table([
          [cliWords.name[l], cliWords.value[l], cliWords.source[l], cliWords.environment[l], cliWords.meaning[l]],
          ...settings.map((s) => [s.name, shown(s), s.source, environmentName(s.name), s.words[l]]),
        ]),
      )
    })
}

function addCompletion(root: Command, context: Context): void {
  command(root, 'completion', cliWords.completion, context, [['[shell]', cliWords.shell]]).action(
    (shell: string | undefined) => {
      print(context, completionScript(root, shell ?? 'bash').split('\n'))
    },
  )
}

// ---- reading flags, printing answers

function settingsOf(context: Context, flags: Flags): Settings {
  const named = ['data', 'threads', 'memory', 'host', 'port', 'failOn', 'findingsLimit'] as const
  const given = Object.fromEntries(
    named.map((name) => [name, flags[name] === undefined ? undefined : String(flags[name])]),
  )
  return settingsFrom({ ...given, lang: languageFlag(context.around.argv) }, context.around.env)
}

function whole(flags: Flags, name: string, l: Language): number {
  const text = String(flags[name])
  if (!/^\d{1,12}$/.test(text))
    throw fault('cli.usage', { why: fill(cliWords.wholeNumber[l], { what: `--${name} ${text}` }) })
  return Number(text)
}

function watching(context: Context): { watch: Watch; clear: () => void } {
  const display = progressDisplay(context.around.stderr, context.language, context.around.argv.includes('--quiet'))
  return { watch: { signal: context.around.signal, progress: display.step }, clear: display.clear }
}

function print(context: Context, lines: readonly string[]): void {
  if (lines.length > 0) context.around.stdout.write(`${lines.map(printable).join('\n')}\n`)
}

function printJson(context: Context, value: unknown): void {
  const json = JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? Number(v) : v), 2)
  context.around.stdout.write(`${printableJson(json)}\n`)
}

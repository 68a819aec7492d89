import { existsSync, readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { asFault, type Fault, fault, type Language } from '../core/index.ts'
import { addCommands } from './commands.ts'
import type { Program } from './program.ts'
import { progressDisplay, type Terminal } from './progress.ts'
import { localeLanguage, type SettingInputs, settle } from './settings.ts'
import { cliWords } from './words.ts'

/** Exit codes: a promise to scripts. */
export const exitCode = { governed: 0, findings: 1, unusable: 2, unexpected: 70, cancelled: 130 } as const

/** What the command line needs of its surroundings. */
export interface Surroundings {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Terminal
  readonly stderr: Terminal
  readonly signal: AbortSignal
}

/** Parses and runs one command. Returns the exit code; never throws. */
export async function runCli(program: Program, around: Surroundings): Promise<number> {
  const language = chosenLanguage(around)
  const context = { program, around, language, exit: 0 }
  const command = addCommands(baseCommand(program.version, around, language), context)
  try {
    await command.parseAsync([...around.argv], { from: 'user' })
    return context.exit
  } catch (error) {
    return report(error, around, language)
  }
}

function baseCommand(version: string, around: Surroundings, language: Language): Command {
  const titles: Record<string, string> = {
    'Usage:': `${cliWords.usage[language]}:`,
    'Options:': `${cliWords.options[language]}:`,
    'Global Options:': `${cliWords.options[language]}:`,
    'Commands:': `${cliWords.commands[language]}:`,
    'Arguments:': `${cliWords.arguments[language]}:`,
  }
  return new Command('datong')
    .description(cliWords.about[language])
    .version(version, '-V, --version', cliWords.version[language])
    .helpOption('-h, --help', cliWords.help[language])
    .helpCommand(false)
    .option('--lang <zh|en>', cliWords.lang[language])
    .option('--quiet', cliWords.quiet[language])
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, styleTitle: (title) => titles[title] ?? title })
    .configureOutput({
      writeOut: (text) => void around.stdout.write(text),
      writeErr: (text) => void around.stderr.write(text),
      outputError: () => {},
    })
}

/** `--lang` is needed before parsing, because help is written in it. */
function chosenLanguage({ argv, env }: Surroundings): Language {
  const at = argv.findIndex((a) => a === '--lang' || a.startsWith('--lang='))
  const flag = at < 0 ? undefined : argv[at]!.includes('=') ? argv[at]!.split('=')[1] : argv[at + 1]
  const wanted = flag ?? env['DATONG_LANG']
  return wanted === 'zh' || wanted === 'en' ? wanted : localeLanguage(env)
}

/** Settings from flags, environment and `datong.config.yaml` of the working folder. */
export function settingsFrom(flags: NonNullable<SettingInputs['flags']>, env: Surroundings['env']) {
  const path = env['DATONG_CONFIG'] ?? 'datong.config.yaml'
  if (env['DATONG_CONFIG'] !== undefined && !existsSync(path))
    throw fault('cli.config-unreadable', { path, why: 'not found' })
  return settle({ flags, env, ...(existsSync(path) ? { file: { path, text: readFileSync(path, 'utf8') } } : {}) })
}

function report(error: unknown, around: Surroundings, language: Language): number {
  if (error instanceof CommanderError) return reportUsage(error, around, language)
  const problem = asFault(error)
  progressDisplay(around.stderr, language, false).clear()
  around.stderr.write(`${problem.words[language]} [${problem.code}]\n`)
  if (problem.code === 'core.unexpected' && problem.cause instanceof Error)
    around.stderr.write(`${problem.cause.stack ?? problem.cause.message}\n`)
  return exitOf(problem)
}

function reportUsage(error: CommanderError, around: Surroundings, language: Language): number {
  if (error.exitCode === 0) return 0
  const why = error.message.replace(/^error: /, '')
  const problem = fault('cli.usage', { why })
  if (error.code !== 'commander.help') around.stderr.write(`${problem.words[language]} [${problem.code}]\n`)
  return exitCode.unusable
}

function exitOf(problem: Fault): number {
  if (problem.code === 'core.cancelled') return exitCode.cancelled
  return problem.code === 'core.unexpected' ? exitCode.unexpected : exitCode.unusable
}

import { existsSync, readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { asFault, type Fault, fault, fill, type Language, type Words, printable } from '../core/index.ts'
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
  let language = localeLanguage(around.env)
  try {
    language = chosenLanguage(around)
    const context = { program, around, language, exit: 0 }
    const command = addCommands(baseCommand(program.version, around, language), context)
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
    'Global Options:': `${cliWords.globalOptions[language]}:`,
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
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => titles[title] ?? title,
      optionDescription: ({ description, defaultValue }) =>
        defaultValue === undefined
          ? description
          : fill(cliWords.byDefault[language], { description, value: String(defaultValue) }),
    })
    .addHelpText(
      'after',
      `\n${cliWords.exitCodes[language]}: ${cliWords.exitWords[language]}\n${cliWords.guide[language]}: ${cliWords.guideFolder[language]}`,
    )
    .configureOutput({
      writeOut: (text) => void around.stdout.write(text),
      writeErr: (text) => void around.stderr.write(text),
      outputError: () => {},
    })
}

/** `--lang` is needed before parsing, because help is written in it. */
export function languageFlag(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((a) => a === '--lang' || a.startsWith('--lang='))
  return at < 0 ? undefined : argv[at]!.includes('=') ? argv[at]!.split('=')[1] : argv[at + 1]
}

/** A bad `--lang` is refused at once; other bad settings wait for the command that needs them, so that help always works. */
function chosenLanguage({ argv, env }: Surroundings): Language {
  const flag = languageFlag(argv)
  if (flag !== undefined) return settle({ flags: { lang: flag }, env: {} }).lang.value === 'zh' ? 'zh' : 'en'
  try {
    return settingsFrom({}, env).lang.value === 'zh' ? 'zh' : 'en'
  } catch {
    return localeLanguage(env)
  }
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
  around.stderr.write(`${printable(problem.words[language])} [${problem.code}]\n`)
  if (problem.code === 'core.unexpected' && problem.cause instanceof Error)
    around.stderr.write(`${problem.cause.stack ?? problem.cause.message}\n`)
  return exitOf(problem)
}

function reportUsage(error: CommanderError, around: Surroundings, language: Language): number {
  if (error.exitCode === 0) return 0
  const problem = fault('cli.usage', { why: usageWords(error, language) })
  if (error.code !== 'commander.help')
    around.stderr.write(`${printable(problem.words[language])} [${problem.code}]\n${cliWords.seeHelp[language]}\n`)
  return exitCode.unusable
}

const usageMessages: Readonly<Record<string, Words>> = {
  'commander.missingArgument': cliWords.missingArgument,
  'commander.unknownOption': cliWords.unknownOption,
  'commander.unknownCommand': cliWords.unknownCommand,
  'commander.optionMissingArgument': cliWords.optionArgument,
  'commander.excessArguments': cliWords.excessArguments,
}

/** The parser's English as our words: what it quotes is what is wrong, and it may know a name that is nearly right. */
function usageWords({ code, message }: CommanderError, language: Language): string {
  const words = usageMessages[code]
  if (words === undefined) return message.replace(/^error: /, '')
  const what = /'([^']*)'/.exec(message)?.[1] ?? ''
  const meant = /Did you mean (?:one of )?(.*)\?/.exec(message)?.[1]
  return `${fill(words[language], { what })}${meant === undefined ? '' : ` → ${meant}?`}`
}

function exitOf(problem: Fault): number {
  if (problem.code === 'core.cancelled') return exitCode.cancelled
  return problem.code === 'core.unexpected' ? exitCode.unexpected : exitCode.unusable
}

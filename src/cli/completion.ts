import type { Command } from 'commander'
import { fault } from '../core/index.ts'

/** A completion script for the shell, made from the commands themselves, so that it never lags behind. */
export function completionScript(root: Command, shell: string): string {
  const words = [...walk(root)]
  if (shell === 'bash') return bash(words)
  if (shell === 'zsh') return `autoload -U +X bashcompinit && bashcompinit\n${bash(words)}`
  if (shell === 'fish') return words.map(fish).join('\n')
  throw fault('cli.usage', { why: `${shell}: bash | zsh | fish` })
}

interface Place {
  readonly path: readonly string[]
  readonly next: readonly string[]
}

function* walk(command: Command, path: readonly string[] = []): Generator<Place> {
  const flags = command.options.map((o) => o.long).filter((f): f is string => f !== undefined)
  yield { path, next: [...command.commands.map((c) => c.name()), ...flags, '--help'] }
  for (const child of command.commands) yield* walk(child, [...path, child.name()])
}

function bash(places: readonly Place[]): string {
  const cases = [...places]
    .sort((a, b) => b.path.length - a.path.length)
    .map((p) => `    "${['datong', ...p.path].join(' ')}"*) words="${p.next.join(' ')}";;`)
  return `_datong() {
  local words="" line="\${COMP_WORDS[*]:0:COMP_CWORD}"
  case "$line" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _datong datong`
}

function fish({ path, next }: Place): string {
  const seen = path.length === 0 ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${path.at(-1)}`
  return next
    .map((word) => `complete -c datong -n '${seen}' ${word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${word}`}`)
    .join('\n')
}

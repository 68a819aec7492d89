/** What a judge found: what was judged, and every point on which it decided against us. */
export interface Verdict {
  readonly judged: string
  readonly against: readonly string[]
}

/** An outside program that judges a format of ours. */
export interface Judge {
  readonly name: string
  /** The program and its version, as pinned. */
  readonly program: string
  /** Throws `Unavailable` when the program cannot be had on this machine. */
  run(): Promise<readonly Verdict[]>
}

/** The program cannot be had here: no interpreter, no registry. Says nothing about us. */
export class Unavailable extends Error {}

/** A judge that never says no proves nothing: what was spoiled on purpose must be refused. */
export function mustRefuse(what: string, refused: boolean): Verdict {
  return {
    judged: `${what}, spoiled on purpose, is refused`,
    against: refused ? [] : [`${what}: accepted though spoiled`],
  }
}

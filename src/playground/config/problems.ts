/** What is wrong with a configuration, and where. */
export type ConfigurationProblem = {
  /** Names from the root, as in a JSON Pointer. */
  path: readonly (string | number)[]
  message: string
}

export type PlacedProblem = { place: string; message: string }

/** Thrown when a start is refused for its configuration; every mistake is named with its place. */
export class ConfigurationError extends Error {
  readonly problems: readonly PlacedProblem[]
  constructor(problems: readonly PlacedProblem[]) {
    super(problems.map(({ place, message }) => `${place}: ${message}`).join('\n'))
    this.name = 'ConfigurationError'
    this.problems = problems
  }
}

/** RFC 6901. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')
}

import type { Result } from '@contract/result'

/** What this computer knows beside files. Whether it may be asked is not judged here. */
export interface Computer {
  /** A variable of the environment that the program was started in. */
  environmentValue(name: string): string | undefined
  /** Runs a program with its arguments and answers what it says. Codes: `command_refused`, `command_failed`. */
  run(command: readonly string[]): Promise<Result<string>>
}

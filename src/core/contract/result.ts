/** What came beside what was expected, both as they are. */
export interface Compared {
  came: string
  expected: string
}

/** An expected failure: a stable `code`, the cause in plain words, and what to do next. */
export interface Failure {
  code: string
  message: string
  next?: string
  compared?: Compared
}

/** What crosses every boundary instead of an exception for a failure that is to be expected. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure }

/** Wraps a value as success. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

/** Wraps a failure; `code` is stable, `message` says the cause, `next` what to do. */
export function fail(code: string, message: string, next?: string): { ok: false; error: Failure } {
  return {
    ok: false,
    error: next === undefined ? { code, message } : { code, message, next },
  }
}

/** Ends a closed union: the compiler refuses a case that was forgotten. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case ${JSON.stringify(value)}`)
}

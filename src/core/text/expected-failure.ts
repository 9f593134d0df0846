import type { Failure } from '@contract/result'

/** An expected failure that has to cross code which answers no Result; the router turns it back into one. */
export interface ExpectedFailure extends Error {
  failure: Failure
}

/** Makes the error that carries a failure. */
export function expectedFailure(failure: Failure): ExpectedFailure {
  return Object.assign(new Error(`${failure.code}: ${failure.message}`), { failure })
}

/** The failure inside something thrown, if it is an expected one. */
export function failureIn(thrown: unknown): Failure | undefined {
  return thrown instanceof Error && 'failure' in thrown ? (thrown as ExpectedFailure).failure : undefined
}

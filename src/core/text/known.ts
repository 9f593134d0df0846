/** In place of a value that is not known, so that nothing can be compared with it. It has to be said: a member that
 *  may be left out is one that someone forgets. */
export const notKnown: unique symbol = Symbol('not known')

/** A value, or the word that it is not known. */
export type Known<T> = T | typeof notKnown

/** The value, or that it is not known where there is none. */
export function orNotKnown<T>(value: T | undefined): Known<T> {
  return value === undefined ? notKnown : value
}

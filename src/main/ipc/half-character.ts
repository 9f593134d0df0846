/** Whether a text in this argument holds half of a character (a lone surrogate, Unicode section 3.8): neither the
 *  database nor the network can hold one, and two names that differ in nothing else would become the same. For plain
 *  data within the limits. */
export function holdsHalfCharacter(input: unknown): boolean {
  if (typeof input === 'string') return /\p{Surrogate}/u.test(input)
  if (typeof input !== 'object' || input === null || input instanceof Uint8Array) return false
  return Object.entries(input).some(([name, value]) => holdsHalfCharacter(name) || holdsHalfCharacter(value))
}

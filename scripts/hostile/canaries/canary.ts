/** Which characters a canary may have: those of an opaque token, those that a header takes, any. */
export type Alphabet = 'token' | 'header' | 'any'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A text that comes up nowhere by chance. Where the alphabet allows it, it differs in each encoding. */
export function makeCanary(alphabet: Alphabet, random: () => number): string {
  const run = (length: number): string =>
    Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('')
  if (alphabet === 'token') return `${run(16)}_${run(15)}`
  const odd = alphabet === 'header' ? '+/&"<%=' : '+/&"<é ☃%='
  return `${run(10)}${odd}${run(14)}`
}

/** Random numbers that come again with the same seed (mulberry32). */
export function randomOf(start: number): () => number {
  let seed = start >>> 0
  return () => {
    seed = (seed + 0x6d2b79f5) >>> 0
    let t = Math.imul(seed ^ (seed >>> 15), seed | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

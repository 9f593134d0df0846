/** What a token would come to, as it is typed: bytes of the payload, characters of the token. */
export interface TokenSize {
  payload: number
  token: number
}

/** Bytes of a signature by its algorithm (RFC 7518 section 3.1, RFC 8037, RFC 9964); of RSA by a key of 2,048 bits. */
const signatureBytes: Readonly<Record<string, number>> = {
  HS256: 32,
  HS384: 48,
  HS512: 64,
  ES256: 64,
  ES384: 96,
  ES512: 132,
  ES256K: 64,
  EdDSA: 64,
  Ed25519: 64,
  Ed448: 114,
  'ML-DSA-44': 2_420,
  'ML-DSA-65': 3_309,
  'ML-DSA-87': 4_627,
}
const rsa = 256

/** Limits that headers and cookies commonly have, in characters, the largest first. */
const limits = [
  [16_384, 'above 16 KB, which nearly every server refuses in a header'],
  [8_192, 'above 8 KB, which many servers refuse in a header'],
  [4_096, 'above 4 KB, which no cookie holds and some servers refuse'],
] as const

/** Times in words become ten digits, and `random` 22 characters. */
const words: readonly [name: RegExp, value: RegExp, put: unknown][] = [
  [/^(?:exp|nbf|iat|auth_time|updated_at|toe)$/, /^now\b/i, 1_000_000_000],
  [/^jti$/, /^random$/, 'x'.repeat(22)],
]

/** The size of a compact token; null while header or payload are no JSON objects. */
export function sizeOf(header: string, payload: string, algorithm: string): TokenSize | null {
  const [head, claims] = [objectIn(header.trim() === '' ? '{}' : header), objectIn(payload)]
  if (head === null || claims === null) return null
  const filled = Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, put(name, value)]))
  const bytes = bytesOf(filled)
  const signature = algorithm === 'none' ? 0 : encoded(signatureBytes[algorithm] ?? rsa)
  return {
    payload: bytes,
    token: encoded(bytesOf({ ...head, alg: algorithm })) + 1 + encoded(bytes) + 1 + signature,
  }
}

/** Which common limit a token of this size is above, in words; empty where none is. */
export function aboveLimit(characters: number): string {
  return limits.find(([limit]) => characters > limit)?.[1] ?? ''
}

function put(name: string, value: unknown): unknown {
  const word = words.find(
    ([names, texts]) => typeof value === 'string' && names.test(name) && texts.test(value),
  )
  return word ? word[2] : value
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

function bytesOf(value: object): number {
  return new TextEncoder().encode(JSON.stringify(value)).length
}

/** Characters of base64url without padding (RFC 7515 section 2). */
function encoded(bytes: number): number {
  return Math.ceil((bytes * 4) / 3)
}

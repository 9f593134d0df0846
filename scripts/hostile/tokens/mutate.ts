/** Changes to a token, from one bit to another header. */

type Random = () => number
type Change = (text: string, random: Random, other: string) => string

const characters = 'ABCabcxyz0189-_.~=+/ \n"\\{}%\u0000é'

function below(count: number, random: Random): number {
  return Math.floor(random() * count)
}
function pick<T>(list: readonly T[], random: Random): T {
  const found = list[below(list.length, random)]
  if (found === undefined) throw new Error('nothing to choose from')
  return found
}

/** A segment with its content changed as text, in base64url again. */
function rewritten(segment: string, change: (content: string) => string): string {
  return Buffer.from(change(Buffer.from(segment, 'base64url').toString('latin1')), 'latin1').toString(
    'base64url',
  )
}

function inSegment(text: string, index: number, change: (segment: string) => string): string {
  const segments = text.split('.')
  const segment = segments[index]
  if (segment === undefined) return `${text}.`
  segments[index] = change(segment)
  return segments.join('.')
}

function splice(text: string, at: number, remove: number, put: string): string {
  return text.slice(0, at) + put + text.slice(at + remove)
}

const headers = [
  { alg: 'none' },
  { alg: 'HS256' },
  { alg: 'RS256' },
  { alg: 'ES256' },
  { alg: 'EdDSA' },
  { alg: 'PS512' },
  { alg: 'dir', enc: 'A256GCM' },
  { crit: ['exp'] },
  { b64: false, crit: ['b64'] },
  { kid: '../../dev/null' },
  { jku: 'https://evil.example' },
  { zip: 'DEF' },
  { p2c: 1e9 },
  { typ: 'dpop+jwt' },
  { cty: 'JWT' },
]

const changes: readonly Change[] = [
  (text, random) => splice(text, below(text.length, random), 1, pick(Array.from(characters), random)),
  (text, random) => splice(text, below(text.length + 1, random), 0, pick(Array.from(characters), random)),
  (text, random) => splice(text, below(text.length, random), 1 + below(3, random), ''),
  (text, random) => {
    const at = below(text.length, random)
    return splice(text, at, 1, String.fromCharCode(text.charCodeAt(at) ^ (1 << below(7, random))))
  },
  (text, random) => text.slice(0, below(text.length, random)),
  (text, random) => {
    const [from, to] = [below(text.length, random), below(text.length, random)]
    return splice(text, to, 0, text.slice(from, from + below(40, random)))
  },
  (text, random, other) => {
    const parts = text.split('.')
    parts[below(parts.length, random)] = pick(other.split('.'), random)
    return parts.join('.')
  },
  (text, random) => {
    const parts = text.split('.')
    const index = below(parts.length, random)
    return [...parts.slice(0, index), ...parts.slice(index + 1)].join('.')
  },
  (text, random) =>
    text
      .split('.')
      .sort(() => random() - 0.5)
      .join('.'),
  (text, random) =>
    inSegment(text, 0, (segment) =>
      rewritten(segment, (content) => {
        try {
          return JSON.stringify({ ...(JSON.parse(content) as object), ...pick(headers, random) })
        } catch {
          return content.replace('{', '{"x":1,')
        }
      }),
    ),
  (text, random) =>
    inSegment(text, 1, (segment) =>
      rewritten(segment, (content) =>
        content.replace(
          /alice|1\d{9}|id\.example|read/,
          pick(['admin', '9999999999', 'evil', '"', ''], random),
        ),
      ),
    ),
  (text, random) =>
    inSegment(text, below(3, random), (segment) =>
      rewritten(segment, (content) =>
        splice(content, below(content.length, random), 1, String.fromCharCode(below(256, random))),
      ),
    ),
  (text, random) =>
    inSegment(text, 2, (segment) =>
      pick(['', 'AAAA', `${segment}AA`, segment.slice(0, -2), segment.toUpperCase()], random),
    ),
  (text, random) => `${text}${pick(['=', '==', '.', '~', '~~', '\u0000', '.AAAA', 'A'], random)}`,
  (text, random) => {
    const parts = text.split('~')
    const [one, two] = [below(parts.length, random), below(parts.length, random)]
    const kept = parts[one] ?? ''
    parts[one] = parts[two] ?? ''
    parts[two] = kept
    return parts.join('~')
  },
]

/** A text changed in one to three ways. */
export function mutate(text: string, random: Random, other: string): string {
  let changed = text
  for (let left = 1 + below(3, random); left > 0; left -= 1)
    changed = pick(changes, random)(changed, random, other)
  return changed
}

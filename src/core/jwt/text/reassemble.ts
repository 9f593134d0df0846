import type { Disclosure } from '@contract/tokens/tokens'
import { encodeBase64url } from './base64url.ts'
import { parseDisclosure } from './disclosures.ts'
import { isObject, member, textMember } from './json-object.ts'
import type { JsonObject } from './json-object.ts'

/** What became of a disclosure: its digest is in the token; is not; appears twice, or it was sent twice; or it is of
 *  another form than its place wants (RFC 9901 section 7.1). */
type Fate = NonNullable<Extract<Disclosure, { readable: true }>['fate']>

/** The claims with what is disclosed in its place, and without digests. */
export interface Reassembled {
  claims: JsonObject
  /** Of each disclosure, in their order. */
  fates: Fate[]
  /** Digests for which nothing was disclosed: kept back, or decoys. */
  keptBack: number
}

/** Deeper is not looked at: objects within objects. */
const deepest = 64
const digests = new Map([
  ['sha-256', 'SHA-256'],
  ['sha-384', 'SHA-384'],
  ['sha-512', 'SHA-512'],
])

/** The hash that an SD-JWT names, for Web Crypto (RFC 9901 section 4.1.1); undefined where it is not known. */
export function digestOf(claims: JsonObject): string | undefined {
  return member(claims, '_sd_alg') === undefined
    ? 'SHA-256'
    : digests.get(textMember(claims, '_sd_alg') ?? '')
}

/** The digest of a disclosure, or of a whole presentation, over its own text (RFC 9901 sections 4.2.3 and 4.3.1). */
export async function digestText(algorithm: string, text: string): Promise<string> {
  return encodeBase64url(
    new Uint8Array(await crypto.subtle.digest(algorithm, new TextEncoder().encode(text))),
  )
}

/** Puts what the holder discloses in its place (RFC 9901 section 7.1); undefined where the hash is not known. */
export async function reassemble(
  claims: JsonObject,
  disclosures: string[],
): Promise<Reassembled | undefined> {
  const algorithm = digestOf(claims)
  if (algorithm === undefined) return undefined
  const keys = await Promise.all(disclosures.map((text) => digestText(algorithm, text)))
  const offered = new Map<string, Offer>()
  const all = disclosures.map((text, index): Offer => {
    const key = keys[index] ?? ''
    const before = offered.get(key)
    const offer = { content: parseDisclosure(text), fate: before ? 'repeated' : 'unmatched' } satisfies Offer
    if (before) before.sentTwice = true
    else offered.set(key, offer)
    return offer
  })
  const walk = createWalk(offered)
  const open = walk.object(claims, 0)
  delete open['_sd_alg']
  return {
    claims: open,
    fates: all.map(({ fate, sentTwice }) => (sentTwice ? 'repeated' : fate)),
    keptBack: walk.keptBack(),
  }
}

interface Offer {
  content: unknown[] | undefined
  fate: Fate
  sentTwice?: boolean
}

function createWalk(offered: ReadonlyMap<string, Offer>) {
  const seen = new Set<unknown>()
  let keptBack = 0

  /** The content of the disclosure with this digest, if it has as many members as its place wants. */
  function take(digest: unknown, members: 2 | 3): unknown[] | undefined {
    const offer = typeof digest === 'string' ? offered.get(digest) : undefined
    const again = seen.has(digest)
    seen.add(digest)
    if (offer === undefined) {
      keptBack += 1
      return undefined
    }
    offer.fate = again ? 'repeated' : offer.content?.length === members ? 'matched' : 'misplaced'
    return offer.fate === 'matched' ? offer.content : undefined
  }

  function value(one: unknown, depth: number): unknown {
    if (depth > deepest) return one
    if (Array.isArray(one)) return one.flatMap((element) => elements(element, depth + 1))
    return isObject(one) ? object(one, depth + 1) : one
  }

  function elements(element: unknown, depth: number): unknown[] {
    if (!isObject(element) || Object.keys(element).length !== 1 || member(element, '...') === undefined)
      return [value(element, depth)]
    const content = take(member(element, '...'), 2)
    return content === undefined ? [] : [value(content[1], depth)]
  }

  function object(one: JsonObject, depth: number): JsonObject {
    const open: JsonObject = Object.fromEntries(
      Object.entries(one)
        .filter(([name]) => name !== '_sd')
        .map(([name, each]) => [name, value(each, depth)]),
    )
    const list = member(one, '_sd')
    for (const digest of Array.isArray(list) ? list : []) {
      const content = take(digest, 3)
      if (content === undefined) continue
      const name = content[1]
      if (
        typeof name !== 'string' ||
        ['_sd', '...', '__proto__'].includes(name) ||
        Object.hasOwn(open, name)
      ) {
        const offer = offered.get(String(digest))
        if (offer) offer.fate = 'misplaced'
      } else open[name] = value(content[2], depth)
    }
    return open
  }

  return { object, keptBack: () => keptBack }
}

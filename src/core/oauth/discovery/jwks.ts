import { fail, ok, type Failure, type Result } from '@contract/result'
import { checkEndpointUrl } from '../wire/endpoint-url.ts'
import { byConnection, networkFailureOf, type Fetch } from '../wire/fetch.ts'

/** A public key as published (RFC 7517 section 4), without any private member. */
export type PublicJwk = Record<string, unknown> & { kty: string }

/** A provider's keys and where they come from. `fetchedAt` in milliseconds. */
export interface ProviderKeySet {
  keys: PublicJwk[]
  fetchedAt: number
  notes: string[]
  /** Set where the provider could not be asked again and these are older keys. */
  stale?: Failure
  /** They came with a message that was sent for this very question. */
  asked?: true
}

/** How long keys are used before they are asked for again, in milliseconds. */
const freshFor = 10 * 60_000
/** How soon keys that grew old are asked for again after a failure, in milliseconds. */
const cooldown = 5_000
/** Unknown `kid`s and signatures that fail may cause this many fetches in this time: a key rotated a moment ago is found
 *  at once, and forged tokens cannot cause a flood. */
const unknownKids = { fetches: 3, within: 15_000 }
/** How long older keys still serve while the provider cannot be reached. */
const staleFor = 24 * 60 * 60_000
const maxKeys = 1_000
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']

/** Keeps providers' keys: asks again after ten minutes, or for a `kid` that is not among them (rotation, OpenID Connect Core section 10.1.1); one fetch at a time for each address.
 *  Codes: `keys_unreachable`, `keys_status`, `keys_not_json`, and those of `checkEndpointUrl`. */
export function createProviderKeys({ fetch, now }: { fetch: Fetch; now: () => number }) {
  const known = new Map<string, ProviderKeySet>()
  const lastTry = new Map<string, number>()
  const forKids = new Map<string, number[]>()
  const running = new Map<string, Promise<Result<ProviderKeySet>>>()

  async function load(url: string, send: Fetch): Promise<Result<ProviderKeySet>> {
    lastTry.set(url, now())
    try {
      const response = await send(url, {
        headers: { accept: 'application/jwk-set+json, application/json' },
        redirect: 'manual',
      })
      const body = await response.text()
      if (response.status !== 200) {
        return fail(
          'keys_status',
          `The provider returned status ${response.status} instead of its keys.`,
          'Try again in a moment.',
        )
      }
      const read = readKeys(body)
      if (!read.ok) return read
      const keySet = { ...read.value, fetchedAt: now() }
      known.set(url, keySet)
      return ok(keySet)
    } catch (thrown) {
      const failure = networkFailureOf(thrown)
      if (failure === undefined) throw thrown
      return fail(
        'keys_unreachable',
        `The provider’s keys could not be fetched. ${failure.message}`,
        failure.next,
      )
    }
  }
  function loadOnce(url: string, send: Fetch) {
    const current = running.get(url)
    if (current !== undefined) return current
    const started = load(url, send).finally(() => running.delete(url))
    running.set(url, started)
    return started
  }

  /** Whether a token may cause a fetch now; counts it. */
  function mayAskForKid(url: string): boolean {
    const recent = (forKids.get(url) ?? []).filter((at) => now() - at < unknownKids.within)
    const may = recent.length < unknownKids.fetches
    forKids.set(url, may ? [...recent, now()] : recent)
    return may
  }

  /** The keys at `jwksUri`; `kid` names the one that is looked for, `doubted` says that a signature failed under the one
   *  of that name, `refetch` asks again in any case, `fetch` sends the message of this one caller. */
  async function keysOf(
    jwksUri: string,
    {
      kid,
      allowInsecure = false,
      doubted = false,
      refetch = false,
      fetch: send = fetch,
    }: { kid?: string; allowInsecure?: boolean; doubted?: boolean; refetch?: boolean; fetch?: Fetch } = {},
  ): Promise<Result<ProviderKeySet>> {
    const checked = checkEndpointUrl(jwksUri, { allowInsecure, name: 'jwks_uri' })
    if (!checked.ok) return checked
    const url = checked.value
    const kept = known.get(url)
    const age = kept === undefined ? Infinity : now() - kept.fetchedAt
    const old = age >= freshFor || age < 0
    const mayRetry = now() - (lastTry.get(url) ?? -Infinity) >= cooldown
    const unknownKid = kid !== undefined && !kept?.keys.some((key) => key.kid === kid)
    const shouldAsk =
      refetch || kept === undefined || (old && mayRetry) || ((unknownKid || doubted) && mayAskForKid(url))
    if (!shouldAsk) return ok(kept)
    const loaded = await loadOnce(url, byConnection(send, { allowInsecure }))
    if (loaded.ok) return ok({ ...loaded.value, asked: true })
    if (kept === undefined || age > staleFor) return loaded
    return ok({ ...kept, stale: loaded.error })
  }
  return Object.assign(keysOf, {
    /** The keys that were fetched last, however old; nothing is sent. */
    kept(jwksUri: string): PublicJwk[] | undefined {
      const checked = checkEndpointUrl(jwksUri, { allowInsecure: true })
      return checked.ok ? known.get(checked.value)?.keys : undefined
    },
  })
}

function readKeys(body: string): Result<{ keys: PublicJwk[]; notes: string[] }> {
  let document: unknown
  try {
    document = JSON.parse(body)
  } catch {
    return fail(
      'keys_not_json',
      'The provider’s keys are not valid JSON.',
      'Check jwks_uri in the provider’s metadata.',
    )
  }
  const list = (document as { keys?: unknown } | null)?.keys
  if (!Array.isArray(list)) {
    return fail(
      'keys_not_json',
      'The response is not a key set (RFC 7517 section 5).',
      'Check jwks_uri in the provider’s metadata.',
    )
  }
  const notes: string[] = []
  if (list.length > maxKeys) notes.push(`Only the first ${maxKeys} of ${list.length} keys were read.`)
  const keys: PublicJwk[] = []
  for (const item of list.slice(0, maxKeys) as unknown[]) {
    if (typeof item !== 'object' || item === null || !('kty' in item) || typeof item.kty !== 'string')
      continue
    if (item.kty === 'oct') {
      notes.push('The provider publishes a symmetric key, which makes it public; it was left out.')
      continue
    }
    if (privateMembers.some((member) => member in item)) {
      notes.push('The provider publishes the private part of a key: anyone who reads it can forge tokens.')
    }
    keys.push(
      Object.fromEntries(
        Object.entries(item).filter(([name]) => !privateMembers.includes(name)),
      ) as PublicJwk,
    )
  }
  return ok({ keys, notes })
}
/** Answers a provider's keys; made by `createProviderKeys`. */
export type ProviderKeys = (
  ...asked: Parameters<ReturnType<typeof createProviderKeys>>
) => Promise<Result<ProviderKeySet>>

/** The keys that were fetched last from an address; made by `createProviderKeys`. */
export type KeptKeys = ReturnType<typeof createProviderKeys>['kept']

import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import type { FetchedKeys, NamedKey } from '@contract/tokens/tokens'
import { readGivenKey, type GivenKey, type KeyInput, type ReadPem } from '../../jwt/keys/given-key.ts'
import { embeddedKey, namedKeys } from '../../jwt/keys/named-keys.ts'
import type { JsonObject } from '../../jwt/text/json-object.ts'
import { withScheme } from '../../oauth/discovery/connect-url.ts'
import { discoverProvider } from '../../oauth/discovery/discover.ts'
import type { ProviderKeys, PublicJwk } from '../../oauth/discovery/jwks.ts'
import { isWellKnownUrl } from '../../oauth/discovery/well-known.ts'
import { checkEndpointUrl } from '../../oauth/wire/endpoint-url.ts'
import { networkFailureOf, type Fetch } from '../../oauth/wire/fetch.ts'
import type { RingKeyChoice } from '../keys/key-ring.ts'

interface Dependencies {
  fetch: Fetch
  providerKeys: ProviderKeys
  readPem: ReadPem
  /** A key of the key ring as if it had been typed. */
  ringKey: (choice: RingKeyChoice) => Result<KeyInput>
}

/** A key as typed, or one of the key ring. */
export type OwnKey = KeyInput | RingKeyChoice

/** And those that were fetched before: from an address that the user gave, or that the token names. */
export type BenchKey =
  | OwnKey
  | { address: string; algorithm?: string | undefined }
  | { named: NamedKey['by']; algorithm?: string | undefined }

/** A key to judge a token with. */
export interface ChosenKey {
  given: GivenKey
  /** Its text, to be tried as whatever else it could be taken for. */
  text: string
  /** The header parameter by which the token itself names it: it proves nothing about who signed. */
  untrusted?: NamedKey['by']
  /** The issuer that publishes it, where its metadata were asked. */
  issuer?: string
}

interface Kept {
  text: string
  says: string
  keys?: PublicJwk[]
  issuer?: string
}

/** Addresses whose keys are kept; the oldest is forgotten. */
const most = 20
/** Longest certificate that is read from an address, in characters. */
const longestCertificate = 262_144

const enterAnother = 'Enter an issuer, or the address of a JWK Set.'

/** Keys to check a pasted token with. Nothing is sent but by `fetchKeys`, and what it brought is kept in memory alone. */
export function createBenchKeys({ fetch, providerKeys, readPem, ringKey }: Dependencies) {
  const kept = new Map<string, Kept>()

  function keep(address: string, found: Kept, notes: string[]): Result<FetchedKeys> {
    kept.delete(address)
    kept.set(address, found)
    for (const [oldest] of kept) if (kept.size > most) kept.delete(oldest)
    return ok({ address, says: found.says, notes })
  }

  async function setAt(url: string, address: string, issuer?: string): Promise<Result<FetchedKeys>> {
    const answer = await providerKeys(url, { refetch: true })
    if (!answer.ok) return answer
    const { keys, notes, stale } = answer.value
    if (stale) return { ok: false, error: stale }
    if (keys.length === 0) return fail('keys_none', 'The key set at this address is empty.', enterAnother)
    const says = `${keys.length === 1 ? 'the key' : `one of the ${keys.length} keys`} at ${url}`
    return keep(address, { text: JSON.stringify({ keys }), says, keys, ...defined({ issuer }) }, notes)
  }

  async function behindIssuer(address: string): Promise<Result<FetchedKeys>> {
    const found = await discoverProvider(address, { fetch, allowInsecure: false })
    if (!found.ok) return found
    const { jwks_uri: jwksUri, issuer } = found.value.metadata
    return jwksUri === undefined
      ? fail('keys_none', 'The issuer’s metadata names no key set (jwks_uri).', enterAnother)
      : setAt(jwksUri, address, issuer)
  }

  /** PEM, as RFC 7515 section 4.1.5 wants it. */
  async function certificateAt(url: string, address: string): Promise<Result<FetchedKeys>> {
    try {
      const response = await fetch(url, { redirect: 'manual' })
      const text = (await response.text()).slice(0, longestCertificate).trim()
      if (response.status !== 200 || !text.startsWith('-----BEGIN CERTIFICATE-----'))
        return fail('keys_no_certificate', 'There is no PEM certificate at this address.')
      return keep(address, { text, says: `the certificate at ${url}` }, [])
    } catch (thrown) {
      const error = networkFailureOf(thrown)
      if (error === undefined) throw thrown
      return { ok: false, error }
    }
  }

  /** Asks an issuer, or the address of a key set, for keys: at the user's word alone. Where a token names the address,
   *  it is asked and no other. */
  async function fetchFrom(
    address: string,
    what: 'any' | 'set' | 'certificate',
  ): Promise<Result<FetchedKeys>> {
    const checked = checkEndpointUrl(withScheme(address.trim()), { allowInsecure: false })
    if (!checked.ok)
      return fail(
        checked.error.code,
        checked.error.message,
        checked.error.code === 'endpoint_insecure' ? 'Use https.' : enterAnother,
      )
    const url = new URL(checked.value)
    if (what === 'certificate') return certificateAt(url.href, address)
    if (what === 'set') return setAt(url.href, address)
    const isSet = /jwks?|keys|certs|\.json$/i.test(url.pathname) && !isWellKnownUrl(url)
    const [first, second] = isSet
      ? [() => setAt(url.href, address), () => behindIssuer(address)]
      : [() => behindIssuer(address), () => setAt(url.href, address)]
    const answer = await first()
    if (answer.ok || /^(?:network|keys_unreachable|discovery_(?:tls|timeout))/.test(answer.error.code))
      return answer
    const other = await second()
    return other.ok ? other : fail(answer.error.code, answer.error.message, enterAnother)
  }

  function fromAddress(address: string, algorithm: string | undefined): Result<ChosenKey> {
    const found = kept.get(address)
    if (found === undefined)
      return fail('keys_not_fetched', 'The keys of this address were not fetched.', 'Fetch them first.')
    const given = readGivenKey({ text: found.text, algorithm }, readPem)
    if (!given.ok) return given
    // A published key counts under its name alone, even if it is the only one.
    const named = found.keys && { keys: { keys: found.keys } }
    return ok({
      given: { ...given.value, says: found.says, ...named },
      text: found.text,
      ...defined({ issuer: found.issuer }),
    })
  }

  function fromToken(
    header: JsonObject,
    by: NamedKey['by'],
    algorithm: string | undefined,
  ): Result<ChosenKey> {
    if (by === 'jku' || by === 'x5u') {
      const address = addressIn(header, by)
      const chosen = fromAddress(address ?? '', algorithm)
      return chosen.ok ? ok({ ...chosen.value, untrusted: by }) : chosen
    }
    const text = embeddedKey(header, by)
    if (text === undefined) return fail('key_missing', `The token contains no readable key (${by}).`)
    const given = readGivenKey({ text, algorithm }, readPem)
    return given.ok
      ? ok({ given: { ...given.value, says: `the key embedded in the token (${by})` }, text, untrusted: by })
      : given
  }

  return {
    /** The keys at an address that the user typed. Codes: `endpoint_*`, `discovery_*`, `keys_*`. */
    fetchKeys: (address: string) => fetchFrom(address, 'any'),
    /** The keys where a token says that they are. Codes: those of `fetchKeys`, `keys_no_certificate`. */
    fetchNamed(header: JsonObject, by: 'jku' | 'x5u'): Promise<Result<FetchedKeys>> {
      const address = addressIn(header, by)
      return address === undefined
        ? Promise.resolve(fail('keys_none', `The token names no address (${by}).`))
        : fetchFrom(address, by === 'x5u' ? 'certificate' : 'set')
    },
    /** A key that is the user's own. Codes: those of `readGivenKey` and of the key ring. */
    own: (key: OwnKey): Result<KeyInput> => ('ring' in key ? ringKey(key) : ok(key)),
    /** The key that was chosen for a token with this header. Codes: those of `readGivenKey`, `keys_not_fetched`. */
    choose(key: BenchKey, header: JsonObject): Result<ChosenKey> {
      if ('address' in key) return fromAddress(key.address, key.algorithm)
      if ('named' in key) return fromToken(header, key.named, key.algorithm)
      const typed = this.own(key)
      if (!typed.ok) return typed
      const given = readGivenKey(typed.value, readPem)
      return given.ok ? ok({ given: given.value, text: typed.value.text }) : given
    },
  }
}

function addressIn(header: JsonObject, by: 'jku' | 'x5u'): string | undefined {
  return namedKeys(header).find((named) => named.by === by)?.address
}

export type BenchKeys = ReturnType<typeof createBenchKeys>

import { isLoopbackHost } from '../text/loopback-host.ts'
import type { Account, Connection, ProviderMetadata, TokenSet } from './model.ts'

/** Depth of provider metadata, at most; nothing that is published comes near. */
const deepest = 32

/** What of a provider's metadata says nothing of where or how secrets are sent. All else does, known or not. */
const harmless = new Set([
  'scopes_supported',
  'claims_supported',
  'ui_locales_supported',
  'claims_locales_supported',
  'service_documentation',
  'op_policy_uri',
  'op_tos_uri',
])

/** The part of a connection that decides to whom tokens and client secrets go, and in which form. */
export type Leading = Pick<
  Connection,
  | 'metadata'
  | 'clientId'
  | 'clientAuthentication'
  | 'settings'
  | 'resource'
  | 'redirectKind'
  | 'allowInsecure'
  | 'isPlayground'
>

/** A connection's destination that leads nowhere: nothing that was sealed for a place opens for it. */
export const nowhere = ''

/** The part of an account and of its token set that decides beside the connection where its tokens go. */
export interface Bearer {
  account: Pick<Account, 'issuer'>
  tokenSet: Pick<TokenSet, 'resource'>
}

/** Where a connection's own secrets may be sent, as text; `nowhere` for metadata deeper than any provider's. */
export function connectionDestination(connection: Leading): string {
  const known = destinations.get(connection)
  if (known !== undefined) return known
  const destination = destinationOf(connection) ?? nowhere
  destinations.set(connection, destination)
  return destination
}
/** A list asks for the same connection at each of its accounts. */
const destinations = new WeakMap<Leading, string>()

/** Where an account's tokens may be sent, as text: where its connection leads, as long as that is of the provider that
 *  issued them, and to the resource that they were asked for. */
export function tokenDestination(connection: Leading, { account, tokenSet }: Bearer): string {
  const destination = connectionDestination(connection)
  return destination === nowhere
    ? nowhere
    : JSON.stringify([destination, account.issuer, tokenSet.resource ?? null])
}

/** Whether what was sealed for one connection may go where the other leads, now that its user changed it. An issuer says
 *  itself where its endpoints are, and an account of another issuer is refused by that; endpoints that are entered manually
 *  may move within the origins that were named before. */
export function carriesOver(before: Leading & Sourced, after: Leading & Sourced): boolean {
  if (after.metadataSource === 'discovery' || before.metadata.issuer !== after.metadata.issuer) return true
  const known = new Set(originsOf(before.metadata))
  return originsOf(after.metadata).every((origin) => known.has(origin))
}
type Sourced = Pick<Connection, 'metadataSource'>

/** The origins of all addresses that metadata name. */
function originsOf(metadata: ProviderMetadata): string[] {
  return addressesIn(metadata).flatMap(([, value]) => {
    if (typeof value !== 'string' || !URL.canParse(value)) return []
    const { protocol, origin, host } = new URL(value)
    return [origin === 'null' ? `${protocol}//${host}` : origin]
  })
}

/** Members of metadata that are addresses, with those of the aliases for certificates (RFC 8705 section 5). */
function addressesIn(metadata: ProviderMetadata): [string, unknown][] {
  const aliases = metadata['mtls_endpoint_aliases']
  return [
    ...Object.entries(metadata),
    ...(typeof aliases === 'object' && aliases !== null ? Object.entries(aliases) : []),
  ].filter(([name]) => name === 'issuer' || /_(endpoint|uri)$/.test(name))
}

/** Whether two connections send everything to the same places in the same name and in the same way. */
export function leadsToSame(one: Leading, other: Leading): boolean {
  const [first, second] = [destinationOf(one), destinationOf(other)]
  return first !== undefined && first === second
}

/** Where a connection's secrets go, as text that is the same for the same places. `undefined` for metadata that is
 *  deeper than any provider's: it leads nowhere. */
function destinationOf(connection: Leading): string | undefined {
  const { clientId, clientAuthentication, resource, redirectKind, allowInsecure, isPlayground } = connection
  const metadata = Object.fromEntries(
    Object.entries(connection.metadata).filter(([name]) => !harmless.has(name)),
  )
  const ordered = inOrder({ ...metadata }, deepest)
  if (ordered === undefined) return undefined
  return JSON.stringify([
    ordered,
    clientId,
    clientAuthentication,
    inOrder(connection.settings ?? {}, deepest),
    resource ?? null,
    redirectKind,
    allowInsecure,
    isPlayground,
  ])
}

/** An address of a remote provider that points into this computer, aliases for certificates (RFC 8705 section 5)
 *  included; `undefined` where there is none. A provider on this computer may name whatever it likes. */
export function pointsInside(metadata: ProviderMetadata): { name: string; host: string } | undefined {
  if (hostOf(metadata.issuer)?.loopback === true) return undefined
  for (const [name, value] of addressesIn(metadata)) {
    const host = name === 'issuer' ? undefined : hostOf(value)
    if (host?.loopback === true) return { name, host: host.name }
  }
  return undefined
}

function hostOf(address: unknown): { name: string; loopback: boolean } | undefined {
  if (typeof address !== 'string') return undefined
  try {
    const { host, hostname } = new URL(address)
    return { name: host, loopback: isLoopbackHost(hostname) }
  } catch {
    return undefined
  }
}

/** The same value with the members of each object in order, as lists of pairs; `undefined` where it is too deep. */
function inOrder(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return undefined
  if (Array.isArray(value)) {
    const items = value.map((item) => inOrder(item, depth - 1))
    return items.includes(undefined) ? undefined : items
  }
  const pairs: [string, unknown][] = []
  for (const [name, member] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (member === undefined) continue
    const ordered = inOrder(member, depth - 1)
    if (ordered === undefined) return undefined
    pairs.push([name, ordered])
  }
  return { pairs }
}

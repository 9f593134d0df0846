import { isLoopbackHost } from '../text/loopback-host.ts'
import type { Connection, ProviderMetadata } from './model.ts'

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
  const aliases = metadata['mtls_endpoint_aliases']
  const named = [
    ...Object.entries(metadata),
    ...(typeof aliases === 'object' && aliases !== null ? Object.entries(aliases) : []),
  ]
  for (const [name, value] of named) {
    const host = /_(endpoint|uri)$/.test(name) ? hostOf(value) : undefined
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

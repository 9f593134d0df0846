import { fail, ok, type Result } from '@contract/result'
import { pointsInside } from '../../records/destination.ts'
import type { ProviderMetadata } from '../../records/model.ts'
import { checkEndpointUrl } from '../wire/endpoint-url.ts'
import { providerText } from '../wire/provider-text.ts'

/** Metadata members (RFC 8414 section 2 and its registry) that are called or opened. */
const endpointMembers = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'userinfo_endpoint',
  'end_session_endpoint',
  'revocation_endpoint',
  'introspection_endpoint',
  'device_authorization_endpoint',
  'pushed_authorization_request_endpoint',
  'backchannel_authentication_endpoint',
  'registration_endpoint',
] as const

/** Checks a provider's metadata, from discovery or entered manually. Endpoints that could hurt make the whole
 *  document unfit; lists and switches of the wrong shape are left out and noted.
 *  Codes: `discovery_not_metadata`, `discovery_endpoint_unsafe`. */
export function checkMetadata(
  document: Record<string, unknown>,
  { allowInsecure }: { allowInsecure: boolean },
): Result<CheckedMetadata> {
  const { issuer } = document
  const notMetadata = (why: string) =>
    fail(
      'discovery_not_metadata',
      `The response is not provider metadata: ${why}.`,
      'Check the issuer, or enter the endpoints manually.',
    )
  if (typeof issuer !== 'string') return notMetadata('it names no issuer')
  const checkedIssuer = checkEndpointUrl(issuer, { allowInsecure, name: 'issuer' })
  if (!checkedIssuer.ok) return notMetadata(checkedIssuer.error.message.replace(/\.$/, ''))
  if (/[?#]/.test(issuer)) return notMetadata('its issuer contains a query or fragment')
  if (Object.keys(document).length > 500) return notMetadata('it has more than 500 members')

  const unsafe = (message: string) =>
    fail(
      'discovery_endpoint_unsafe',
      `The provider’s metadata was refused. ${message}`,
      'Tell the provider’s operator. To continue anyway, enter the endpoints manually.',
    )
  const home = new URL(issuer)
  const metadata: ProviderMetadata = { issuer }
  const notes: string[] = []
  const elsewhere = new Set<string>()
  for (const [name, value] of Object.entries(document)) {
    if (value === null || value === '' || name === 'issuer') continue
    if ((endpointMembers as readonly string[]).includes(name)) {
      const checked = checkEndpointUrl(value, { allowInsecure, name })
      if (!checked.ok) return unsafe(checked.error.message)
      const url = new URL(checked.value)
      if (url.origin !== home.origin) elsewhere.add(url.host)
      metadata[name] = value
    } else if (name.endsWith('_supported') && !isTextList(value) && typeof value !== 'boolean') {
      notes.push(`${providerText(name, 60)} has the wrong shape and was left out.`)
    } else {
      Object.defineProperty(metadata, name, { value, enumerable: true, writable: true, configurable: true })
    }
  }
  const inside = pointsInside(metadata)
  if (inside)
    return unsafe(
      `The ${providerText(inside.name, 60)} points to this computer (${inside.host}), but the issuer does not.`,
    )
  if (metadata.authorization_endpoint === undefined && metadata.token_endpoint === undefined) {
    return notMetadata('it names neither an authorization nor a token endpoint')
  }
  if (elsewhere.size > 0) {
    notes.push(
      `Some endpoints are on hosts other than the issuer’s: ${[...elsewhere].slice(0, 8).join(', ')}.`,
    )
  }
  return ok({ metadata, notes })
}

/** Metadata that was checked, and what is worth knowing about it. */
export interface CheckedMetadata {
  metadata: ProviderMetadata
  notes: string[]
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= 1000 && value.every((item) => typeof item === 'string')
}

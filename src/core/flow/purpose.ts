import type { ExchangePurpose } from './flow.ts'

const endpoints: [member: string, purpose: ExchangePurpose][] = [
  ['token_endpoint', 'token'],
  ['jwks_uri', 'keys'],
  ['userinfo_endpoint', 'userinfo'],
  ['introspection_endpoint', 'introspection'],
  ['revocation_endpoint', 'revocation'],
  ['pushed_authorization_request_endpoint', 'pushed'],
  ['device_authorization_endpoint', 'device'],
  ['registration_endpoint', 'registration'],
]

/** What a message to this address is for, from the provider's metadata (RFC 8414 section 2). */
export function purposeOf(url: string, metadata: Record<string, unknown> = {}): ExchangePurpose {
  const address = withoutQuery(url)
  for (const [member, purpose] of endpoints) {
    const endpoint = metadata[member]
    if (typeof endpoint === 'string' && withoutQuery(endpoint) === address) return purpose
  }
  return address.includes('/.well-known/') ? 'discovery' : 'other'
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? url
}

import { describe, expect, it } from 'vitest'
import {
  carriesOver,
  connectionDestination,
  nowhere,
  tokenDestination,
  type Leading,
} from '../../../../src/core/records/destination.ts'

const base: Leading & { metadataSource: 'by-hand' | 'discovery' } = {
  metadata: { issuer: 'https://id.example', token_endpoint: 'https://id.example/token' },
  metadataSource: 'by-hand',
  clientId: 'c',
  clientAuthentication: 'none',
  redirectKind: 'loopback',
  allowInsecure: false,
  isPlayground: false,
}
const withMetadata = (more: object) => ({ ...base, metadata: { ...base.metadata, ...more } })

describe('a destination', () => {
  it('is the same for the same places, in whatever order they are told', () => {
    const { issuer, token_endpoint } = base.metadata
    const turned = { ...base, metadata: { token_endpoint, issuer, scopes_supported: ['a'] }, settings: {} }
    expect(connectionDestination(turned)).toBe(connectionDestination(base))
    expect(connectionDestination(JSON.parse(JSON.stringify(base)) as Leading)).toBe(
      connectionDestination(base),
    )
  })

  it('is another one for anything else', () => {
    const others: Leading[] = [
      withMetadata({ token_endpoint: 'https://id.example/token2' }),
      withMetadata({ mtls_endpoint_aliases: { token_endpoint: 'https://m.example/token' } }),
      withMetadata({ unheard_of: true }),
      { ...base, clientId: 'd' },
      { ...base, clientAuthentication: 'client_secret_post' },
      { ...base, settings: { dpop: true } },
      { ...base, resource: 'https://api.example' },
      { ...base, redirectKind: 'custom-scheme' },
      { ...base, allowInsecure: true },
      { ...base, isPlayground: true },
    ]
    expect(new Set([base, ...others].map(connectionDestination)).size).toBe(others.length + 1)
  })

  it('is nowhere for metadata deeper than any provider’s', () => {
    let deep: unknown = 1
    for (let depth = 0; depth < 40; depth += 1) deep = { deep }
    expect(connectionDestination(withMetadata({ deep }))).toBe(nowhere)
    expect(tokenDestination(withMetadata({ deep }), { account: { issuer: 'i' }, tokenSet: {} })).toBe(nowhere)
  })

  it('of a token tells issuer and resource apart', () => {
    const of = (issuer: string, resource?: string) =>
      tokenDestination(base, { account: { issuer }, tokenSet: resource === undefined ? {} : { resource } })
    expect(new Set([of('a'), of('b'), of('a', 'b'), of('a', ''), connectionDestination(base)]).size).toBe(5)
  })
})

describe('a change of a connection by its user', () => {
  it('takes tokens along within the origins that were named, and no further', () => {
    const to = (more: object) => carriesOver(base, withMetadata(more))
    expect(to({ token_endpoint: 'https://id.example/oauth/token' })).toBe(true)
    expect(to({ revocation_endpoint: 'https://id.example/revoke' })).toBe(true)
    expect(to({ token_endpoint: 'https://evil.example/token' })).toBe(false)
    expect(to({ token_endpoint: 'http://id.example/token' })).toBe(false)
    expect(to({ mtls_endpoint_aliases: { token_endpoint: 'https://evil.example/token' } })).toBe(false)
  })

  it('leaves it to the provider’s own document, and to the check of the issuer', () => {
    const elsewhere = withMetadata({ token_endpoint: 'https://tokens.example/token' })
    expect(carriesOver(base, { ...elsewhere, metadataSource: 'discovery' })).toBe(true)
    expect(carriesOver(base, withMetadata({ issuer: 'https://other.example' }))).toBe(true)
  })
})

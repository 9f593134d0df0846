import { describe, expect, it } from 'vitest'
import {
  isResourceMetadataUrl,
  isWellKnownUrl,
  issuerLeadsTo,
  resourceMetadataUrls,
  wellKnownUrls,
} from '../../../../../src/core/oauth/discovery/well-known.ts'

describe('where metadata may be', () => {
  it('is asked for below the issuer and before its path, of either kind', () => {
    expect(wellKnownUrls(new URL('https://as.example/tenant/'))).toEqual([
      'https://as.example/tenant/.well-known/openid-configuration',
      'https://as.example/.well-known/oauth-authorization-server/tenant',
      'https://as.example/.well-known/openid-configuration/tenant',
      'https://as.example/tenant/.well-known/oauth-authorization-server',
    ])
  })

  it('is each address once where the issuer has no path', () => {
    expect(wellKnownUrls(new URL('https://as.example'))).toEqual([
      'https://as.example/.well-known/openid-configuration',
      'https://as.example/.well-known/oauth-authorization-server',
    ])
  })

  it('of an API is before its path, else at the root (RFC 9728 section 3.1)', () => {
    expect(resourceMetadataUrls(new URL('https://api.example/v1/'))).toEqual([
      'https://api.example/.well-known/oauth-protected-resource/v1',
      'https://api.example/.well-known/oauth-protected-resource',
    ])
    expect(resourceMetadataUrls(new URL('https://api.example/'))).toEqual([
      'https://api.example/.well-known/oauth-protected-resource',
    ])
  })

  it.each([
    ['https://as.example/.well-known/openid-configuration', true, false],
    ['https://as.example/a/.well-known/oauth-authorization-server', true, false],
    ['https://as.example/.well-known/oauth-authorization-server/a', true, false],
    ['https://api.example/.well-known/oauth-protected-resource/v1', false, true],
    ['https://api.example/v1/.well-known/oauth-protected-resource', false, false],
    ['https://as.example/openid-configuration', false, false],
    ['https://as.example/?/.well-known/openid-configuration', false, false],
  ])('is told by its path: %s', (url, ofProvider, ofResource) => {
    expect(isWellKnownUrl(new URL(url))).toBe(ofProvider)
    expect(isResourceMetadataUrl(new URL(url))).toBe(ofResource)
  })
})

describe('the issuer that a document may name (RFC 8414 section 3.3)', () => {
  const tenant = '11111111-2222-3333-4444-555555555555'
  it.each([
    ['https://as.example/a', 'https://as.example/a/.well-known/openid-configuration', true],
    ['https://as.example/a', 'https://as.example/a/.well-known/openid-configuration/', true],
    ['https://as.example/a/', 'https://as.example/.well-known/oauth-authorization-server/a', true],
    ['https://as.example/a', 'https://as.example/b/.well-known/openid-configuration', false],
    ['https://as.example', 'https://evil.example/.well-known/openid-configuration', false],
    ['no address', 'https://as.example/.well-known/openid-configuration', false],
    ['https://as.example', 'no address', false],
    [
      'https://login.example/{tenantid}/v2.0',
      `https://login.example/${tenant}/v2.0/.well-known/openid-configuration`,
      true,
    ],
    [
      'https://login.example/{tenantid}/v2.0',
      'https://login.example/common/v2.0/.well-known/openid-configuration/',
      true,
    ],
    [
      'https://login.example/{tenantid}/v2.0',
      'https://login.example/common/v1.0/.well-known/openid-configuration',
      false,
    ],
    [
      'https://login.example/{tenantid}/v2.0',
      'https://evil.example/common/v2.0/.well-known/openid-configuration',
      false,
    ],
    ['https://login.example/{tenantid}', 'https://login.example/.well-known/openid-configuration', false],
  ])('%s of a document from %s: %s', (issuer, fetchedFrom, may) => {
    expect(issuerLeadsTo(issuer, fetchedFrom)).toBe(may)
  })
})

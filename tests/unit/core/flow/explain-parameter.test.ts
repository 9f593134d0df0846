import { describe, expect, it } from 'vitest'
import type { FlowMessageKind } from '../../../../src/core/contract/flows.ts'
import { explainParameter, isKnownParameter } from '../../../../src/core/flow/explain-parameter.ts'

describe('explainParameter', () => {
  it.each<[FlowMessageKind, string, string, string]>([
    ['authorization-request', 'code_challenge', 'abc', 'RFC 7636 section 4.3'],
    ['authorization-request', 'state', 'abc', 'RFC 6749 section 10.12'],
    ['authorization-request', 'nonce', 'abc', 'OpenID Connect Core section 15.5.2'],
    ['authorization-request', 'resource', 'https://api.example', 'RFC 8707 section 2'],
    ['authorization-request', 'request_uri', 'urn:x', 'RFC 9126 section 4'],
    ['authorization-request', 'dpop_jkt', 'x', 'RFC 9449 section 10'],
    ['authorization-response', 'iss', 'https://id.example', 'RFC 9207 section 2'],
    ['authorization-response', 'code', '•••', 'RFC 6749 section 4.1.2'],
    ['token-request', 'code_verifier', '•••', 'RFC 7636 section 4.5'],
    ['token-request', 'refresh_token', '•••', 'RFC 6749 section 6, RFC 9700 section 4.14'],
    ['token-response', 'id_token', '•••', 'OpenID Connect Core section 2'],
    ['discovery-response', 'issuer', 'https://id.example', 'RFC 8414 section 3.3'],
    ['token-request', 'header:DPoP', '•••', 'RFC 9449 section 4'],
  ])('names the rule of %s %s', (kind, name, value, source) => {
    expect(explainParameter(kind, name, value)).toMatchObject({ source })
  })

  it('has a card for what protects, and for nothing else', () => {
    const card = (kind: FlowMessageKind, name: string) => explainParameter(kind, name, '').card?.title
    expect(card('authorization-request', 'code_challenge')).toContain('PKCE')
    expect(card('authorization-request', 'state')).toContain('state')
    expect(card('authorization-request', 'nonce')).toContain('nonce')
    expect(card('authorization-response', 'iss')).toContain('iss')
    expect(card('authorization-request', 'scope')).toBeUndefined()
  })

  it('lets words follow the value', () => {
    expect(explainParameter('token-response', 'expires_in', '900').says).toContain('15 minutes')
    expect(explainParameter('token-response', 'expires_in', 'soon').says).not.toContain('NaN')
    expect(explainParameter('token-response', 'error', 'invalid_grant').says).toContain('used before')
    expect(explainParameter('authorization-request', 'code_challenge_method', 'plain').says).toContain(
      'verifier itself',
    )
  })

  it('says that it does not know, also for names of Object', () => {
    for (const name of ['whatever', 'constructor', '__proto__', 'toString', 'header:x-made-up'])
      expect(isKnownParameter('token-request', name)).toBe(false)
    expect(explainParameter('token-response', 'error', 'constructor').says).toContain('only this provider')
    expect(explainParameter('token-request', 'grant_type', 'toString').says).toBe(
      'How tokens are obtained here.',
    )
  })
})

import { describe, expect, it } from 'vitest'
import { createProver } from '../../../../src/node/net/proofs.ts'
import type { WireRequest } from '../../../../src/core/http/wire.ts'

/** The secrets and the moment of AWS's Signature Version 4 test suite. */
const suite = {
  type: 'Bearer' as const,
  text: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  allowInsecure: true,
  proof: {
    kind: 'awsv4' as const,
    accessKeyId: 'AKIDEXAMPLE',
    sessionToken: '',
    service: 'service',
    region: 'us-east-1',
  },
}
const moment = Date.UTC(2015, 7, 30, 12, 36)
async function signed(part: Partial<WireRequest>) {
  const request = { method: 'GET', url: 'https://example.amazonaws.com/', headers: [], ...part }
  const headers = await createProver(suite, () => moment)?.prove(request, request.headers)
  return new Map(headers)
}

describe('AWS Signature Version 4', () => {
  it.each([
    ['get-vanilla', {}, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-vanilla-query-order-key-case',
      { url: 'https://example.amazonaws.com/?Param2=value2&Param1=value1' },
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'get-vanilla-empty-query-key',
      { url: 'https://example.amazonaws.com/?Param1=value1' },
      'a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb',
    ],
    [
      'get-unreserved',
      {
        url: 'https://example.amazonaws.com/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
      },
      '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
    ],
    ['post-vanilla', { method: 'POST' }, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  ])('is that of the test suite: %s', async (_name, part, signature) => {
    const headers = await signed(part)
    expect(headers.get('Authorization')).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    )
    expect(headers.get('X-Amz-Date')).toBe('20150830T123600Z')
  })

  it('never carries the secret itself', async () => {
    expect(
      JSON.stringify([...(await signed({ method: 'PUT', body: new Uint8Array([1, 2]) }))]),
    ).not.toContain(suite.text)
  })
})

describe('Digest', () => {
  const credential = {
    type: 'Bearer' as const,
    text: 'secret',
    allowInsecure: true,
    proof: { kind: 'digest' as const, username: 'u' },
  }
  const request: WireRequest = { method: 'GET', url: 'https://a.example/x?y=1', headers: [] }
  const challenge: [string, string][] = [
    ['WWW-Authenticate', 'Digest realm="r", nonce="n", algorithm=UNKNOWN, qop="auth"'],
    ['www-authenticate', 'Basic realm="r", Digest realm="r", nonce="m", algorithm=SHA-256, qop="auth"'],
  ]

  it('waits for the challenge, answers the first that it can, and does so once', async () => {
    const prover = createProver(credential)
    expect(await prover?.prove(request, [])).toEqual([])
    expect(prover?.challenged([['WWW-Authenticate', 'Basic realm="r"']])).toBe(false)
    expect(prover?.challenged(challenge)).toBe(true)
    const [[name, value] = ['', '']] = (await prover?.prove(request, [])) ?? []
    expect(name).toBe('Authorization')
    expect(value).toMatch(/^Digest username="u", realm="r", uri="\/x\?y=1", algorithm=SHA-256, nonce="m"/)
    expect(prover?.challenged(challenge)).toBe(false)
  })
})

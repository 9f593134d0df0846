import { createHmac, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { readGivenKey } from '../../../../../src/core/jwt/keys/given-key.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'
import { writePem } from '../../../../../src/node/crypto/write-pem.ts'

const now = Date.UTC(2026, 10, 26, 12)
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = (header: Record<string, unknown>, signature = 'AAAA') =>
  `${part({ typ: 'JWT', ...header })}.${part({ sub: 'admin' })}.${signature}`
async function attacks(text: string): Promise<string[]> {
  const view = await inspectToken(text, { now })
  return view.checks.filter(({ id }) => id.startsWith('attack-')).map(({ label }) => label)
}

describe('what looks like an attack is called by its name', () => {
  const zeros = Buffer.alloc(64).toString('base64url')
  const der = Buffer.from('3045022100'.padEnd(142, '1'), 'hex').toString('base64url')
  const kid = (value: unknown) => token({ alg: 'RS256', kid: value })
  it.each([
    ['Attack: algorithm none', token({ alg: 'none' }, '')],
    ['Attack: algorithm none', token({ alg: 'nOnE' }, '')],
    ['Attack: path traversal in kid', kid('../../../../dev/null')],
    ['Attack: path in kid', kid('/dev/null')],
    ['Attack: SQL injection in kid', kid("x' UNION SELECT 'secret';--")],
    ['Attack: command injection in kid', kid('key;id')],
    ['Attack: address in kid', kid('https://evil.example/key')],
    ['Attack: nothing in kid', kid('')],
    ['Attack: non-text value in kid', kid(['a'])],
    ['Attack: control characters in kid', kid('a\u0000b')],
    ['Attack: key from jku', token({ alg: 'RS256', jku: 'https://evil.example/jwks' })],
    ['Attack: key from x5u', token({ alg: 'RS256', x5u: 'https://evil.example/cert' })],
    ['Attack: key in the token', token({ alg: 'RS256', jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } })],
    ['Attack: psychic signature', token({ alg: 'ES256' }, zeros)],
    ['ECDSA signature in DER', token({ alg: 'ES256' }, der)],
    ['Attack: unknown extension', token({ alg: 'RS256', crit: ['x'] })],
    ['Attack: payload not encoded', token({ alg: 'RS256', b64: false })],
  ])('%s', async (name, text) => {
    expect(await attacks(text)).toContain(name)
  })

  it.each(['2024-01-key', 'a1b2', 'https-key', 'key.with.dots', 'Zm9v+/=', 'urn:kid:1', '5f:a9:00'])(
    'and an ordinary kid is not: %s',
    async (value) => {
      expect(await attacks(kid(value))).toEqual([])
    },
  )
})

describe('algorithm confusion', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const confuse = (secret: string) => {
    const signed = `${part({ alg: 'HS256' })}.${part({ sub: 'admin' })}`
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
  }
  it.each([
    ['with its line end', pem],
    ['without it', pem.trim()],
    ['with CR LF', pem.replaceAll('\n', '\r\n')],
    ['as JWK', JSON.stringify(publicKey.export({ format: 'jwk' }))],
  ])('is found where the public key %s was the secret', async (_name, secret) => {
    const given = readGivenKey({ text: pem }, readPem)
    if (!given.ok) throw new Error(given.error.code)
    const view = await inspectToken(confuse(secret), {
      now,
      key: { given: given.value, text: pem, writePem },
    })
    expect(view.checks).toContainEqual(expect.objectContaining({ id: 'attack-key-confusion' }))
    expect(view.checks.find(({ id }) => id === 'signature')?.state).toBe('invalid')
  })
  it('is not claimed of a token signed with a real secret', async () => {
    const given = readGivenKey({ text: pem }, readPem)
    if (!given.ok) throw new Error(given.error.code)
    const view = await inspectToken(confuse('a real secret'), {
      now,
      key: { given: given.value, text: pem, writePem },
    })
    expect(view.checks.map(({ id }) => id)).not.toContain('attack-key-confusion')
  })
})

it('accepts no mutated token', async () => {
  const secret = 'the-secret-of-this-property'
  const signed = `${part({ alg: 'HS256' })}.${part({ sub: 'alice', exp: 4_000_000_000 })}`
  const good = `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
  const given = readGivenKey({ text: secret }, readPem)
  if (!given.ok) throw new Error(given.error.code)
  const key = { given: given.value, text: secret, writePem }
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: good.length - 1 }),
      fc.constantFrom(...'ABCabc019-_.+/= \n'),
      fc.constantFrom('replace', 'insert', 'delete'),
      async (at, character, how) => {
        const mutated =
          how === 'insert'
            ? good.slice(0, at) + character + good.slice(at)
            : good.slice(0, at) + (how === 'replace' ? character : '') + good.slice(at + 1)
        const view = await inspectToken(mutated, { now, key })
        const valid = view.checks.some(({ id, state }) => id === 'signature' && state === 'valid')
        expect(valid).toBe(valid && mutated.trim() === good)
      },
    ),
    { numRuns: 2_000 },
  )
})

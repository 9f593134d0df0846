import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../../../../src/core/contract/result.ts'
import type { KeyInput, ReadPem } from '../../../../../src/core/jwt/keys/given-key.ts'
import { readImported } from '../../../../../src/core/jwt/keys/imported-key.ts'

const noPem: ReadPem = () => fail('key_unreadable', 'No PEM here.', '')
const imported = (input: KeyInput, readPem = noPem) => readImported(input, readPem)
const rsa = { kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: 'one', use: 'sig', further: [1] }

describe('the keys in what was given', () => {
  it('are a JWK, whole', () => {
    expect(imported({ text: ` ${JSON.stringify(rsa)}\n` })).toEqual(ok([rsa]))
    const secret = { kty: 'oct', k: 'AQI', kid: 'two' }
    expect(imported({ text: JSON.stringify(secret) })).toEqual(ok([secret]))
  })
  it('are all of a JWK Set that are objects', () => {
    expect(imported({ text: JSON.stringify({ keys: [rsa, 7, null, { kty: 'odd' }] }) })).toEqual(
      ok([rsa, { kty: 'odd' }]),
    )
  })
  it('are what PEM holds, read without what is around it', () => {
    const readPem: ReadPem = (pem) =>
      pem === '-----BEGIN X-----' ? ok({ jwk: rsa, from: 'x' }) : fail('key_unreadable', '', '')
    expect(imported({ text: ' -----BEGIN X-----\n' }, readPem)).toEqual(ok([rsa]))
  })
  it('are a shared secret as a JWK', () => {
    expect(imported({ text: '0102', encoding: 'hex' })).toEqual(ok([{ kty: 'oct', k: 'AQI' }]))
  })
  it('are none where it cannot be read', () => {
    expect(imported({ text: '' })).toMatchObject({ error: { code: 'key_missing' } })
    expect(imported({ text: '-----BEGIN X-----' })).toMatchObject({ error: { code: 'key_unreadable' } })
    expect(imported({ text: '{"kty":"odd"}' })).toMatchObject({ error: { code: 'key_no_algorithm' } })
  })
})

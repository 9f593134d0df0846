import { describe, expect, it } from 'vitest'
import { tokenForms } from '../../../../../src/core/contract/tables/token-forms.ts'
import { demanded, headerFault } from '../../../../../src/core/jwt/make/critical.ts'
import { makeToken } from '../../../../../src/core/jwt/make/make-token.ts'
import type { TokenDraft } from '../../../../../src/core/jwt/make/token-draft.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'

const key = { text: 'a secret of thirty-two characters' }
const context = { now: 0, randomBytes: (length: number) => new Uint8Array(length) }
async function make(header: object, draft: Partial<TokenDraft>) {
  const made = await makeToken({ header: JSON.stringify(header), payload: '{}', ...draft }, context, readPem)
  return made.ok ? made.value.text : made.error.code
}
function protectedHeader(text: string): unknown {
  const json = text.startsWith('{')
    ? (JSON.parse(text) as { protected?: string; signatures?: { protected: string }[] })
    : { protected: text.split('.')[0] }
  const part = json.protected ?? json.signatures?.[0]?.protected ?? ''
  return JSON.parse(Buffer.from(part, 'base64url').toString())
}

describe.each(
  tokenForms.flatMap((form) => [
    { form, key },
    { form, encrypt: { key, enc: 'A128GCM' as const } },
  ]),
)('a header with crit, in %j', (draft) => {
  it('may demand what no one knows', async () => {
    const header = { crit: ['x', 'y'], x: 1, y: null }
    expect(protectedHeader(await make(header, draft))).toMatchObject(header)
  })
  it.each([[[]], ['x'], [['y']], [[7]], [null]])('of %j is refused, and not the key', async (crit) => {
    expect(await make({ crit, x: 1 }, draft)).toBe('header_unfit')
  })
})

describe('a payload', () => {
  it.each(tokenForms)('is not left unencoded in %s form', async (form) => {
    expect(await make({ b64: false, crit: ['b64'] }, { form, key })).toBe('header_unfit')
    expect(await make({ b64: true, crit: ['b64'] }, { form, key })).not.toBe('header_unfit')
    expect(await make({ b64: false, x: 1, crit: ['x'] }, { form, key })).not.toBe('header_unfit')
    expect(await make({ b64: false }, { form, key })).not.toBe('header_unfit')
  })
})

it.each(tokenForms)('an alg that was typed does not hinder encrypting in %s form', async (form) => {
  const text = await make({ alg: 'HS256', enc: 'none' }, { form, encrypt: { key, enc: 'A128GCM' } })
  const header = protectedHeader(text) as { alg?: string; enc: string }
  expect(header.enc).toBe('A128GCM')
  expect(header.alg).toBe(form === 'general' ? undefined : 'PBES2-HS256+A128KW')
})

it.each(tokenForms)('content is compressed by DEFLATE alone in %s form', async (form) => {
  const encrypt = { key, enc: 'A128GCM' as const }
  expect(await make({ zip: 'GZ' }, { form, encrypt })).toBe('header_unfit')
  expect(await make({ zip: null }, { form, encrypt })).toBe('header_unfit')
  expect(protectedHeader(await make({ zip: 'DEF' }, { form, encrypt }))).toMatchObject({ zip: 'DEF' })
})

it('only names are demanded', () => {
  expect(demanded({ crit: ['a', 7, 'b'] })).toEqual({ crit: { a: true, b: true } })
  expect(demanded({ crit: 'a' })).toEqual({ crit: {} })
  expect(demanded({})).toEqual({ crit: {} })
})

it('faults of a header are known by their class', () => {
  const coded = (code: string) => Object.assign(new Error('crit'), { code })
  expect(headerFault(coded('ERR_JWS_INVALID'))).toMatchObject({ error: { code: 'header_unfit' } })
  expect(headerFault(coded('ERR_JWE_INVALID'))).toMatchObject({ error: { code: 'header_unfit' } })
  expect(headerFault(coded('ERR_JOSE_NOT_SUPPORTED'))).toBeUndefined()
  expect(headerFault(new Error('ERR_JWS_INVALID'))).toBeUndefined()
  expect(headerFault({ code: 'ERR_JWS_INVALID' })).toBeUndefined()
})

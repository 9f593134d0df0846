import { describe, expect, it } from 'vitest'
import { nameSignature } from '../../../../../src/core/jwt/attacks/signature-attacks.ts'

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const codes = (alg: string | undefined, hex: string) =>
  nameSignature(alg === undefined ? {} : { alg }, bytes(hex)).map(({ id, code }) => `${id} ${code}`)
const sources = (alg: string, hex: string) => nameSignature({ alg }, bytes(hex)).map(({ source }) => source)
const psychic = ['attack-psychic-signature psychic_signature']
const der = ['attack-der-signature der_signature']
const another = ['attack-signature-length signature_length']

/** The order of each group, as NIST SP 800-186 and SEC 2 print it. */
const orders: [alg: string, order: string][] = [
  ['ES256', 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'],
  [
    'ES384',
    'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
  ],
  [
    'ES512',
    '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
  ],
  ['ES256K', 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'],
]

describe.each(orders)('%s', (alg, order) => {
  const half = order.length
  const below = (BigInt(`0x${order}`) - 1n).toString(16).padStart(half, '0')
  const one = '1'.padStart(half, '0')
  const nought = '0'.repeat(half)
  it('has halves from one to the order of its group', () => {
    expect(codes(alg, below + one)).toEqual([])
    expect(codes(alg, one + below)).toEqual([])
    expect(codes(alg, order + one)).toEqual(psychic)
    expect(codes(alg, one + order)).toEqual(psychic)
    expect(codes(alg, nought + one)).toEqual(psychic)
    expect(codes(alg, one + nought)).toEqual(psychic)
    expect(codes(alg, nought + nought)).toEqual(psychic)
    expect(codes(alg, '0000')).toEqual(psychic)
  })
  it('has one length', () => {
    expect(codes(alg, one + one.slice(2))).toEqual(another)
    expect(codes(alg, `${one + one}00`)).toEqual(another)
    expect(codes(alg, one)).toEqual(another)
    expect(codes(alg, '')).toEqual([])
  })
  it('is not in DER', () => {
    expect(codes(alg, '3006020101020101')).toEqual(der)
    expect(codes(alg, '3081880242010102')).toEqual(der)
    expect(codes(alg, '3106020101020101')).toEqual(another)
    expect(codes(alg, '3006030101020101')).toEqual(another)
  })
})

it('of zeros alone is made by no honest EdDSA signer either', () => {
  expect(codes('EdDSA', '00'.repeat(64))).toEqual(psychic)
  expect(codes('Ed448', '00'.repeat(10))).toEqual(psychic)
  expect(codes('EdDSA', `${'00'.repeat(63)}01`)).toEqual([])
})

it('is called by where the defect is written down', () => {
  expect(sources('ES256', '0000')).toEqual(['CVE-2022-21449'])
  expect(sources('ES256', '01')).toEqual(['RFC 7518 section 3.4'])
  expect(sources('ES256', '3006020101020101')).toEqual(['RFC 7518 section 3.4'])
})

it('of Ed25519 has one length and one form', () => {
  const [r, order] = ['11'.repeat(32), 'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010']
  expect(codes('EdDSA', '11'.repeat(63))).toEqual(another)
  expect(codes('Ed25519', '11'.repeat(65))).toEqual(another)
  expect(codes('Ed25519', `${r}ec${order.slice(2)}`)).toEqual([])
  expect(codes('Ed25519', r + order)).toEqual(['attack-signature-second signature_second'])
  expect(codes('EdDSA', `01${'00'.repeat(63)}`)).toEqual(psychic)
})

it('of nothing in DER is psychic', () => {
  expect(codes('ES256', '3006020100020100')).toEqual(psychic)
})

describe('of RSA and HMAC', () => {
  const blank = ['attack-blank-signature blank_signature']
  const changed = ['attack-alg-changed alg_changed']
  it.each([
    ['RS256', '00'.repeat(256), blank],
    ['PS256', `${'00'.repeat(255)}01`, blank],
    ['RS256', `${'00'.repeat(255)}02`, []],
    ['RS256', '00'.repeat(64), []],
    ['RS256', '11'.repeat(32), changed],
    ['RS384', '11'.repeat(48), changed],
    ['RS512', '11'.repeat(64), changed],
    ['RS512', '11'.repeat(32), []],
    ['HS256', '11'.repeat(256), changed],
    ['HS256', '11'.repeat(127), []],
    ['HS256', '00'.repeat(32), blank],
    ['HS256', '00'.repeat(31), []],
    ['HS256', '11'.repeat(32), []],
  ])('%s, %s, is called %j', (alg, hex, names) => {
    expect(codes(alg, hex)).toEqual(names)
  })
})

it.each(['ML-DSA-44', 'XX256', undefined])('of %s is not looked at', (alg) => {
  expect(codes(alg, '00'.repeat(64))).toEqual([])
  expect(codes(alg, '00')).toEqual([])
})

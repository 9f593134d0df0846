import { createHash, generateKeyPairSync } from 'node:crypto'
import {
  decodeJwt,
  decodeProtectedHeader,
  importJWK,
  SignJWT,
  type JWTPayload,
  type JWTHeaderParameters,
} from 'jose'
import type { JWK } from 'oidc-provider'
import type { FaultName } from '../faults/table.ts'
import { closeToken, createOpenToken, isEncrypted } from './encrypted-tokens.ts'

type Answer = Record<string, unknown>

const elsewhere = 'https://another.example'

/**
 * Changes a token response as the faults say, and signs again what was changed. What is encrypted with a key of someone
 * else stays as it is.
 */
export async function spoilTokens(
  answer: Answer,
  faults: readonly FaultName[],
  keys: readonly JWK[],
  own: Buffer,
): Promise<void> {
  const on = new Set(faults)
  const { access_token: access, id_token: id } = answer
  if (typeof access === 'string' && isEncrypted(access)) {
    const inner = await createOpenToken(own)(access)
    if (inner !== undefined)
      answer.access_token = await closeToken(await spoilAccessToken(inner, on, keys), access, own)
  } else if (typeof access === 'string' && access.includes('.'))
    answer.access_token = await spoilAccessToken(access, on, keys)
  if (typeof id === 'string' && !isEncrypted(id)) answer.id_token = await spoilIdToken(id, on, keys)
}

async function spoilAccessToken(
  token: string,
  on: ReadonlySet<FaultName>,
  keys: readonly JWK[],
): Promise<string> {
  const changes: JWTPayload = {}
  if (on.has('wrong-audience')) changes.aud = 'https://another-api.example'
  if (on.has('expired-tokens')) changes.exp = Number(decodeJwt(token).iat) - 60
  if (on.has('access-wrong-issuer')) changes.iss = elsewhere
  const changed = Object.keys(changes).length > 0 ? await sign(token, changes, [], keys) : token
  if (on.has('access-unknown-kid')) return signByStranger(changed)
  return on.has('access-bad-signature') ? withBadSignature(changed) : changed
}

async function spoilIdToken(
  token: string,
  on: ReadonlySet<FaultName>,
  keys: readonly JWK[],
): Promise<string> {
  const claims = decodeJwt(token)
  const changes: JWTPayload = {}
  const left: string[] = []
  if (on.has('id-wrong-issuer')) changes.iss = elsewhere
  if (on.has('id-missing-issuer')) left.push('iss')
  if (on.has('id-wrong-audience')) changes.aud = 'another-client'
  if (on.has('id-missing-audience')) left.push('aud')
  if (on.has('id-wrong-nonce')) changes.nonce = 'a-nonce-that-was-not-sent'
  if (on.has('id-missing-nonce')) left.push('nonce')
  if (on.has('id-wrong-azp') || on.has('id-missing-azp'))
    changes.aud = [String([claims.aud].flat()[0]), 'another-client']
  if (on.has('id-wrong-azp')) changes.azp = 'another-client'
  if (on.has('id-missing-azp')) left.push('azp')
  if (on.has('id-missing-at-hash')) left.push('at_hash')
  if (on.has('id-wrong-at-hash'))
    changes.at_hash = createHash('sha256')
      .update('another access token')
      .digest()
      .subarray(0, 16)
      .toString('base64url')
  if (on.has('id-expired')) {
    changes.iat = Number(claims.iat) - 7200
    changes.exp = Number(claims.iat) - 3600
  }
  const isChanged = Object.keys(changes).length + left.length > 0
  const changed = isChanged ? await sign(token, changes, left, keys) : token
  if (on.has('id-unsigned')) return unsigned(changed)
  if (on.has('id-unknown-kid')) return signByStranger(changed)
  return on.has('id-bad-signature') ? withBadSignature(changed) : changed
}

/** Signs with the same key as before. */
async function sign(
  token: string,
  changes: JWTPayload,
  left: string[],
  keys: readonly JWK[],
): Promise<string> {
  const header = decodeProtectedHeader(token)
  const key = keys.find(({ kid }) => kid === header.kid) ?? keys[0]
  if (!key) throw new Error('there is no key to sign with')
  const claims: JWTPayload = { ...decodeJwt(token), ...changes }
  const payload = Object.fromEntries(Object.entries(claims).filter(([name]) => !left.includes(name)))
  return new SignJWT(payload)
    .setProtectedHeader(header as JWTHeaderParameters)
    .sign(await importJWK(key as Parameters<typeof importJWK>[0], String(header.alg)))
}

let stranger: { privateKey: ReturnType<typeof generateKeyPairSync>['privateKey'] } | undefined

/** Signs with a key that no one publishes. */
async function signByStranger(token: string): Promise<string> {
  stranger ??= generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const header = { ...decodeProtectedHeader(token), alg: 'ES256', kid: 'not-published' }
  return new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(stranger.privateKey)
}

function unsigned(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
  return `${header}.${token.split('.')[1] ?? ''}.`
}

/** Another character in the middle of the signature: its length and form stay right. */
function withBadSignature(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const middle = Math.floor(signature.length / 2)
  const other = signature[middle] === 'A' ? 'B' : 'A'
  return `${header}.${payload}.${signature.slice(0, middle)}${other}${signature.slice(middle + 1)}`
}

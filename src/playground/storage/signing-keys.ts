import { createHash, generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import type { JWK } from 'oidc-provider'
import type { PlaygroundDatabase } from './open.ts'
import type { Sealer } from './settings.ts'

const generate = promisify(generateKeyPair)

/** Makes a pair of signing keys: ES256 for access tokens, RS256 for ID tokens (every client knows RS256). */
export async function generateSigningKeys(): Promise<JWK[]> {
  const [elliptic, rsa] = await Promise.all([
    generate('ec', { namedCurve: 'P-256' }),
    generate('rsa', { modulusLength: 2048 }),
  ])
  const describe = (jwk: JWK, alg: string): JWK => ({ ...jwk, alg, use: 'sig', kid: thumbprint(jwk) })
  return [
    describe(elliptic.privateKey.export({ format: 'jwk' }) as JWK, 'ES256'),
    describe(rsa.privateKey.export({ format: 'jwk' }) as JWK, 'RS256'),
  ]
}

/** The kept signing keys, made on the first start. */
export async function loadSigningKeys(database: PlaygroundDatabase, sealer: Sealer): Promise<JWK[]> {
  const rows = database
    .prepare('SELECT kid, sealed_jwk FROM signing_keys ORDER BY created_at, algorithm')
    .all() as {
    kid: string
    sealed_jwk: Buffer
  }[]
  if (rows.length > 0) return rows.map((row) => JSON.parse(sealer.open(row.sealed_jwk, row.kid)) as JWK)
  const keys = await generateSigningKeys()
  const insert = database.prepare(
    'INSERT INTO signing_keys (kid, algorithm, sealed_jwk, created_at) VALUES (?, ?, ?, ?)',
  )
  database.transaction(() => {
    for (const key of keys) {
      const kid = String(key.kid)
      insert.run(kid, String(key.alg), sealer.seal(JSON.stringify(key), kid), Date.now())
    }
  })()
  return keys
}

/** The public members of the keys: what the provider's jwks_uri publishes. */
export function publicKeys(keys: readonly JWK[]): JWK[] {
  return keys.map(({ kty, use, alg, kid, crv, x, y, n, e }) =>
    kty === 'RSA' ? { kty, use, alg, kid, n, e } : { kty, use, alg, kid, crv, x, y },
  ) as JWK[]
}

/** RFC 7638: the thumbprint of the public part, used as the key's id. */
function thumbprint(jwk: JWK): string {
  const members =
    jwk.kty === 'RSA' ? { e: jwk.e, kty: 'RSA', n: jwk.n } : { crv: jwk.crv, kty: 'EC', x: jwk.x, y: jwk.y }
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url').slice(0, 16)
}

import { createHash, generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import type { JWK } from 'oidc-provider'
import type { PlaygroundDatabase } from './database.ts'
import type { Sealer } from './settings.ts'

const generate = promisify(generateKeyPair)
const dayMs = 86_400_000
/** Longer than any token lives that a retired key signed. */
const retiredStayMs = 2 * dayMs

/** Makes a pair of signing keys: ES256 for access tokens, RS256 for ID tokens (every client knows RS256). */
export async function generateSigningKeys(): Promise<JWK[]> {
  const [elliptic, rsa] = await Promise.all([
    generate('ec', { namedCurve: 'P-256' }),
    generate('rsa', { modulusLength: 2048 }),
  ])
  const describe = (jwk: JWK, alg: string): JWK => ({ ...jwk, alg, use: 'sig', kid: thumbprint(jwk) })
  return [
    describe(elliptic.privateKey.export({ format: 'jwk' }), 'ES256'),
    describe(rsa.privateKey.export({ format: 'jwk' }), 'RS256'),
  ]
}

export type KeyRing = {
  /** Those that sign are first; retired ones follow, as long as what they signed may live. */
  load: () => Promise<JWK[]>
  rotate: () => Promise<JWK[]>
  /** When the keys that sign were made, in milliseconds. */
  madeAt: () => number
}

/** The signing keys of one issuer ('' for the first), made on the first start and kept. */
export function openKeyRing(database: PlaygroundDatabase, sealer: Sealer, issuer = ''): KeyRing {
  const select = database.prepare(
    'SELECT kid, sealed_jwk FROM signing_keys WHERE issuer = ? ORDER BY retired_at IS NOT NULL, created_at DESC, algorithm',
  )
  const insert = database.prepare(
    'INSERT INTO signing_keys (kid, algorithm, sealed_jwk, created_at, issuer) VALUES (?, ?, ?, ?, ?)',
  )
  const retire = database.prepare(
    'UPDATE signing_keys SET retired_at = ? WHERE issuer = ? AND retired_at IS NULL',
  )
  const forget = database.prepare('DELETE FROM signing_keys WHERE issuer = ? AND retired_at < ?')
  const newest = database.prepare('SELECT max(created_at) AS at FROM signing_keys WHERE issuer = ?')

  function read(): JWK[] {
    const rows = select.all(issuer) as { kid: string; sealed_jwk: Uint8Array }[]
    return rows.map((row) => JSON.parse(sealer.open(row.sealed_jwk, row.kid)) as JWK)
  }
  async function rotate(): Promise<JWK[]> {
    const keys = await generateSigningKeys()
    database.transaction(() => {
      const now = Date.now()
      retire.run(now, issuer)
      forget.run(issuer, now - retiredStayMs)
      for (const key of keys) {
        const kid = String(key.kid)
        insert.run(kid, String(key.alg), sealer.seal(JSON.stringify(key), kid), now, issuer)
      }
    })
    return read()
  }
  return {
    load: async () => {
      const kept = read()
      return kept.length > 0 ? kept : rotate()
    },
    rotate,
    madeAt: () => (newest.get(issuer) as { at: number | null }).at ?? 0,
  }
}

/** The public members of the keys: what the provider's jwks_uri publishes. */
export function publicKeys(keys: readonly JWK[]): JWK[] {
  return keys.map(({ kty, use, alg, kid, crv, x, y, n, e }) => {
    if (kty === 'RSA') return { kty, use, alg, kid, n, e }
    return kty === 'OKP' ? { kty, use, alg, kid, crv, x } : { kty, use, alg, kid, crv, x, y }
  })
}

/** RFC 7638: the thumbprint of the public part, used as the key's id. */
function thumbprint(jwk: JWK): string {
  const members =
    jwk.kty === 'RSA' ? { e: jwk.e, kty: 'RSA', n: jwk.n } : { crv: jwk.crv, kty: 'EC', x: jwk.x, y: jwk.y }
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url').slice(0, 16)
}

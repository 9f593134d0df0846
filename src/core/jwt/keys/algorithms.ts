/** What is known of a JWS algorithm (RFC 7518 section 3.1, RFC 8037, RFC 9864). */
export interface JwsAlgorithm {
  /** Which kind of key verifies it. */
  kty: 'RSA' | 'EC' | 'OKP' | 'oct' | 'AKP'
  crv?: string
  /** In words. */
  words: string
  /** Digest for at_hash and c_hash (OpenID Connect Core 3.1.3.6); absent where none is defined. */
  digest?: 'SHA-256' | 'SHA-384' | 'SHA-512'
  /** Whether this program can verify it: always, never, or where what it runs on can. */
  supported: 'always' | 'never' | 'runtime'
}

/** The algorithm of this `alg` value, or undefined where it is none of the registered signatures. */
export function jwsAlgorithm(alg: string): JwsAlgorithm | undefined {
  return algorithms.get(alg)
}

/** `alg` says that nothing is signed, in whatever spelling (RFC 8725 section 3.2). */
export function isNone(alg: string): boolean {
  return alg.toLowerCase() === 'none'
}

function family(kty: 'RSA' | 'oct', prefix: string, words: string): [string, JwsAlgorithm][] {
  return ([256, 384, 512] as const).map((size) => [
    `${prefix}${size}`,
    { kty, words: `${words} with SHA-${size}`, digest: `SHA-${size}`, supported: 'always' },
  ])
}

const ed25519: JwsAlgorithm = {
  kty: 'OKP',
  crv: 'Ed25519',
  words: 'EdDSA on Ed25519',
  digest: 'SHA-512',
  supported: 'always',
}

const algorithms = new Map<string, JwsAlgorithm>([
  ...family('oct', 'HS', 'HMAC'),
  ...family('RSA', 'RS', 'RSA PKCS #1 v1.5'),
  ...family('RSA', 'PS', 'RSA-PSS'),
  ['ES256', ec('P-256', 256)],
  ['ES384', ec('P-384', 384)],
  ['ES512', ec('P-521', 512)],
  ['ES256K', ec('secp256k1', 256, 'never')],
  ['EdDSA', ed25519],
  ['Ed25519', ed25519],
  ['Ed448', { kty: 'OKP', crv: 'Ed448', words: 'EdDSA on Ed448', supported: 'never' }],
  mlDsa(44),
  mlDsa(65),
  mlDsa(87),
])

function ec(
  crv: string,
  size: 256 | 384 | 512,
  supported: JwsAlgorithm['supported'] = 'always',
): JwsAlgorithm {
  return {
    kty: 'EC',
    crv,
    words: `ECDSA on ${crv} with SHA-${size}`,
    digest: `SHA-${size}`,
    supported,
  }
}

function mlDsa(level: number): [string, JwsAlgorithm] {
  return [
    `ML-DSA-${level}`,
    { kty: 'AKP', words: `ML-DSA-${level}, a post-quantum signature`, supported: 'runtime' },
  ]
}

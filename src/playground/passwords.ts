import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

// OWASP's scrypt parameters for 32 MiB: N = 2^15, r = 8, p = 3.
const current = { cost: 2 ** 15, blockSize: 8, parallelization: 3 }
const keyLength = 32

type Parameters = typeof current

/** Hashes a password; the parameters and the salt are in the text. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, current)
  const { cost, blockSize, parallelization } = current
  return [
    'scrypt',
    cost,
    blockSize,
    parallelization,
    salt.toString('base64url'),
    key.toString('base64url'),
  ].join('$')
}

/** Compares in constant time. A text that is no hash of ours verifies nothing. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, cost, blockSize, parallelization, salt, key] = hash.split('$')
  if (scheme !== 'scrypt' || !salt || !key) return false
  const expected = Buffer.from(key, 'base64url')
  const parameters = {
    cost: Number(cost),
    blockSize: Number(blockSize),
    parallelization: Number(parallelization),
  }
  const actual = await derive(password, Buffer.from(salt, 'base64url'), parameters)
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

function derive(password: string, salt: Buffer, parameters: Parameters): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const maxmem = 256 * parameters.cost * parameters.blockSize
    scrypt(password.normalize('NFKC'), salt, keyLength, { ...parameters, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

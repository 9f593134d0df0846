import { fail, ok, type Result } from '@contract/result'
import { sameBytes, utf8 } from '../box/bytes.ts'
import { affordable, type ScryptParameters, type VaultCrypto } from '../box/vault-crypto.ts'

/** OWASP Password Storage Cheat Sheet: scrypt with N=2^17 (128 MiB), r=8, p=1. */
export const currentScrypt: ScryptParameters = { cost: 17, blockSize: 8, parallelization: 1 }
const sizes = { salt: 16, half: 32 } as const
const limits = { shortest: 8, longest: 1_024 } as const

/** A password hash as it is stored: parameters, salt and verifier. Bytes. */
export interface PasswordHash {
  parameters: ScryptParameters
  salt: Uint8Array
  verifier: Uint8Array
}

/** A password that may be set. Unicode NFC (RFC 8265 section 4.2). Code: `password_unfit`. */
export function readNewPassword(password: string): Result<string> {
  const length = Array.from(password.normalize('NFC')).length
  if (length < limits.shortest)
    return fail(
      'password_unfit',
      `The password has ${length} characters; it needs at least ${limits.shortest}.`,
      'Use a longer one: a few unrelated words are strong and easy to remember.',
    )
  if (length > limits.longest)
    return fail(
      'password_unfit',
      `The password is longer than ${limits.longest} characters.`,
      'Use a shorter one.',
    )
  return ok(password)
}

/** Hashes a new password with a fresh salt. The wrapping key is to be overwritten after its use. */
export async function hashPassword(
  crypto: VaultCrypto,
  password: string,
  parameters = currentScrypt,
): Promise<{ wrappingKey: Uint8Array; hash: PasswordHash }> {
  const salt = crypto.randomBytes(sizes.salt)
  const { wrappingKey, verifier } = await derive(crypto, password, salt, parameters)
  return { wrappingKey, hash: { parameters, salt, verifier } }
}

/** The wrapping key, where this is the password of the hash. */
export async function checkPassword(
  crypto: VaultCrypto,
  password: string,
  hash: PasswordHash,
): Promise<Uint8Array | undefined> {
  if (password.length > limits.longest * 4) return undefined
  const { wrappingKey, verifier } = await derive(crypto, password, hash.salt, hash.parameters)
  return sameBytes(verifier, hash.verifier) ? wrappingKey : undefined
}

/** Whether a hash was made with less than what is asked for today. */
export function isOutdated({ parameters }: PasswordHash, wanted = currentScrypt): boolean {
  return (
    parameters.cost < wanted.cost ||
    parameters.blockSize < wanted.blockSize ||
    parameters.parallelization < wanted.parallelization
  )
}

/** A hash as a PHC string: `$scrypt$ln=17,r=8,p=1$salt$verifier`. */
export function formatHash({ parameters, salt, verifier }: PasswordHash): string {
  return `$scrypt$ln=${parameters.cost},r=${parameters.blockSize},p=${parameters.parallelization}$${toBase64(salt)}$${toBase64(verifier)}`
}

/** Reads a PHC string; `undefined` for another form, and for costs that would stop the computer. */
export function parseHash(text: string): PasswordHash | undefined {
  const match =
    /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/.exec(text)
  if (!match) return undefined
  const [cost, blockSize, parallelization] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (!affordable({ cost, blockSize, parallelization })) return undefined
  return {
    parameters: { cost, blockSize, parallelization },
    salt: fromBase64(match[4] ?? ''),
    verifier: fromBase64(match[5] ?? ''),
  }
}

/** One scrypt run gives two independent halves: the key that wraps, and the verifier that is stored. */
async function derive(
  crypto: VaultCrypto,
  password: string,
  salt: Uint8Array,
  parameters: ScryptParameters,
): Promise<{ wrappingKey: Uint8Array; verifier: Uint8Array }> {
  const secret = utf8(password.normalize('NFC'))
  const derived = await crypto.scrypt(secret, salt, parameters, sizes.half * 2)
  const halves = { wrappingKey: derived.slice(0, sizes.half), verifier: derived.slice(sizes.half) }
  secret.fill(0)
  derived.fill(0)
  return halves
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('=', '')
}
function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}

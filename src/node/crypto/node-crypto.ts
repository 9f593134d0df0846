import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { affordable, scryptMemory, type VaultCrypto } from '../../core/vault/box/vault-crypto.ts'
import { letGo } from '../files/let-go.ts'

const tagLength = 16

/** AES-256-GCM, scrypt and randomness of node:crypto (OpenSSL in Node, BoringSSL in Electron). */
export const nodeCrypto: VaultCrypto = {
  // Copied out of Node's shared pool, so that wiping a key wipes that key alone.
  randomBytes: (length) => Uint8Array.from(randomBytes(length)),
  encrypt: (key, nonce, plain, additional) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
    cipher.setAAD(additional)
    const body = cipher.update(plain)
    const rest = cipher.final()
    // One room of its own: copies of copies of a long body are more than the engine takes away in time.
    const { length } = body
    const sealed = new Uint8Array(length + rest.length + tagLength)
    sealed.set(body)
    letGo(body)
    sealed.set(rest, length)
    sealed.set(cipher.getAuthTag(), length + rest.length)
    return sealed
  },
  decrypt: (key, nonce, sealed, additional) => {
    if (sealed.byteLength < tagLength) return undefined
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
      decipher.setAAD(additional)
      decipher.setAuthTag(sealed.subarray(sealed.byteLength - tagLength))
      const first = decipher.update(sealed.subarray(0, sealed.byteLength - tagLength))
      const rest = decipher.final()
      const plain = new Uint8Array(first.length + rest.length)
      plain.set(first)
      plain.set(rest, first.length)
      return plain
    } catch {
      return undefined
    }
  },
  scrypt: (password, salt, { cost, blockSize, parallelization }, length) =>
    new Promise((resolve, reject) => {
      if (!affordable({ cost, blockSize, parallelization }))
        throw new Error('no computer can meet these costs')
      // scrypt needs 128 * (N + p) * r bytes and a little; Node allows 32 MiB unless it is told.
      const maxmem = scryptMemory * 2
      const options = { N: 2 ** cost, r: blockSize, p: parallelization, maxmem }
      scrypt(password, salt, length, options, (error, derived) => {
        if (error) return reject(error)
        resolve(Uint8Array.from(derived))
        derived.fill(0)
      })
    }),
}

/** Cost of scrypt (RFC 7914 section 2): N = 2^cost. */
export interface ScryptParameters {
  cost: number
  blockSize: number
  parallelization: number
}

/** Bytes that one scrypt may take: twice what Gatehouse asks for itself, and what age asks for. */
export const scryptMemory = 256 * 1024 * 1024
/** Blocks that one scrypt may mix: four times those of the dearest that fits with one lane. */
const scryptWork = (scryptMemory / 128) * 4

/** Whether costs that are in a file are ones that a computer bears: memory is 128 * N * r bytes (RFC 7914 section 2),
 *  time grows with N * r * p. To be asked before any work begins. */
export function affordable({ cost, blockSize, parallelization }: ScryptParameters): boolean {
  const blocks = 2 ** cost * blockSize
  return (
    cost >= 1 &&
    blockSize >= 1 &&
    parallelization >= 1 &&
    blocks * 128 <= scryptMemory &&
    blocks * parallelization <= scryptWork
  )
}

/** The few primitives that the vault needs. Sizes in bytes. */
export interface VaultCrypto {
  randomBytes(length: number): Uint8Array
  /** AES-256-GCM; answers ciphertext with the 16-byte tag behind it. Key 32, nonce 12. */
  encrypt(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array, additional: Uint8Array): Uint8Array
  /** Undoes `encrypt`; `undefined` where key, nonce, text or additional data are not the same. */
  decrypt(
    key: Uint8Array,
    nonce: Uint8Array,
    sealed: Uint8Array,
    additional: Uint8Array,
  ): Uint8Array | undefined
  /** scrypt (RFC 7914), beside the main thread. */
  scrypt(
    password: Uint8Array,
    salt: Uint8Array,
    parameters: ScryptParameters,
    length: number,
  ): Promise<Uint8Array>
}

/** Cost of scrypt (RFC 7914 section 2): N = 2^cost. */
export interface ScryptParameters {
  cost: number
  blockSize: number
  parallelization: number
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

import type { Result } from '@contract/result'

/** The operating system's keyring, as it is at this moment. */
export interface Keyring {
  /** `false` where the system has none, it is locked, or what it offers is no protection. */
  available: boolean
  /** `keychain`, `dpapi`, `gnome_libsecret`, `kwallet`, `kwallet5`, `kwallet6`, `basic_text`, `unknown`. */
  backend: string
}

/** Wraps vault keys with the operating system's keyring. Codes: `keyring_refused`. */
export interface KeyProtector {
  keyring(): Promise<Keyring>
  wrap(key: Uint8Array): Promise<Result<Uint8Array>>
  unwrap(wrapped: Uint8Array): Promise<Result<Uint8Array>>
}

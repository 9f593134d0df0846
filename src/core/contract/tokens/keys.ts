import type { Failure } from '../result.ts'
import type { RingKeyForm } from '../tables/ring-key-types.ts'

/** Longest name of a key, in characters. */
export const longestKeyName = 80
/** Most keys on a ring. */
export const mostRingKeys = 200

/** A key of the key ring, without what is secret in it. */
export type RingKeyView = {
  id: string
  name: string
  /** Milliseconds since 1970. */
  createdAt: number
} & (
  | {
      readable: true
      /** `RSA, 2,048 bits`, `EC P-256`, `shared secret, 32 bytes`. */
      type: string
      kid?: string
      /** RFC 7638, SHA-256. */
      thumbprint: string
      /** Signature and key management algorithms that fit it. */
      algorithms: string[]
      canSign: boolean
      canDecrypt: boolean
      /** What can be copied of it. */
      forms: RingKeyForm[]
    }
  | { readable: false; why: Failure }
)

/** The key ring, and where its public halves are served, if they are. */
export interface RingView {
  keys: RingKeyView[]
  /** The address of the JWK Set on this computer. */
  servedAt?: string
}

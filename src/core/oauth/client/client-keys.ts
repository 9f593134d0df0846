import type { JWK } from 'jose'
import type { FurtherPart } from '@contract/connection-settings'
import type { DpopProver } from './dpop.ts'

/** A certificate chain and its private key, both PEM (RFC 8705). */
export interface ClientCertificate {
  certificate: string
  key: string
}

/** The keys of a connection, opened: for as short as a use needs them. */
export interface ClientKeys {
  /** Private JWK with `alg` and `kid`: signs client assertions (RFC 7523) and request objects (RFC 9101). */
  signing?: JWK
  certificate?: ClientCertificate
  /** Proves possession of the key that tokens are bound to (RFC 9449). */
  dpop?: DpopProver
  /** What messages carry besides, by the user's word: variables are resolved. */
  further?: (FurtherPart & { secret: boolean })[]
}

import type { JwtKind } from '@contract/tables/jwt-kinds'
import type { NamedKey } from '@contract/tokens/tokens'
import type { Known } from '../../text/known.ts'
import type { Assumptions } from '../checks/check-assumed.ts'
import type { AnotherIssuer } from '../checks/check-issuer.ts'
import type { HeldKey } from '../keys/given-key.ts'
import type { SignatureKeys } from '../keys/verify-signature.ts'
import type { Presented } from '../kinds/check-holder.ts'
import type { Companion } from '../kinds/check-proof.ts'
import type { JsonObject } from '../text/json-object.ts'
import type { Reassembled } from '../text/reassemble.ts'
import type { ReadChain } from './certificates.ts'

/** A connection to compare a pasted token with. `algorithms` are those announced for ID tokens. */
export interface Comparison extends Omit<SignatureKeys, 'algorithms'> {
  issuer: Known<string>
  accessTokenIssuer?: AnotherIssuer
  clientId: Known<string>
  algorithms: Known<string[]>
  audience: Known<string | null>
  scopeAsked: Known<string>
}

/** What a pasted token is judged by. */
export interface Inspection {
  /** Milliseconds since 1970. */
  now: number
  /** The kind whose rules apply; left out it is recognised. */
  kind?: JwtKind
  against?: Comparison
  /** A key that the user gave, with its text as given. It counts before those of the connection. */
  key?: HeldKey & { untrusted?: NamedKey['by'] }
  /** What the user wants to be assumed, before what a connection expects. */
  assume?: Assumptions
  /** The JWE or JWS in JSON form that the text is the compact form of, where that leaves something out. */
  json?: string | undefined
  /** All of the JSON serialization that the token was in. */
  serialized?: string | undefined
  /** The payload of a token whose payload was detached. */
  payload?: string | undefined
  /** What the holder of an SD-JWT discloses, put in its place; `count` of them. */
  disclosed?: { reassembled: Reassembled | undefined; count: number; shown?: Presented | undefined }
  /** Of a key binding: the SD-JWT before it, by its claims, those that count with what is disclosed, and its text. */
  presentation?: { issued: JsonObject; claims: JsonObject; text: string }
  /** The access token that a DPoP proof came with. */
  companion?: Companion
  /** Reads the certificates of a header (x5c); left out they are shown as they are. */
  readChain?: ReadChain
  /** How many envelopes were taken off. */
  opened?: number
}

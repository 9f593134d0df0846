import type { CarriedCredential, CookieKeeper, ReceiveBody, SendLimits } from '../../../core/http/wire.ts'
import type { FindWay } from '../../../core/records/way.ts'
import type { OnSent } from './send-body.ts'

/** What one sending is given besides the request. */
export interface SendOptions {
  credential?: CarriedCredential
  signal?: AbortSignal
  limits?: Partial<SendLimits>
  followRedirects?: boolean
  /** Other origins that a redirect (307, 308) may carry the body to: the user said so. */
  carryBodyTo?: readonly string[]
  /** Gives and takes the cookies of whoever sends. */
  cookies?: CookieKeeper
  /** Finds the way to each server; left out, it is reached directly. */
  findWay?: FindWay
  /** Told how much of a body that comes from the disk is sent. */
  onSent?: OnSent
  /** Takes long and slow bodies; left out, they are held in memory. */
  receive?: ReceiveBody
}

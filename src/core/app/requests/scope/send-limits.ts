import type { SendSettings } from '@contract/sending/settings'
import { defaultLimits, type SendLimits } from '../../../http/wire.ts'

/** What settings mean for one sending. A time limit of zero leaves the usual one. */
export function limitsFor({ timeout, followRedirects, maxRedirects }: SendSettings): Partial<SendLimits> {
  // Without a count it is the usual one, even where nothing is followed otherwise.
  const most = maxRedirects ?? (followRedirects === true ? defaultLimits.redirects : undefined)
  return {
    ...(timeout !== undefined && timeout > 0 && { total: timeout }),
    ...(most !== undefined && { redirects: most }),
    ...(followRedirects === false && { redirects: 0 }),
  }
}

import type { Failure } from '@contract/result'
import type { SendLimits } from '../../../core/http/wire.ts'
import { failureIn } from '../../../core/text/expected-failure.ts'
import { describeNetworkFailure, isEncodingBroken } from '../network-failure.ts'

const cancelled: Failure = { code: 'http_cancelled', message: 'The request was canceled.' }

/** The user stopped it after its response had begun. */
export const stopped: Failure = { code: 'http_cancelled', message: 'Stopped. What came until then is below.' }

/** What broke a sending off, in plain words: the user, a limit, the disk, a damaged coding or the network. */
export function failureOf(
  thrown: unknown,
  url: string,
  userSignal: AbortSignal | undefined,
  signal: AbortSignal,
  { total }: SendLimits,
): Failure {
  if (userSignal?.aborted) return cancelled
  if (signal.aborted) {
    return {
      code: 'http_timeout',
      message: `${new URL(url).host} did not complete its response within ${Math.round(total / 1000)} seconds, Gatehouse’s limit.`,
      next: 'Try again, or request less data at once.',
    }
  }
  const told = failureIn(thrown)
  if (told !== undefined) return told
  if (isEncodingBroken(thrown)) {
    return {
      code: 'http_encoding_broken',
      message: 'The compressed body is damaged: it could be decoded only in part.',
      next: 'Send Accept-Encoding: identity to get it uncompressed.',
    }
  }
  return describeNetworkFailure(thrown, new URL(url).host)
}

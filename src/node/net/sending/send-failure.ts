import type { Failure } from '@contract/result'
import type { SendLimits } from '../../../core/http/wire.ts'
import { failureIn } from '../../../core/text/expected-failure.ts'
import { describeNetworkFailure, isEncodingBroken } from '../network-failure.ts'

const cancelled: Failure = { code: 'http_cancelled', message: 'The request was canceled.' }

/** The user stopped it after its response had begun. */
export const stopped: Failure = { code: 'http_cancelled', message: 'Stopped. What came until then is below.' }

function secondsIn(milliseconds: number): string {
  const seconds = Math.max(0.1, Math.round(milliseconds / 100) / 10)
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}

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
      message: `${new URL(url).host} did not complete its response within ${secondsIn(total)}, the limit that is set.`,
      next: 'Try again, request less data at once, or allow more time in Settings › Network.',
    }
  }
  const told = failureIn(thrown)
  if (told !== undefined) return told
  if (isEncodingBroken(thrown)) {
    const isBomb = (thrown as { code?: unknown }).code === 'ERR_BODY_BOMB'
    return {
      code: 'http_encoding_broken',
      message: isBomb
        ? 'The compressed body grows to over 10,000 times its size: it was decoded only in part.'
        : 'The compressed body is damaged: it could be decoded only in part.',
      next: 'Send Accept-Encoding: identity to get it uncompressed.',
    }
  }
  return describeNetworkFailure(thrown, new URL(url).host)
}

import { byTime } from './by-time.ts'
import { fact, type Case, type Verdict } from './case.ts'
import { pickHelp } from './help.ts'
import { byOwnChecks, bySaid } from './reasons.ts'

/** What the API says first, then what its token shows. A sentence counts where it speaks of the token: a licence can
 *  expire, too. */
export function knownReason(given: Case): Verdict | undefined {
  const speaks = given.error !== '' || /token|jwt|\bclaims?\b|\bsignature\b/i.test(given.said ?? '')
  const item = speaks ? given : { ...given, said: undefined }
  const time = byTime(item)
  if (time?.certainty === 'certain') return time
  const audience = byAudience(item)
  if (audience?.certainty === 'certain') return audience
  return bySaid(item) ?? time ?? byOwnChecks(item) ?? audience
}

function sameOrigin(audience: string, url: string): boolean {
  try {
    return new URL(audience).origin === new URL(url).origin
  } catch {
    return false
  }
}

function byAudience({ call, said }: Case): Verdict | undefined {
  const { audience } = call.token ?? {}
  const says = /audience|\baud\b/i.test(said ?? '')
  const foreign =
    audience !== undefined &&
    audience.length > 0 &&
    audience.every((item) => /^https?:/.test(item)) &&
    !audience.some((item) => sameOrigin(item, call.url))
  const fits = audience?.some((item) => sameOrigin(item, call.url)) === true
  if (!says && !foreign) return undefined
  return {
    headline:
      foreign || !fits
        ? 'The token is meant for another API'
        : 'The API does not accept the audience of the token',
    certainty: says ? 'certain' : 'likely',
    facts: [
      ...fact('The token is meant for', audience),
      ...fact('Sent to', new URL(call.url).origin, { wire: true }),
    ],
    next: pickHelp('aim', call),
  }
}

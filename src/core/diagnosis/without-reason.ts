import { saysNothing } from './body-words.ts'
import type { Case, Verdict } from './case.ts'
import { knownReason } from './known-reason.ts'
import { bySaying } from './sayings.ts'
import { plainText } from './words.ts'

const noneCame =
  /no (?:authorization |auth |access |bearer )?token|missing (?:authorization|bearer|access token)|authorization (?:header|field) (?:is )?(?:missing|required)|jwt is missing|authentication \w{1,20} were not provided|did not provide an? (?:api key|token)/i
/** As APIs word it where nothing came, and some where something came that they don't take. */
const asIfNone = /^\W*(?:not authenticated|authentication (?:is )?required)\b/i

/** A refusal without a code that a standard gives a meaning. */
export function withoutReason(item: Case): Verdict {
  const { call, challenge, error, said } = item
  const known = knownReason(item)
  const certain = known?.certainty === 'certain' ? known : undefined
  const hasOther = challenge !== undefined && !['bearer', 'dpop'].includes(challenge.scheme)
  const missed = noneCame.test(said ?? '')
  if (missed && !hasOther) return noneArrived(true)
  const plain = certain ?? bySaying(item)
  if (plain !== undefined) return plain
  if (hasOther && call.status !== 403) return otherScheme(challenge.scheme)
  if (asIfNone.test(said ?? '')) return known ?? noneArrived(false)
  if (call.status === 403) return notAllowed(item)
  if (known !== undefined) return known
  if (error !== '')
    return {
      headline: `The API refused the call with the code ${plainText(error, 60)}`,
      certainty: 'certain',
      next: 'Look this code up in the API’s documentation. No standard for access tokens has it.',
    }
  return challenge?.scheme === 'bearer' ? noneArrived(false) : unexplained(item)
}

function noneArrived(isSaid: boolean): Verdict {
  return {
    headline: isSaid ? 'The API says that it received no token' : 'The API responds as if no token was sent',
    certainty: isSaid ? 'certain' : 'likely',
    next: 'Something in between may remove the Authorization header, or the API reads tokens elsewhere (RFC 6750 section 3.1).',
  }
}

function notAllowed({ call, said }: Case): Verdict {
  const role = 'Often the account lacks a role: try another account, or ask the API’s operator.'
  const nothing = isBlank(call) ? 'The response gives no reason.' : 'Check the body for a reason.'
  return {
    headline: 'The API does not allow the caller to do this',
    certainty: 'unknown',
    next:
      said === undefined || saysNothing(said)
        ? `${nothing} ${role}`
        : 'The API says nothing more about the reason. If its words do not help, ask its operator.',
  }
}

function unexplained({ call, challenge, said }: Case): Verdict {
  const must =
    challenge === undefined && call.status === 401
      ? ' A 401 must also carry WWW-Authenticate (RFC 9110 section 15.5.2), and this one does not.'
      : ''
  if (said !== undefined && !saysNothing(said))
    return {
      headline: 'The API gives its reason in its own words only',
      certainty: 'unknown',
      next: `Look them up in the API’s documentation.${must}`,
    }
  if (said === undefined && !isBlank(call))
    return {
      headline: 'The API refused; look for the reason in the body',
      certainty: 'unknown',
      next: `Gatehouse finds no sentence in it that says why.${must}`,
    }
  return {
    headline: 'The API refused without saying why',
    certainty: 'unknown',
    next: 'A 401 must carry WWW-Authenticate (RFC 9110 section 15.5.2), and this one does not. Check the body and the token.',
  }
}

function isBlank({ bodyText = '' }: Case['call']): boolean {
  return ['', '{}', 'null', '""'].includes(bodyText.slice(0, 100).trim())
}

export function otherScheme(scheme: string): Verdict {
  return {
    headline: `The API requires ${schemeName(scheme)}, not a Bearer token`,
    certainty: 'certain',
    next: 'Check the address, and the API’s documentation on signing in.',
  }
}

export function schemeName(scheme: string): string {
  return scheme === 'dpop' ? 'DPoP' : `${scheme.slice(0, 1).toUpperCase()}${scheme.slice(1)}`
}

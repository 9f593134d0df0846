import { defined } from '@contract/defined'
import type { RefusalView } from '@contract/requests'
import { isObject } from '../text/parse-object.ts'
import { bodyWords, readBody } from './body-words.ts'
import { fact, parameter, type Case, type RefusedCall, type Verdict } from './case.ts'
import { readChallenges, type Challenge } from './challenges.ts'
import { knownAnswer } from './known-answers.ts'
import { judge } from './verdicts.ts'
import { plainText } from './words.ts'

export type { RefusedCall, TokenFacts } from './case.ts'

/** Says why a call was refused; `undefined` where the response is no refusal. That is a 401 or 403, a 400 whose
 *  challenge names an error (RFC 6750 section 3.1) or that speaks of the access token, and what is known to mean one. */
export function explainRefusal(call: RefusedCall): RefusalView | undefined {
  const fields = call.headers.filter(([name]) => name.toLowerCase() === 'www-authenticate')
  const { challenges, defects } = readChallenges(fields.map(([, value]) => value))
  const [challenge] = challenges.toSorted((left, right) => order(left) - order(right))
  const body = readBody(call)
  const inBody = bodyWords(call, body)
  const described = parameter(challenge, 'error_description')
  const item: Case = {
    call,
    error: challenge?.parameters.get('error') ?? bodyError(body),
    ...defined({ challenge, body, said: described ?? inBody }),
  }
  const verdict = knownAnswer(item) ?? (isRefusal(item) ? judge(item) : undefined)
  return verdict && view(item, verdict, { described, inBody, defects })
}

function isRefusal({ call: { status }, challenge, body, said = '' }: Case): boolean {
  if (status === 401 || status === 403) return true
  return status === 400 && (challenge?.parameters.has('error') === true || isOfToken(body, said))
}

/** A 400 that means the access token: Facebook's Graph API by its codes, others in words. What a provider's own endpoint
 *  answers has its error as text (RFC 6749 section 5.2), and is about a grant. */
function isOfToken(body: Record<string, unknown> | undefined, said: string): boolean {
  const error = body?.['error']
  if (isObject(error) && error['type'] === 'OAuthException')
    return [10, 102, 104, 190, 200, 2500].some((code) => code === error['code'])
  return (
    typeof error !== 'string' &&
    /^.{0,40}\baccess[ _]token\b.{0,60}(?:invalid|expired|revoked|scope)|^.{0,40}(?:invalid|expired|revoked) access[ _]token\b/i.test(
      said,
    )
  )
}

function view(
  { challenge, error }: Case,
  verdict: Verdict,
  {
    described,
    inBody,
    defects,
  }: { described?: string | undefined; inBody?: string | undefined; defects: string[] },
): RefusalView {
  const said = [
    ...fact('The API says', described),
    ...(inBody === described ? [] : fact('The body says', inBody)),
  ]
  return {
    headline: verdict.headline,
    certainty: verdict.certainty,
    ...defined({ retryAt: verdict.retryAt }),
    facts: [
      ...(verdict.facts ?? []),
      ...(verdict.saysAll ? [] : said),
      ...fact('The API’s code', plainText(error, 100), { wire: true, sent: true }),
      ...(verdict.saysAll ? said.map((each) => ({ ...each, sent: true })) : []),
      ...fact('Realm', parameter(challenge, 'realm'), { wire: true, sent: true }),
      ...fact(metadataLabel, parameter(challenge, 'resource_metadata'), { wire: true, sent: true }),
      ...fact('Flaws in the challenge', defects, { sent: true }),
    ],
    next: verdict.next,
  }
}

/** RFC 9728 section 5.1. */
const metadataLabel = 'The API’s OAuth metadata'

/** Codes of RFC 6750 and its like that some APIs write into the body alone. */
const codes = new Set(['invalid_token', 'insufficient_scope', 'insufficient_user_authentication'])

function bodyError(body: Record<string, unknown> | undefined): string {
  const error = body?.['error']
  return typeof error === 'string' && codes.has(error) ? error : ''
}

function order(challenge: Challenge): number {
  return challenge.parameters.has('error')
    ? 0
    : challenge.scheme === 'bearer'
      ? 1
      : challenge.scheme === 'dpop'
        ? 2
        : 3
}

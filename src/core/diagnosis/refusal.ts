import { defined } from '@contract/defined'
import type { RefusalView } from '@contract/requests'
import { parseObject } from '../text/parse-object.ts'
import { fact, parameter, type Case, type RefusedCall, type Verdict } from './case.ts'
import { readChallenges, type Challenge } from './challenges.ts'
import { knownAnswer } from './known-answers.ts'
import { judge } from './verdicts.ts'
import { plainText } from './words.ts'

export type { RefusedCall, TokenFacts } from './case.ts'

/** Says why a call was refused; `undefined` where the response is no refusal. That is a 401 or 403, a 400 whose
 *  challenge names an error (RFC 6750 section 3.1), and what is known to mean one. */
export function explainRefusal(call: RefusedCall): RefusalView | undefined {
  const fields = call.headers.filter(([name]) => name.toLowerCase() === 'www-authenticate')
  const { challenges, defects } = readChallenges(fields.map(([, value]) => value))
  const [challenge] = challenges.toSorted((left, right) => order(left) - order(right))
  const body =
    call.bodyText === undefined || call.bodyText.length > 65_536 ? undefined : parseObject(call.bodyText)
  const inBody = bodyWords(call, body)
  const described = parameter(challenge, 'error_description')
  const item: Case = {
    call,
    error: challenge?.parameters.get('error') ?? bodyError(body),
    ...defined({ challenge, body, said: described ?? inBody }),
  }
  const verdict = knownAnswer(item) ?? (isRefusal(call, challenge) ? judge(item) : undefined)
  return verdict && view(item, verdict, { described, inBody, defects })
}

function isRefusal({ status }: RefusedCall, challenge: Challenge | undefined): boolean {
  return status === 401 || status === 403 || (status === 400 && challenge?.parameters.has('error') === true)
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

/** The API's own words: a problem document (RFC 9457), the usual JSON errors, or a line of plain text. */
function bodyWords(
  { bodyText = '', contentType = '' }: RefusedCall,
  body: Record<string, unknown> | undefined,
): string | undefined {
  if (body === undefined)
    return bodyText.length <= 300 && !/html|json/i.test(contentType) && !bodyText.includes('<')
      ? plainText(bodyText)
      : undefined
  const { error, errors } = body
  const inner = [error, Array.isArray(errors) ? (errors[0] as unknown) : undefined].filter(isObject)
  return [body, ...inner].flatMap(sentences).find(Boolean) ?? plainText(error)
}

function sentences(object: Record<string, unknown>): (string | undefined)[] {
  const { detail, error_description, message, Message, msg, title } = object
  return [detail, error_description, message, Message, msg, title].map((item) => plainText(item))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

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

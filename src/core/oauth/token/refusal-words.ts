import type { TokenRequestKind } from './token-request-kind.ts'

/** What a refusal can mean for which RFC 6749 section 5.2 has another code, or none. */
export type RefusalMeaning = 'refresh_dead' | 'no_pkce' | 'wants_json'

/** What a refusal says in words of its own; `undefined` where they say none of this. `error` is its code, empty
 *  where it has none. */
export function meantBy(
  kind: TokenRequestKind,
  status: number,
  error: string,
  description = '',
): RefusalMeaning | undefined {
  if (status >= 500 || status === 429)
    return kind === 'refresh' && saysDead(error, description) ? 'refresh_dead' : undefined
  const words = `${error.replaceAll(/[_-]/g, ' ')} ${description}`
  if (kind === 'refresh' && saysDead(error, description)) return 'refresh_dead'
  if ((kind === 'code' || kind === 'pushed') && aboutPkce.test(words) && unwanted.test(words))
    return 'no_pkce'
  if (
    status === 415 ||
    wantsJson.some((said) => said.test(words)) ||
    (aboutForms.test(words) && unwanted.test(words))
  )
    return 'wants_json'
  return undefined
}

const aboutPkce = /\bPKCE\b|\bcode[\s_-]?(?:challenge|verifier)\b/i
const aboutForms = /x-www-form-urlencoded|\bform[\s_-]?(?:encoded|data|bod(?:y|ies))\b/i
const unwanted =
  /\bunsupported\b|\b(?:un|not )(?:supported|allowed|accepted|enabled|permitted|recogni[sz]ed|expected|known)\b|\bdisabled\b|\b(?:does not|doesn.t) (?:support|allow|accept)\b/i
/** Also what parsers say of a form that they read as JSON. */
const wantsJson = [
  /\b(?:must|should|has to|needs? to) be (?:in |valid |sent as |of type )?["“']?(?:application\/json|json)\b/i,
  /\b(?:expect(?:s|ed|ing)?|requires?|accepts? only|only accepts?|send|use) (?:an? |content[\s-]?type:? |valid )*["“']?(?:application\/json|json)\b/i,
  /\b(?:in JSON at position|not (?:a )?valid JSON|invalid JSON|malformed JSON|parse (?:the )?(?:request |body )*(?:as )?JSON)\b/i,
]

const aboutToken = /\brefresh[\s_-]?token\b/i
const gone =
  /\b(?:bad|invalid|incorrect|expired|revoked|unknown|not found|not valid|does not exist|already (?:been )?used|no longer valid)\b/i

/** Whether a refusal says in words of its own that the refresh token is done for, where RFC 6749 section 5.2 has
 *  `invalid_grant`. The code of a rule of its own keeps its meaning, unless it only says that the request is wrong. */
function saysDead(error: string, description = ''): boolean {
  const code = error.replaceAll(/[_-]/g, ' ')
  if (/^(?:bad|invalid|incorrect|expired|revoked) refresh token$/i.test(code)) return true
  // “invalid_request” is no word on the token.
  const words = error === 'invalid_request' ? description : `${code} ${description}`
  return aboutToken.test(words) && gone.test(words)
}

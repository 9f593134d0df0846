import { fact, type Case, type Verdict } from './case.ts'
import { pickHelp, type Help } from './help.ts'
import { plainText } from './words.ts'

interface Reason {
  headline: string
  help: Help
  /** How APIs say it: the playground, and the usual libraries and gateways. */
  said?: RegExp
  /** Codes of our own checks that mean the same. */
  own?: readonly string[]
}

/** Why a token is not accepted, apart from its time, its audience and a claim that is missing. The first that fits
 *  counts. */
const reasons: readonly Reason[] = [
  {
    headline: 'The API no longer knows the token: it expired, was revoked, or was never issued',
    help: 'again',
    said: /revoked|token is not known|unknown token|token (?:is )?(?:not |in)active|no longer active/i,
  },
  {
    headline: 'The token is bound to a certificate that the connection did not present',
    help: 'certificate',
    said: /certificate/i,
  },
  {
    headline: 'The token is not bound to a key, but was sent as DPoP',
    help: 'bearer',
    said: /not bound to a key/i,
  },
  {
    headline: 'The token is bound to a key (DPoP) and came without a proof',
    help: 'bound',
    said: /bound to a key|dpop proof (?:is )?(?:missing|required)|missing (?:the )?dpop/i,
    own: ['bound'],
  },
  { headline: 'The DPoP proof is for another method', help: 'proof', said: /proof.{0,20}method|\bhtm\b/i },
  { headline: 'The DPoP proof is for another address', help: 'proof', said: /proof.{0,20}ur[il]|\bhtu\b/i },
  {
    headline: 'The DPoP proof is for another access token',
    help: 'proof',
    said: /proof.{0,20}another access token|\bath\b/i,
  },
  {
    headline: 'The DPoP proof is signed with a different key than the one the token is bound to',
    help: 'proof',
    said: /proof.{0,30}another key|thumbprint/i,
    own: ['binding_wrong'],
  },
  {
    headline: 'The time in the DPoP proof does not match the API’s clock',
    help: 'proof',
    said: /proof.{0,20}(?:too old|future|expired|\biat\b)/i,
  },
  {
    headline: 'The API has seen this DPoP proof before',
    help: 'proof',
    said: /proof.{0,20}(?:used before|replay)/i,
  },
  { headline: 'The DPoP proof has no usable jti', help: 'proof', said: /proof.{0,20}\bjti\b/i },
  { headline: 'The API cannot read the DPoP proof', help: 'proof', said: /dpop proof/i },
  {
    headline: 'This is an ID token; the API requires an access token',
    help: 'access',
    said: /\bid[ _-]?token/i,
    own: ['looks_like_id_token'],
  },
  {
    headline: 'The token is encrypted; this API accepts only signed tokens',
    help: 'issue',
    said: /\bencrypted\b|\bJWE\b/,
  },
  {
    headline: 'The token text has padding (=), which no JWT has',
    help: 'whole',
    said: /padding/i,
    own: ['padding'],
  },
  {
    headline: 'The token text is damaged: a part of it is not base64url',
    help: 'whole',
    said: /base64/i,
    own: ['not_base64url', 'base64_alphabet', 'length_impossible', 'non_canonical_end', 'white_space'],
  },
  {
    headline: 'The token is not signed (alg none)',
    help: 'issue',
    said: /alg(?:orithm)? is none|not signed|unsigned/i,
    own: ['alg_none'],
  },
  {
    headline: 'The token has no signature',
    help: 'whole',
    said: /no signature|signature is (?:missing|required)/i,
    own: ['signature_missing'],
  },
  {
    headline: 'The API cannot tell which key signed the token: it has no kid, and several keys fit',
    help: 'keys',
    said: /more than one key|multiple matching keys/i,
  },
  {
    headline: 'The API cannot find the key that signed the token',
    help: 'keys',
    said: /key that the provider does not publish|key was not found|no (?:applicable|matching) key|unable to find .{0,30}key|unknown kid|kid .{0,30}(?:not found|unknown)|key not found/i,
    own: ['kid_unknown', 'key_unfit', 'key_unusable'],
  },
  {
    headline: 'The API does not accept the token’s signature algorithm',
    help: 'issue',
    said: /signed with \S{1,20}, which|algorithm|unexpected "?alg"?/i,
    own: ['alg_refused', 'alg_unknown'],
  },
  {
    headline: 'The signature of the token is wrong',
    help: 'keys',
    said: /signature/i,
    own: ['signature_wrong'],
  },
  {
    headline: 'The token comes from an issuer that the API does not trust',
    help: 'trust',
    said: /issuer|\biss\b|not issued by/i,
    own: ['iss_wrong', 'iss_slash'],
  },
  {
    headline: 'The API requires another token type (typ)',
    help: 'issue',
    said: /\btyp\b|(?<!\bany )\btoken type/i,
  },
  {
    headline: 'The header of the token has an extension (crit) that the API does not know',
    help: 'issue',
    said: /\bcrit\b/i,
    own: ['crit_unknown'],
  },
  {
    headline: 'The header of the token has b64, which no JWT may have',
    help: 'issue',
    said: /\bb64\b/i,
    own: ['b64_false'],
  },
  {
    headline: 'The API does not understand the header of the token',
    help: 'issue',
    said: /header.{0,60}not understand/i,
  },
  {
    headline: 'The header of the token is not JSON',
    help: 'whole',
    said: /header.{0,40}not (?:a )?(?:valid )?JSON/i,
    own: ['header_not_json', 'header_not_object', 'header_empty'],
  },
  {
    headline: 'The claims of the token are not JSON',
    help: 'whole',
    said: /claims.{0,40}not (?:a )?(?:valid )?JSON/i,
    own: ['payload_not_json', 'payload_not_object', 'payload_empty'],
  },
  {
    headline: 'The token is too long for this API',
    help: 'issue',
    said: /longer than|too (?:long|large)/i,
  },
  {
    headline: 'The token is incomplete: a JWT has three parts',
    help: 'whole',
    own: ['segment_count'],
  },
  {
    headline: 'A date in the token is not a number',
    help: 'issue',
    own: ['exp_unsound', 'nbf_unsound', 'iat_unsound'],
  },
  {
    headline: 'The token lacks claims that an access token must have',
    help: 'issue',
    own: ['claims_missing', 'exp_missing', 'iss_missing'],
  },
  {
    headline: 'The API cannot read the token as a JWT',
    help: 'whole',
    said: /malformed|not a (?:well-formed |valid )?jwt|decod|pars(?:e|ing)|cannot be verified/i,
  },
]

/** The reason that the API's own words give; `certain`, since it says so. */
export function bySaid(item: Case): Verdict | undefined {
  const { said, call } = item
  if (said === undefined) return undefined
  const claim = claimSaid(said)
  if (claim !== undefined)
    return { headline: claim, certainty: 'certain', next: pickHelp('issue', call), facts: checkedHere(item) }
  const reason = reasons.find((each) => each.said?.test(said))
  if (reason === undefined) return undefined
  const isOpaque = call.token?.format === 'opaque' && reason === reasons.at(-1)
  const headline = isOpaque ? 'The API requires a JWT, and this token is not one' : reason.headline
  return {
    headline,
    certainty: 'certain',
    next: pickHelp(isOpaque ? 'issue' : reason.help, call),
    facts: checkedHere(item),
  }
}

/** The reason that our own checks of the token give; `likely`, since the API did not say so. */
export function byOwnChecks(item: Case): Verdict | undefined {
  const faults = item.call.token?.faults ?? []
  const reason = reasons.find(({ own = [] }) => faults.some(({ code }) => own.includes(code)))
  return reason === undefined
    ? undefined
    : {
        headline: reason.headline,
        certainty: 'likely',
        next: pickHelp(reason.help, item.call),
        facts: checkedHere(item),
      }
}

function checkedHere({ call }: Case): Verdict['facts'] {
  return fact('Checked here', plainText(call.token?.faults?.[0]?.detail))
}

const claims = /\b(exp|iat|nbf|iss|sub|client_id|jti|cnf|aud|alg|kid|scope|scp|azp|tid|oid)\b/
const absent = /\bmissing\b|\brequired?s?\b|\babsent\b|not present|\bnames no\b/i
const kinds = /must be an? (\w{1,12})|not an? (text|number|string|object|array)\b/i

/** `the token has no exp`: a claim that is missing or of another kind, however the API puts it. */
function claimSaid(said: string): string | undefined {
  const name = claims.exec(said.slice(0, 500))?.[1]
  if (name === undefined || /more than one key|proof/i.test(said)) return undefined
  if (absent.test(said)) return `The token has no ${name}, which the API requires`
  const kind = kinds.exec(said)
  const wanted = (kind?.[1] ?? kind?.[2])?.toLowerCase().replace('text', 'string')
  if (wanted !== undefined)
    return `The ${name} of the token must be ${wanted === 'object' ? 'an' : 'a'} ${wanted}`
  return /no acceptable/i.test(said) && name !== 'aud'
    ? `The API does not accept the ${name} of the token`
    : undefined
}

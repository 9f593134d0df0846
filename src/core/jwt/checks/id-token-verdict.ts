import type { Check } from '@contract/tokens/tokens'
import { fail, ok } from '@contract/result'
import type { Result } from '@contract/result'

/** An acceptable ID token. `signatureChecked` is false where it could not be, and the user accepts that for the
 *  connection: the token then rests on TLS to the token endpoint alone (OpenID Connect Core 3.1.3.7 rule 6), over plain
 *  http on nothing, and that is to be said. */
export interface IdTokenAcceptance {
  signatureChecked: boolean
  notices: Check[]
}

const again =
  'Sign in again. If it happens again, the provider is misconfigured or something in between alters its responses.'
const settings = 'Compare the settings of the connection with those of the client at the provider.'
const clocks = 'Check this computer’s clock, then sign in again.'
const report = 'The provider has to fix this. Show its operator this message.'

/** What to do about a failed check, by its id. */
const nextSteps: Record<string, string> = {
  signature: again,
  algorithm: 'Compare the signature algorithm of the client at the provider with the provider’s metadata.',
  time: clocks,
  issuer: 'Correct the issuer of the connection, or find out who responded in its place.',
  audience: settings,
  azp: settings,
  subject: 'Sign in again; nothing of the other account was stored.',
  nonce: again,
  at_hash: again,
  c_hash: again,
  auth_time: 'Sign in again with prompt=login, or allow a longer max_age.',
  acr: 'Request another authentication level, or configure the provider to offer this one.',
  type: report,
  format: report,
}

/** What a refusal is called where its check alone would say too little. */
const ownCodes: Record<string, string> = {
  expired: 'id_token_expired',
  not_yet_valid: 'id_token_not_yet_valid',
  iss_missing: 'id_token_claim_missing',
  aud_missing: 'id_token_claim_missing',
  sub_missing: 'id_token_claim_missing',
  exp_missing: 'id_token_claim_missing',
  iat_missing: 'id_token_claim_missing',
  alg_missing: 'id_token_algorithm',
  alg_none: 'id_token_algorithm',
  alg_unknown: 'id_token_algorithm',
  alg_refused: 'id_token_algorithm',
  sub_changed: 'refresh_other_subject',
}

/** Faults that say nothing of whose the tokens are: some servers send the first ID token again with a refresh, run
 *  out as it is. */
const untimely = new Set([
  'expired',
  'not_yet_valid',
  'issued_in_future',
  'auth_time_changed',
  'auth_time_future',
])

/** Why an ID token that came with a refresh is left out while the tokens beside it are kept: all that is wrong with
 *  it are its times. `undefined` where nothing is wrong, or something else. */
export function untimelyFault(checks: Check[]): Check | undefined {
  const faults = checks.filter(({ state }) => state === 'invalid')
  return faults.every(({ code }) => untimely.has(code ?? '')) ? faults[0] : undefined
}

/** What is said of a signature that could not be checked, by the code of its check. */
const uncheckable: Record<string, string> = {
  no_keys:
    'Have the provider publish its keys at its jwks_uri. To sign in anyway, turn “Accept unverified ID tokens” on in the connection.',
  kid_unknown:
    'Try again: if the provider has just changed its keys, they are fetched again. Otherwise it signs with a key that it does not publish; to sign in anyway, turn “Accept unverified ID tokens” on in the connection.',
}

/** Decides for the sign-in. Refused with code `id_token_<check>` for the gravest check that is invalid
 *  (`id_token_nonce`, `id_token_at_hash`, ...) or the code of its own that `ownCodes` gives it, with `id_token_signature_unverifiable`
 *  where its signature could not be checked, unless `acceptUnverified` holds the user's word, and with
 *  `id_token_encrypted` for a JWE. */
export function idTokenVerdict(
  checks: Check[],
  { acceptUnverified = false }: { acceptUnverified?: boolean } = {},
): Result<IdTokenAcceptance> {
  const invalid = gravest(checks)
  if (invalid) {
    const { compared } = invalid
    return {
      ok: false,
      error: {
        code: codeOf(invalid),
        message: `The ID token was refused (${invalid.label.toLowerCase()}): ${invalid.detail}`,
        next: nextStep(invalid.id),
        ...(compared !== undefined && { compared }),
      },
    }
  }
  const format = checks.find(({ id }) => id === 'format')
  if (format)
    return fail(
      'id_token_encrypted',
      `The ID token cannot be judged: ${format.detail}`,
      'Set the client up at the provider so that its ID tokens are signed and not encrypted.',
    )
  const signature = checks.find(({ id }) => id === 'signature')
  if (!signature)
    return fail('id_token_signature_unverifiable', 'The signature of the ID token was not checked.', report)
  const { code = '' } = signature
  if (signature.state === 'not-checked' && !acceptUnverified)
    return fail(
      'id_token_signature_unverifiable',
      `The signature of the ID token cannot be checked: ${signature.detail}`,
      (Object.hasOwn(uncheckable, code) ? uncheckable[code] : undefined) ??
        'Set the client’s ID token signature at the provider to RS256 or ES256.',
    )
  return ok({
    signatureChecked: signature.state === 'valid',
    notices: checks.filter(({ state }) => state === 'notice'),
  })
}

/** Checks that say whose the tokens are: what they find outweighs all else, as nothing of such a response is kept. */
const ofOwner = new Set(['issuer', 'audience', 'azp', 'subject', 'nonce', 'at_hash'])

function gravest(checks: Check[]): Check | undefined {
  const faults = checks.filter(({ state }) => state === 'invalid')
  return (
    faults.find(({ id }) => ofOwner.has(id)) ??
    faults.find(({ code }) => !untimely.has(code ?? '')) ??
    faults[0]
  )
}

function codeOf({ id, code = '' }: Check): string {
  return (Object.hasOwn(ownCodes, code) ? ownCodes[code] : undefined) ?? `id_token_${id.replaceAll('-', '_')}`
}

function nextStep(id: string): string {
  return Object.hasOwn(nextSteps, id) ? (nextSteps[id] ?? report) : report
}

import type { Misbehaviour } from '../../support/misbehaviours.ts'

/** What has to come of a misbehaviour. */
export interface Row {
  /** What the provider does; in the order of `stage` also when. */
  does: Misbehaviour[]
  /** `sign-in` unless it says otherwise; `refresh`: sound at the sign-in, wrong after it. */
  at: 'connect' | 'start' | 'sign-in' | 'refresh' | 'userinfo'
  /** The code, and a word of the sentence that helps. */
  refused?: [code: string, says: RegExp]
  /** Accepted, with these words in the account's lineage; none for what is nothing to speak of. */
  accepted?: RegExp | true
  /** The redirect was refused before it ended the sign-in: the genuine one may still come. */
  waits?: true
  /** For accepted ones. */
  life?: 'known' | 'unknown' | 'over'
  scope?: string
  /** A refusal that ends the refresh token, by the specification. */
  final?: true
}

const refused = (
  at: Row['at'],
  does: Misbehaviour | Misbehaviour[],
  code: string,
  says: RegExp,
  more: Partial<Row> = {},
): Row => ({ at, does: [does].flat(), refused: [code, says], ...more })
const accepted = (
  at: Row['at'],
  does: Misbehaviour | Misbehaviour[],
  says: RegExp | true = true,
  more: Partial<Row> = {},
): Row => ({ at, does: [does].flat(), accepted: says, ...more })

const asked = 'openid read write offline_access'
const waits = { waits: true } as const

const discovery: Row[] = [
  refused('connect', 'metadata of another issuer', 'discovery_issuer_mismatch', /RFC 8414 section 3\.3/),
  refused('connect', 'metadata without issuer', 'discovery_not_metadata', /names no issuer/),
  refused(
    'connect',
    'token endpoint over http',
    'discovery_endpoint_unsafe',
    /plain http to tokens\.example/,
  ),
  refused('connect', 'keys over http', 'discovery_endpoint_unsafe', /jwks_uri uses plain http/),
  refused('connect', 'authorization endpoint is a script', 'discovery_endpoint_unsafe', /javascript:/),
  refused('connect', 'authorization endpoint is a file', 'discovery_endpoint_unsafe', /file:/),
  refused('connect', 'token endpoint with a password', 'discovery_endpoint_unsafe', /username or password/),
  refused('connect', 'metadata is a web page', 'discovery_html', /web page instead of JSON/),
  refused('connect', 'metadata redirects', 'discovery_redirect', /evil\.example/),
  refused('connect', 'metadata drips', 'discovery_timeout', /did not respond in time/),
  refused('connect', 'metadata of 50 MB', 'discovery_too_large', /larger than 1024 KB/),
  refused('connect', 'metadata cut half way', 'discovery_unreachable', /before the response was complete/),
  // Google's endpoints are on other hosts than its issuer: that alone is no attack.
  accepted('connect', 'token endpoint on another host'),
  accepted('sign-in', 'scopes of the wrong shape'),
  refused('start', 'PKCE only plain', 'sign_in_no_pkce', /not with S256/),
]

const redirect: Row[] = [
  refused('sign-in', 'iss parameter wrong', 'callback_iss_mismatch', /another issuer/, waits),
  refused(
    'sign-in',
    'iss parameter missing',
    'callback_iss_missing',
    /announces that it identifies itself/,
    waits,
  ),
  accepted('sign-in', 'iss parameter neither sent nor announced'),
  refused('sign-in', 'iss parameter twice', 'callback_duplicate_parameter', /“iss” twice/, waits),
  refused('sign-in', 'state wrong', 'callback_state_unknown', /no sign-in in progress/, waits),
  refused('sign-in', 'state missing', 'callback_state_missing', /carries no state/, waits),
  refused('sign-in', 'state twice', 'callback_duplicate_parameter', /“state” twice/, waits),
  refused('sign-in', 'code twice', 'callback_duplicate_parameter', /“code” twice/, waits),
  refused('sign-in', 'code missing', 'callback_no_code', /neither a code nor an error/, waits),
  refused('sign-in', 'error in the redirect', 'callback_provider_error', /access_denied/),
]

const idToken: Row[] = [
  refused('sign-in', 'wrong iss', 'id_token_issuer', /Issued by https:..evil\.example, expected/),
  refused('sign-in', 'iss with a slash at its end', 'id_token_issuer', /only by a trailing slash/),
  refused('sign-in', 'no iss', 'id_token_claim_missing', /has no issuer/),
  refused('sign-in', 'wrong aud', 'id_token_audience', /not for this client/),
  refused('sign-in', 'no aud', 'id_token_claim_missing', /no audience \(aud/),
  refused('sign-in', 'several aud without azp', 'id_token_azp', /azp does not say/),
  accepted('sign-in', 'several aud with azp', /also another-client/),
  refused('sign-in', 'wrong azp', 'id_token_azp', /Issued to another-client/),
  refused('sign-in', 'wrong nonce', 'id_token_nonce', /belongs to another sign-in/),
  refused('sign-in', 'no nonce', 'id_token_nonce', /that was sent is missing/),
  refused('sign-in', 'wrong at_hash', 'id_token_at_hash', /another access token/),
  // Optional in the code flow: OpenID Connect Core section 3.1.3.6.
  accepted('sign-in', 'no at_hash'),
  refused('sign-in', 'wrong c_hash', 'id_token_c_hash', /another authorization code/),
  refused('sign-in', 'no sub', 'id_token_claim_missing', /no subject/),
  refused('sign-in', 'sub as a number', 'id_token_subject', /sub must be text/),
  refused('sign-in', 'expired ID token', 'id_token_expired', /Expired/),
  refused('sign-in', 'no exp', 'id_token_claim_missing', /has no expiry/),
  refused('sign-in', 'future iat', 'id_token_time', /in the future: one of the clocks is wrong/),
  refused('sign-in', 'no iat', 'id_token_claim_missing', /no issue time/),
  refused('sign-in', 'future nbf', 'id_token_not_yet_valid', /Not valid yet/),
  accepted('sign-in', 'clock a few seconds ahead'),
  refused('sign-in', 'no ID token', 'id_token_missing', /no ID token was issued/),
  refused('sign-in', 'ID token is no JWT', 'id_token_format', /Not a JWT/),
]

const signature: Row[] = [
  refused('sign-in', 'alg none', 'id_token_algorithm', /Not signed/),
  refused('sign-in', 'alg none, announced', 'id_token_algorithm', /Not signed/),
  refused('sign-in', 'alg not announced', 'id_token_algorithm', /not announced/),
  refused('sign-in', 'HS256 with the public key', 'id_token_algorithm', /not allowed/),
  refused('sign-in', 'unknown crit', 'id_token_signature', /crit/),
  refused('sign-in', 'type of an access token', 'id_token_type', /another kind of token/),
  refused('sign-in', 'unknown kid', 'id_token_signature_unverifiable', /no key with the ID "nobody"/),
  accepted('sign-in', 'kid twice'),
  accepted('sign-in', 'no kid'),
  accepted('sign-in', 'key rotated'),
  accepted('refresh', 'key rotated'),
  accepted('refresh', 'key rotated under its old name'),
  refused('sign-in', 'key of wrong use', 'id_token_signature', /not meant for signatures/),
  refused('sign-in', 'key that was never published', 'id_token_signature', /does not match the issuer’s key/),
  refused('sign-in', 'key inside the token', 'id_token_signature', /does not match/),
  refused('sign-in', 'signature cut off', 'id_token_signature', /does not match/),
  refused('sign-in', 'signature not canonical', 'id_token_format', /unused bits that are set/),
  // OpenID Connect Core section 3.1.3.7 rule 6 allows it over TLS; Gatehouse asks the user first.
  refused('sign-in', 'keys are gone', 'id_token_signature_unverifiable', /status 503/),
  refused('sign-in', 'keys are a web page', 'id_token_signature_unverifiable', /not valid JSON/),
  accepted('refresh', 'keys are gone'),
]

const tokenAnswer: Row[] = [
  refused('sign-in', 'tokens of another account', 'id_token_nonce', /belongs to another sign-in/),
  refused('sign-in', 'access token of another account', 'id_token_at_hash', /another access token/),
  refused(
    'sign-in',
    'token_type unknown',
    'token_type_unknown',
    /must not be used \(RFC 6749 section 7\.1\)/,
  ),
  refused('sign-in', 'token_type missing', 'token_type_unknown', /does not state the access token’s type/),
  accepted('sign-in', 'token_type in capitals'),
  refused(
    'sign-in',
    'token_type DPoP unasked',
    'token_type_unexpected',
    /Gatehouse proved possession of none/,
  ),
  refused('sign-in', 'access_token missing', 'token_no_access_token', /no access token/),
  refused('sign-in', 'access_token as a number', 'token_no_access_token', /no access token/),
  accepted('sign-in', 'expires_in missing', /does not state the access token’s lifetime/, {
    life: 'unknown',
  }),
  accepted('sign-in', 'expires_in zero', /is zero/, { life: 'over' }),
  accepted('sign-in', 'expires_in negative', /is negative/, { life: 'over' }),
  accepted('sign-in', 'expires_in as text', /was a string/, { life: 'known' }),
  accepted('sign-in', 'expires_in as words', /is not a number/, { life: 'unknown' }),
  accepted('sign-in', 'expires_in huge', /more than ten years/, { life: 'unknown' }),
  accepted('sign-in', 'refresh_token null', /no refresh token was issued/),
  accepted('sign-in', 'no refresh token', /no refresh token was issued/),
  accepted('sign-in', 'scope reduced', /not granted: write offline_access/, { scope: 'openid read' }),
  accepted('sign-in', 'scope widened', true, { scope: `${asked} admin` }),
  accepted('sign-in', 'scope with commas', true, { scope: asked }),
  accepted('sign-in', 'scope as a list', /scope was a list/, { scope: asked }),
  refused('sign-in', 'a web page instead of tokens', 'token_html', /web page/),
  refused('sign-in', 'a broken JSON', 'token_not_json', /without a valid OAuth response/),
  refused('sign-in', 'a list instead of an object', 'token_not_json', /without a valid OAuth response/),
  refused('sign-in', '200 with an error', 'token_invalid_grant', /invalid_grant/),
  refused('sign-in', 'an error with markup', 'token_invalid_request', /access_token=•••/),
  accepted('sign-in', 'tokens beside an error', /the error server_error along with tokens/),
  accepted('sign-in', 'tokens with status 201', /status 201 instead of 200/),
  accepted('sign-in', 'tokens as text/html'),
  refused('sign-in', '401 without a word', 'token_invalid_client', /client’s authentication/),
  refused('sign-in', '503', 'token_server_error', /status 503/),
  refused('sign-in', 'a redirect to elsewhere', 'token_redirect', /Secrets are not forwarded there/),
  refused('sign-in', 'a slow drip', 'token_network_timeout', /did not respond in time/),
  refused('sign-in', '50 MB', 'token_network_too_large', /larger than 1024 KB/),
  refused('sign-in', 'cut half way', 'token_network_cut', /before the response was complete/),
]

const refresh: Row[] = [
  refused('refresh', 'another sub', 'refresh_other_subject', /another user|someone other/),
  refused('refresh', 'tokens of another account', 'refresh_other_subject', /another user|someone other/),
  refused('refresh', 'wrong nonce', 'id_token_nonce', /another sign-in/),
  accepted('refresh', 'no nonce'),
  refused('refresh', 'wrong iss', 'id_token_issuer', /Issued by https:..evil/),
  refused('refresh', 'wrong aud', 'id_token_audience', /not for this client/),
  refused('refresh', 'wrong at_hash', 'id_token_at_hash', /another access token/),
  refused('refresh', 'alg none', 'id_token_algorithm', /Not signed/),
  refused('refresh', 'key that was never published', 'id_token_signature', /does not match/),
  // The tokens are fresh, and whose they are is not in doubt: the old ID token alone is left out.
  accepted('refresh', 'expired ID token', /ID token was left out/),
  accepted('refresh', 'no ID token'),
  accepted('refresh', 'no refresh token', /refresh token kept/),
  accepted('refresh', 'scope reduced', /scope lost: write offline_access/, { scope: 'openid read' }),
  refused('refresh', 'token_type unknown', 'token_type_unknown', /must not be used/),
  refused('refresh', 'invalid_grant', 'token_invalid_grant', /invalid_grant/, { final: true }),
  refused('refresh', '401 without a word', 'token_invalid_client', /client’s authentication/),
  refused('refresh', '429 with Retry-After', 'token_rate_limited', /too many requests/),
  refused('refresh', '503', 'token_server_error', /Nothing was deleted|status 503/),
  refused('refresh', 'a web page instead of tokens', 'token_html', /web page/),
  refused('refresh', 'a redirect to elsewhere', 'token_redirect', /Secrets are not forwarded/),
  refused('refresh', 'cut half way', 'refresh_answer_lost', /response/),
  refused('refresh', 'a slow drip', 'refresh_answer_lost', /response/),
]

const userinfo: Row[] = [
  refused('userinfo', 'userinfo speaks of another', 'userinfo_other_subject', /another user|someone other/),
  refused('userinfo', 'userinfo without sub', 'userinfo_malformed', /./),
  refused('userinfo', 'userinfo is a web page', 'userinfo_malformed', /./),
  refused('userinfo', 'userinfo is an unsigned JWT', 'userinfo_malformed', /./),
  refused('userinfo', 'userinfo of 50 MB', 'userinfo_network_too_large', /larger than 1024 KB/),
  refused('userinfo', 'userinfo cut half way', 'userinfo_network_cut', /before the response was complete/),
]

/** Every row of the table. */
export const rows: Row[] = [
  ...discovery,
  ...redirect,
  ...idToken,
  ...signature,
  ...tokenAnswer,
  ...refresh,
  ...userinfo,
]

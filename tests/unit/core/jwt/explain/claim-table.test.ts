import { describe, expect, it } from 'vitest'
import { explainClaims, explainHeader } from '../../../../../src/core/jwt/explain/claim-views.ts'
import type { Shape } from '../../../../../src/core/jwt/explain/explain-types.ts'
import { now } from '../sample.ts'

/** Every shape that can be wrong. */
type Judged = Exclude<Shape, 'any'>

const names = (text: string) => text.trim().split(/\s+/)

/** What is said of a value of the wrong shape, and such a value. */
const wrong: Record<Judged, [value: unknown, attention: string]> = {
  text: [7, 'Should be text, but is a number.'],
  time: ['x', 'Written as text; it must be a number of seconds since 1970 (RFC 7519 section 2).'],
  list: ['x', 'Should be a list, but is a string.'],
  scope: [7, 'Should be text with spaces between the scopes, but is a number.'],
  number: ['x', 'Should be a number, but is a string.'],
  boolean: ['x', 'Should be true or false, but is a string.'],
  json: ['x', 'Should be an object or a list, but is a string.'],
  audience: [7, 'Should be text or a list of texts, but is a number.'],
}
const right: Record<Judged, unknown[]> = {
  text: ['x'],
  time: [1],
  list: [[], ['x']],
  scope: ['x', ['x']],
  number: [1],
  boolean: [true, false],
  json: [{}, [], { a: 1 }],
  audience: ['x', ['x'], []],
}

/** The registered claims that are nobody's own word. */
const claims: Partial<Record<Judged, string>> = {
  text: `iss sub jti client_id txn htm htu ath
    azp nonce acr at_hash c_hash s_hash sid name given_name family_name middle_name nickname preferred_username
    profile picture website email gender birthdate zoneinfo locale phone_number
`,
  time: 'exp nbf iat toe auth_time updated_at',
  list: 'roles groups entitlements amr',
  scope: 'scope scp',
  boolean: 'active email_verified phone_number_verified',
  json: `cnf act may_act authorization_details events token_introspection sub_jwk address _claim_names
    _claim_sources`,
  audience: 'aud',
}

/** Those that an issuer may well use for something else. */
const further: Partial<Record<Judged, string>> = {
  text: `sip_from_tag sip_callid sip_cseq_num sip_via_branch vot vtm attest origid opt crn msgi ace_profile cnonce
    ueid oemid hwmodel eat_profile bootseed swname intuse cdnicrit cdniip cdniuc birth_family_name birth_given_name
    birth_middle_name salutation title msisdn also_known_as urn:openid:params:jwt:claim:auth_req_id
    urn:openid:params:jwt:claim:rt_hash geohash _sd_alg ... sd_hash trust_mark_type source_endpoint logo_uri ref
    delegation producerNfSetId producerNfServiceSetId sourceNfInstanceId resOwnerId`,
  time: 'sip_date',
  list: `eat_nonce nationalities rdap_allowed_purposes _sd metadata_policy_crit authority_hints trust_chain`,
  number: 'at_use_nbr exi uptime bootcount cdniv cdniets cdnistt cdnistd catreplay ttl',
  boolean: 'oemboot rdap_dnt_allowed',
  json: `orig dest mky rph jcard div rcd rcdi sph vc vp sueids hwversion dbgstat location submods dloas swversion
    manifests measurements measres sig_val_claims verified_claims place_of_birth sub_id status status_list metadata
    metadata_policy constraints trust_marks trust_mark_issuers trust_mark_owners keys jwks consumerPlmnId
    consumerSnpnId producerPlmnId producerSnpnId producerSnssaiList producerNsiList analyticsIdList atc`,
}

const headers: Partial<Record<Judged, string>> = {
  text: 'alg typ cty kid jku x5u nonce x5t x5t#S256 enc zip apu apv iv tag p2s iss sub',
  list: 'x5c crit',
  audience: 'aud',
  number: 'p2c',
  boolean: 'b64',
  json: 'jwk epk',
}

const rows = (table: Partial<Record<Judged, string>>) =>
  Object.entries(table).flatMap(([shape, list]) =>
    names(list).map((name) => [name, shape as Judged] as const),
  )
const claimOf = (name: string, value: unknown) => explainClaims({ [name]: value }, { now })[0]
const headerOf = (name: string, value: unknown) => explainHeader({ [name]: value }, { now })[0]
const misfit = 'It cannot be interpreted: it does not have the expected type.'
const elsewhere = 'Private to this issuer: the registered claim of this name has another type.'

describe.each([
  ['claim', claims, claimOf],
  ['header parameter', headers, headerOf],
] as const)('a %s', (_what, table, view) => {
  it.each(rows(table))('%s is explained as %s', (name, shape) => {
    for (const value of right[shape]) {
      const { says, source, kind } = view(name, value) ?? {}
      expect(says, JSON.stringify(value)).toMatch(/[^.]\.$/)
      expect([misfit, 'Private to this issuer.']).not.toContain(says)
      expect(source).toMatch(/^\S.*\S$/)
      if (shape === 'time') expect(kind).toBe('time')
      if (shape === 'scope') expect(kind).toBe('list')
    }
    const [value, attention] = wrong[shape]
    expect(view(name, value)?.attention).toBe(attention)
  })
})

describe('a claim whose name may mean something else', () => {
  it.each(rows(further))('%s is explained as %s, else left to its issuer', (name, shape) => {
    for (const value of right[shape]) {
      const { says, source, kind, attention } = claimOf(name, value) ?? {}
      expect(says, JSON.stringify(value)).toMatch(/[^.]\.$/)
      expect([elsewhere, 'Private to this issuer.']).not.toContain(says)
      expect(source).toMatch(/^\S.*\S$/)
      expect(attention).toBeUndefined()
      expect(kind === 'time').toBe(shape === 'time')
    }
    const [value, attention] = wrong[shape]
    expect(claimOf(name, value)?.attention).toBe(attention)
    if (shape !== 'time') expect(claimOf(name, value)?.says).toBe(elsewhere)
  })
})

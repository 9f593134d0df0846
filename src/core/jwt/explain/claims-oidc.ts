import type { ExplainContext, NameRules, Saying } from './explain-types.ts'
import { explainClient } from './claims-registered.ts'

function core(section: string): string {
  return `OpenID Connect Core section ${section}`
}

function verified(what: string) {
  return (value: unknown): string | Saying =>
    value === true
      ? `The provider has verified the ${what}.`
      : { says: `The provider has not verified the ${what}.`, attention: `Do not rely on the ${what}.` }
}

const methods: Record<string, string> = {
  pwd: 'password',
  pin: 'PIN',
  otp: 'one-time password',
  mfa: 'several factors',
  hwk: 'hardware key',
  swk: 'software key',
  sms: 'text message',
  tel: 'telephone call',
  face: 'face',
  fpt: 'fingerprint',
  iris: 'iris',
  vbm: 'voice',
  geo: 'place',
  kba: 'questions',
  mca: 'several channels',
  rba: 'risk assessment',
  sc: 'smart card',
  user: 'presence',
  wia: 'Windows sign-in',
}

function authenticationMethods(value: unknown): string {
  const list = Array.isArray(value) ? value.map(String) : [String(value)]
  return `Signed in with: ${list.map((name) => (Object.hasOwn(methods, name) ? methods[name] : name)).join(', ')}.`
}

function audienceOnly(value: unknown, context: ExplainContext): string | Saying {
  const saying = explainClient(value, context)
  return typeof saying === 'string' && context.connection ? 'Requested by this connection’s client.' : saying
}

/** Claims of OpenID Connect Core 2 and 5.1, and of its logout specifications. */
export const oidcClaims: NameRules = {
  azp: { shape: 'text', source: core('2'), says: audienceOnly },
  nonce: {
    shape: 'text',
    source: core('2'),
    says: 'Ties the token to one sign-in: the value this app sent.',
  },
  auth_time: { shape: 'time', source: core('2'), says: 'When the user last authenticated.' },
  acr: { shape: 'text', source: core('2'), says: 'How strong the sign-in was, as the provider calls it.' },
  amr: { shape: 'list', source: 'RFC 8176', says: authenticationMethods },
  at_hash: {
    shape: 'text',
    source: core('3.1.3.6'),
    says: 'Ties the token to the access token that came with it.',
  },
  c_hash: { shape: 'text', source: core('3.3.2.11'), says: 'Ties the token to the authorization code.' },
  s_hash: {
    shape: 'text',
    source: 'FAPI 1.0 Advanced section 5.2.2.1',
    says: 'Ties the token to the state that this app sent.',
  },
  sid: {
    shape: 'text',
    source: 'OpenID Connect Front-Channel Logout section 3',
    says: 'The session at the provider; a logout names it.',
  },
  sub_jwk: { shape: 'json', source: core('7.4'), says: 'The key with which a self-issued provider signs.' },
  name: { shape: 'text', source: core('5.1'), says: 'Full name, as it is shown.' },
  given_name: { shape: 'text', source: core('5.1'), says: 'Given name or names.' },
  family_name: { shape: 'text', source: core('5.1'), says: 'Family name or names.' },
  middle_name: { shape: 'text', source: core('5.1'), says: 'Middle name or names.' },
  nickname: { shape: 'text', source: core('5.1'), says: 'A casual name.' },
  preferred_username: {
    shape: 'text',
    source: core('5.1'),
    says: 'The preferred username; it may change, so do not use it as a key.',
  },
  profile: { shape: 'text', source: core('5.1'), says: 'Address of the profile page.' },
  picture: { shape: 'text', source: core('5.1'), says: 'Address of a picture; Gatehouse does not load it.' },
  website: { shape: 'text', source: core('5.1'), says: 'Address of the user’s website.' },
  email: {
    shape: 'text',
    source: core('5.1'),
    says: 'Email address; it may change, so do not use it as a key.',
  },
  email_verified: { shape: 'boolean', source: core('5.1'), says: verified('email address') },
  gender: { shape: 'text', source: core('5.1'), says: 'Gender.' },
  birthdate: { shape: 'text', source: core('5.1'), says: 'Date of birth, or only its year.' },
  zoneinfo: { shape: 'text', source: core('5.1'), says: 'Time zone.' },
  locale: { shape: 'text', source: core('5.1'), says: 'Language and country.' },
  phone_number: { shape: 'text', source: core('5.1'), says: 'Phone number.' },
  phone_number_verified: { shape: 'boolean', source: core('5.1'), says: verified('telephone number') },
  address: { shape: 'json', source: core('5.1.1'), says: 'Postal address.' },
  updated_at: { shape: 'time', source: core('5.1'), says: 'When the profile was last changed.' },
  _claim_names: { shape: 'json', source: core('5.6.2'), says: 'Claims that are stored elsewhere.' },
  _claim_sources: {
    shape: 'json',
    source: core('5.6.2'),
    says: 'Where the other claims are to be fetched; Gatehouse does not fetch them.',
  },
}

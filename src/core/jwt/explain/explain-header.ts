import { isNone, jwsAlgorithm } from '../keys/algorithms.ts'
import type { NameRules, Saying } from './explain-types.ts'
import { isObject, textMember } from '../text/json-object.ts'
import { hasPrivateMembers } from '../keys/jwk.ts'

function jws(section: string): string {
  return `RFC 7515 section ${section}`
}
const ignored =
  'Gatehouse uses the keys that the issuer publishes, never those a token names (RFC 8725 section 3.10).'

const encryption: Record<string, string> = {
  dir: 'A shared key is used directly.',
  'RSA-OAEP': 'The key is encrypted with RSA-OAEP and SHA-1.',
  'RSA-OAEP-256': 'The key is encrypted with RSA-OAEP and SHA-256.',
  'RSA-OAEP-384': 'The key is encrypted with RSA-OAEP and SHA-384.',
  'RSA-OAEP-512': 'The key is encrypted with RSA-OAEP and SHA-512.',
  'ECDH-ES': 'The key is agreed on an elliptic curve.',
  A128KW: 'The key is wrapped with AES-128.',
  A192KW: 'The key is wrapped with AES-192.',
  A256KW: 'The key is wrapped with AES-256.',
}

function algorithm(value: unknown): string | Saying {
  const alg = String(value)
  if (isNone(alg)) return { says: 'Not signed.', attention: 'Anyone could have made this token.' }
  const known = jwsAlgorithm(alg)
  if (known)
    return known.kty === 'oct'
      ? {
          says: `${known.words}: a shared secret.`,
          attention: 'Anyone who can check this token can also forge it.',
        }
      : `${known.words}.`
  if (alg === 'RSA1_5')
    return {
      says: 'The key is encrypted with RSA PKCS #1 v1.5.',
      attention: 'An old padding with known attacks (RFC 8725 section 3.2).',
    }
  if (Object.hasOwn(encryption, alg)) return encryption[alg] ?? ''
  if (/^ECDH-ES\+A(128|192|256)KW$/.test(alg))
    return 'The key is agreed on an elliptic curve, then wrapped with AES.'
  if (/^A(128|192|256)GCMKW$/.test(alg)) return 'The key is wrapped with AES-GCM.'
  if (alg.startsWith('PBES2-')) return 'The key is derived from a password.'
  return { says: 'The algorithm.', attention: 'Not a registered JOSE algorithm.' }
}

const types: Record<string, string> = {
  jwt: 'A JWT of unspecified kind.',
  'at+jwt': 'A JWT access token (RFC 9068).',
  'application/at+jwt': 'A JWT access token (RFC 9068).',
  'dpop+jwt': 'A DPoP proof (RFC 9449).',
  'logout+jwt': 'A logout token (OpenID Connect Back-Channel Logout).',
  'secevent+jwt': 'A security event token (RFC 8417).',
  'token-introspection+jwt': 'A signed introspection response (RFC 9701).',
  'oauth-authz-req+jwt': 'A request object (RFC 9101).',
  'entity-statement+jwt': 'An entity statement (OpenID Federation).',
}

function type(value: unknown): string {
  const key = String(value).toLowerCase()
  return Object.hasOwn(types, key) ? (types[key] ?? '') : 'The kind of token, as its issuer calls it.'
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

/** The header parameters of IANA’s registry. */
export const headerRules: NameRules = {
  alg: { shape: 'text', source: jws('4.1.1'), says: algorithm },
  typ: { shape: 'text', source: jws('4.1.9'), says: type },
  cty: {
    shape: 'text',
    source: jws('4.1.10'),
    says: (value) =>
      String(value).toUpperCase() === 'JWT' ? 'It contains another token.' : 'The kind of content.',
  },
  kid: { shape: 'text', source: jws('4.1.4'), says: 'Names the key, among those that the issuer publishes.' },
  jku: {
    shape: 'text',
    source: jws('4.1.2'),
    says: () => ({ says: 'Where the token asks to have its keys fetched.', attention: ignored }),
  },
  jwk: {
    shape: 'json',
    source: jws('4.1.3'),
    says: (value, _context, all) => {
      if (isObject(value) && hasPrivateMembers(value))
        return {
          says: 'An embedded key.',
          attention: 'It contains the private part: that key is compromised.',
        }
      return textMember(all, 'typ')?.toLowerCase() === 'dpop+jwt'
        ? 'The public key that the proof shows possession of (RFC 9449).'
        : { says: 'An embedded key.', attention: ignored }
    },
  },
  x5u: {
    shape: 'text',
    source: jws('4.1.5'),
    says: () => ({ says: 'Where the token asks to have a certificate fetched.', attention: ignored }),
  },
  x5c: {
    shape: 'list',
    source: jws('4.1.6'),
    says: () => ({ says: 'An embedded certificate chain.', attention: ignored }),
  },
  nonce: {
    shape: 'text',
    source: 'Microsoft identity platform',
    says: 'The signature covers its SHA-256 instead: only the API that the token is for is meant to check it.',
  },
  x5t: { shape: 'text', source: jws('4.1.7'), says: 'SHA-1 fingerprint of the key’s certificate.' },
  'x5t#S256': { shape: 'text', source: jws('4.1.8'), says: 'SHA-256 fingerprint of the key’s certificate.' },
  crit: {
    shape: 'list',
    source: jws('4.1.11'),
    says: () => ({
      says: 'Extensions that must be understood.',
      attention: 'A recipient that does not understand one of them must refuse the token.',
    }),
  },
  b64: {
    shape: 'boolean',
    source: 'RFC 7797 section 3',
    says: (value) =>
      value === false
        ? { says: 'The payload is not encoded.', attention: 'Not allowed in a JWT (RFC 7797 section 7).' }
        : 'The payload is encoded as usual.',
  },
  enc: {
    shape: 'text',
    source: 'RFC 7516 section 4.1.2',
    says: (value) => `The content is encrypted with ${String(value)}.`,
  },
  zip: {
    shape: 'text',
    source: 'RFC 7516 section 4.1.3',
    says: () => ({
      says: 'The content is compressed before encryption.',
      attention: 'Compression can reveal what is encrypted (RFC 8725 section 3.6).',
    }),
  },
  epk: { shape: 'json', source: 'RFC 7518 section 4.6.1.1', says: 'The sender’s key for this one token.' },
  apu: { shape: 'text', source: 'RFC 7518 section 4.6.1.2', says: 'Who agreed on the key: the sender.' },
  apv: { shape: 'text', source: 'RFC 7518 section 4.6.1.3', says: 'Who agreed on the key: the recipient.' },
  iv: { shape: 'text', source: 'RFC 7518 section 4.7.1.1', says: 'Start value of the key encryption.' },
  tag: {
    shape: 'text',
    source: 'RFC 7518 section 4.7.1.2',
    says: 'Proves that the encrypted key is unchanged.',
  },
  p2s: {
    shape: 'text',
    source: 'RFC 7518 section 4.8.1.1',
    says: 'Salt for deriving the key from the password.',
  },
  p2c: {
    shape: 'number',
    source: 'RFC 7518 section 4.8.1.2',
    says: (value) => {
      const says = 'Rounds of deriving the key from the password.'
      if (count(value) > 1_000_000)
        return { says, attention: 'So many that opening it could overload a computer.' }
      return count(value) < 600_000
        ? { says, attention: 'Low by current standards: 600,000 are recommended for SHA-256.' }
        : says
    },
  },
  url: { shape: 'text', source: 'RFC 8555 section 6.4.1', says: 'The URL that this ACME request is for.' },
  svt: { shape: 'text', source: 'RFC 9321', says: 'A token that tells how a signature was validated.' },
  ppt: { shape: 'text', source: 'RFC 8225 section 8.1', says: 'The extension of a PASSporT (telephony).' },
  iheSSId: { shape: 'text', source: 'IHE ITI', says: 'The signer of a document, as IHE names it.' },
  jwt: {
    shape: 'text',
    source: 'OpenID for Verifiable Credentials',
    says: 'A token about the key of this one.',
  },
  client_id: {
    shape: 'text',
    source: 'OpenID for Verifiable Presentations',
    says: 'The client that made it.',
  },
  trust_chain: {
    shape: 'list',
    source: 'OpenID Federation section 4.3',
    says: 'Statements from the issuer up to a trust anchor.',
  },
  peer_trust_chain: {
    shape: 'list',
    source: 'OpenID Federation section 4.4',
    says: 'Statements from the peer up to a trust anchor.',
  },
  iss: {
    shape: 'text',
    source: 'RFC 7519 section 5.3',
    says: 'The issuer, repeated outside the encryption.',
  },
  sub: {
    shape: 'text',
    source: 'RFC 7519 section 5.3',
    says: 'The subject, repeated outside the encryption.',
  },
  aud: {
    shape: 'audience',
    source: 'RFC 7519 section 5.3',
    says: 'The audience, repeated outside the encryption.',
  },
}

import type { TokenKind } from '@contract/tokens'

const shapes: [RegExp, string][] = [
  [/^gh[oprsu]_|^github_pat_/, 'A GitHub token, by its prefix.'],
  [/^gl(pat|oas|rt|cbt|dt)-/, 'A GitLab token, by its prefix.'],
  [/^xox[abeprs]-|^xapp-/, 'A Slack token, by its prefix.'],
  [/^ya29\./, 'A Google access token, by its prefix.'],
  [/^1\/\/0/, 'A Google refresh token, by its prefix.'],
  [/^EAA[A-Za-z0-9]/, 'A Facebook token, by its prefix.'],
  [/^[rs]k_(live|test)_/, 'A Stripe key, by its prefix; it is a secret key, not an OAuth token.'],
  [/^npm_/, 'An npm token, by its prefix.'],
  [/^[01]\.A[A-Za-z0-9_-]{20}/, 'A Microsoft refresh token or code, by its form.'],
  [/^v[1-4]\.local\./, 'A PASETO, encrypted.'],
  [/^v[1-4]\.public\./, 'A PASETO, signed; this program does not read that format.'],
  [/^PHNhbW|^PD94bWw/, 'A SAML assertion in base64.'],
  [/^Basic\s/i, 'Credentials of HTTP Basic authentication: a name and a password, not a token.'],
  [/^-----BEGIN/, 'A key or certificate in PEM form, not a token.'],
  [/^https?:\/\//i, 'An address, not a token.'],
  [/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, 'In the form of a UUID.'],
  [/^[0-9a-f]+$/i, 'Hexadecimal digits.'],
]

const roles: Record<TokenKind, string> = {
  access:
    'Only its issuer can read it; an API has to ask the issuer what it stands for (introspection, RFC 7662).',
  refresh: 'Only the provider can read it, as is usual for refresh tokens.',
  id: 'Not a JWT, though an ID token has to be one (OpenID Connect Core section 2).',
}

/** Says what can be said of a token that is no JWT; never repeats its text. */
export function describeOpaque(text: string, kind?: TokenKind): string {
  const shape = shapes.find(([pattern]) => pattern.test(text))?.[1]
  const role = kind === undefined ? 'Only its issuer can read it.' : roles[kind]
  const isShort = /^[A-Za-z0-9._~+/=-]+$/.test(text) && text.length < 22
  const short = isShort
    ? ` Short enough to be guessed: it has ${text.length} characters, and 128 random bits need 22 (RFC 6749 section 10.10).`
    : ''
  return `${role}${shape === undefined ? '' : ` ${shape}`}${short}`
}

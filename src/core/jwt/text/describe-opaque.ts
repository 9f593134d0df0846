import type { TokenKind } from '@contract/tokens/tokens'

const notToken = 'it is a secret key, not an OAuth token.'

const shapes: [RegExp, string][] = [
  [/^gh[oprsu]_|^github_pat_/, 'A GitHub token, by its prefix.'],
  [
    /^gl(?:pat|oas|rt|rtr|cbt|dt|ptt|ft|soat|agent|imt|ffct|wt)-|^GR1348941|^_gitlab_session=/,
    'A GitLab token, by its prefix.',
  ],
  [/^xox[abceoprs]-|^xoxe\.xox[bp]-|^xapp-/, 'A Slack token, by its prefix.'],
  [/^https:\/\/hooks\.slack\.com\//i, 'A Slack webhook: whoever has the address can post.'],
  [/^ya29\./, 'A Google access token, by its prefix.'],
  [/^1\/\/0/, 'A Google refresh token, by its prefix.'],
  [/^4\/0A/, 'A Google authorization code, by its prefix.'],
  [/^AIza[\w-]{30}/, 'A Google API key, by its prefix; it names a project, not a user.'],
  [/^GOCSPX-/, 'A Google client secret, by its prefix; it is not a token.'],
  [/^EAA[A-Za-z0-9]/, 'A Facebook token, by its prefix.'],
  [/^[rs]k_(?:live|test)_/, `A Stripe key, by its prefix; ${notToken}`],
  [/^pk_(?:live|test)_/, 'A Stripe publishable key, by its prefix; it may be public.'],
  [/^whsec_/, 'A webhook secret of Stripe or others, by its prefix; it is not a token.'],
  [/^AKIA[A-Z0-9]{16}$/, 'An AWS access key ID, by its prefix; its secret is elsewhere.'],
  [/^ASIA[A-Z0-9]{16}$/, 'A temporary AWS access key ID, by its prefix; it needs a session token.'],
  [/^(?:FwoG|IQoJ)[\w+/=]{40}/, 'An AWS session token, by its prefix.'],
  [/^npm_/, 'An npm token, by its prefix.'],
  [/^pypi-/, 'A PyPI token, by its prefix: a macaroon, whose restrictions others can read.'],
  [/^dckr_(?:pat|oat)_/, 'A Docker Hub token, by its prefix.'],
  [/^shp(?:at|ca|pa|ss|tka|rt)_/, 'A Shopify token or secret, by its prefix.'],
  [/^SG\.[\w-]{16,}\.[\w-]{16,}/, `A SendGrid API key, by its prefix; ${notToken}`],
  [/^hf_/, 'A Hugging Face token, by its prefix.'],
  [/^sk-ant-/, `An Anthropic API key, by its prefix; ${notToken}`],
  [/^sk-(?:proj-|svcacct-|admin-)?[\w-]{20}/, `An OpenAI API key, or one of the same format; ${notToken}`],
  [/^gsk_|^xai-|^r8_/, `An API key of an AI service, by its prefix; ${notToken}`],
  [/^do[opr]_v1_/, 'A DigitalOcean token, by its prefix.'],
  [/^hv[sbr]\./, 'A HashiCorp Vault token, by its prefix.'],
  [/^[\w-]{14}\.atlasv1\./, 'A Terraform Cloud token, by its middle.'],
  [/^ATATT3|^ATCTT3|^ATBB/, 'An Atlassian token, by its prefix.'],
  [/^lin_(?:api|oauth)_/, 'A Linear token, by its prefix.'],
  [/^ntn_[A-Za-z0-9]{40}/, 'A Notion token, by its prefix.'],
  [/^PMAK-/, `A Postman API key, by its prefix; ${notToken}`],
  [/^dapi[0-9a-f]{32}/, 'A Databricks token, by its prefix.'],
  [/^sbp_/, 'A Supabase key, by its prefix.'],
  [/^(?:sq0(?:atp|csp|idp)|EAAA)-/, 'A Square token or secret, by its prefix.'],
  [/^glsa_|^glc_/, 'A Grafana token, by its prefix.'],
  [/^oy2[a-z0-9]{43}$/, 'A NuGet key, by its format.'],
  [/^rubygems_/, 'A RubyGems key, by its prefix.'],
  [/^cio[A-Za-z0-9]{32}$/, 'A crates.io token, by its format.'],
  [/^[01]\.A[A-Za-z0-9_-]{20}/, 'A Microsoft refresh token or code, by its format.'],
  [/^EwB[\w+/=-]{40}/, 'A Microsoft account token, by its prefix.'],
  [/^00D[A-Za-z0-9]{12,15}!/, 'A Salesforce session or access token, by its format.'],
  [/^v[1-4]\.local\./, 'A PASETO, encrypted.'],
  [/^v[1-4]\.public\./, 'A PASETO, signed; this program does not read that format.'],
  [/^PHNhbW|^PD94bWw/, 'A SAML assertion in base64.'],
  [/^Basic\s/i, 'Credentials of HTTP Basic authentication: a name and a password, not a token.'],
  [/^-----BEGIN/, 'A key or certificate in PEM form, not a token.'],
  [/^https?:\/\//i, 'An address, not a token.'],
  [/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, 'In the format of a UUID.'],
  [/^[0-9a-f]+$/i, 'Hexadecimal digits.'],
]

const roles: Record<TokenKind, string> = {
  access:
    'Only its issuer can read it; an API has to ask the issuer what it means (introspection, RFC 7662).',
  refresh: 'Only the provider can read it, as is usual for refresh tokens.',
  id: 'Not a JWT, although an ID token must be one (OpenID Connect Core section 2).',
}

/** Says what can be said of a token that is no JWT; never repeats its text. */
export function describeOpaque(text: string, kind?: TokenKind): string {
  const shape = shapes.find(([pattern]) => pattern.test(text))?.[1]
  const role = kind === undefined ? 'Only its issuer can read it.' : roles[kind]
  // What is known by its prefix is as long as its issuer wants it.
  const isUnknown = shape === undefined || shape.startsWith('Hex')
  const isShort = isUnknown && /^[A-Za-z0-9._~+/=-]+$/.test(text) && text.length < 22
  const short = isShort
    ? ` Short enough to be guessed: it has ${text.length} characters, and 128 random bits need 22 (RFC 6749 section 10.10).`
    : ''
  return `${role}${shape === undefined ? '' : ` ${shape}`}${short}`
}

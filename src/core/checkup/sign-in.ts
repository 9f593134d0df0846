import type { CheckupItem } from '@contract/checkup'
import type { ProviderMetadata } from '../records/model.ts'
import { bcp, fapi, item, list, oauth21, spec, type CheckupInput, type Finding } from './item.ts'

/** How people sign in, and over what. */
export function signInItems(input: CheckupInput): CheckupItem[] {
  const { metadata } = input
  return [
    item(
      'Connection',
      'published',
      'Published metadata',
      [bcp('2.6'), spec('RFC 8414', '3')],
      published(input),
    ),
    item(
      'Connection',
      'https',
      'Encrypted endpoints',
      [bcp('2.6'), oauth21('1.5'), fapi('5.2')],
      encrypted(metadata),
    ),
    item(
      'Sign-in',
      'pkce',
      'PKCE with S256',
      [bcp('2.1.1'), oauth21('4.1.1'), fapi('5.3.2.2')],
      pkce(metadata),
    ),
    item(
      'Sign-in',
      'iss',
      'Issuer in the response',
      [bcp('2.1'), spec('RFC 9207', '2'), fapi('5.3.2.2')],
      namesItself(input),
    ),
    item(
      'Sign-in',
      'response-types',
      'No access tokens in the redirect',
      [bcp('2.1.2'), oauth21('10')],
      responseTypes(metadata),
    ),
    item(
      'Sign-in',
      'par',
      'Pushed requests (PAR)',
      [spec('RFC 9126', '5'), fapi('5.3.2.2')],
      pushed(metadata),
    ),
    item(
      'Sign-in',
      'password-grant',
      'No password grant',
      [bcp('2.4'), oauth21('10'), fapi('5.3.2.1')],
      passwords(metadata),
    ),
  ]
}

function published({ source }: CheckupInput): Finding {
  return source === 'discovery'
    ? [
        'pass',
        'The provider publishes its metadata.',
        'Endpoints and abilities come from the provider itself and stay current.',
      ]
    : [
        'missing',
        'The endpoints were entered manually.',
        'A client cannot tell what the provider supports, or when an endpoint moves.',
      ]
}

function encrypted(metadata: ProviderMetadata): Finding {
  const plain = Object.entries(metadata).filter(
    ([name, value]) =>
      (name === 'issuer' || name === 'jwks_uri' || name.endsWith('_endpoint')) &&
      typeof value === 'string' &&
      !value.startsWith('https://'),
  )
  if (plain.length === 0)
    return ['pass', 'Every endpoint is https.', 'No one in between can read or change a message.']
  const local = plain.every(([, value]) => /^http:\/\/(localhost|127\.|\[::1\])/.test(String(value)))
  return [
    'weak',
    'Plain http:',
    local
      ? 'Acceptable for testing, because nothing leaves this computer. Never use it from another machine.'
      : 'Codes, tokens and secrets can be read in transit.',
    plain.map(([name]) => name),
  ]
}

function pkce(metadata: ProviderMetadata): Finding {
  const methods = list(metadata, 'code_challenge_methods_supported')
  if (methods === undefined || methods.length === 0)
    return [
      'unknown',
      'PKCE is not announced.',
      'A client cannot know whether its code is protected. It may still work: Gatehouse always sends S256.',
    ]
  if (!methods.includes('S256'))
    return [
      'missing',
      'S256 is not among the methods:',
      'Anyone who sees the request can redeem the code. Gatehouse refuses to sign in that way.',
      methods,
    ]
  return methods.includes('plain')
    ? [
        'weak',
        'S256, and also plain.',
        'S256 is used here. But plain shows the verifier in the request and protects against little.',
      ]
    : ['pass', 'S256.', 'A stolen code cannot be redeemed.']
}

function namesItself({ metadata, source }: CheckupInput): Finding {
  if (source === 'by-hand')
    return [
      'unknown',
      'Endpoints entered manually do not say whether the provider identifies itself (iss) in its responses.',
      'Check the redirect of a sign-in in its flow.',
    ]
  // RFC 9207 section 3: left out, it is not supported.
  return metadata.authorization_response_iss_parameter_supported === true
    ? [
        'pass',
        'The provider identifies itself (iss) in each response.',
        'A response from another provider is noticed before its code is used (mix-up attack).',
      ]
    : [
        'missing',
        'The provider does not announce iss in its responses.',
        'A client with several providers needs a separate redirect URI for each, or it can be tricked into sending a code to the wrong one.',
      ]
}

function responseTypes(metadata: ProviderMetadata): Finding {
  const types = list(metadata, 'response_types_supported')
  if (types === undefined)
    return ['unknown', 'Response types are not announced.', 'Only “code” should be listed.']
  const withToken = types.filter((type) => type.split(' ').includes('token'))
  if (withToken.length > 0)
    return [
      'weak',
      'Response types with an access token:',
      'Such tokens end up in the browser’s history and can be injected. Do not request them; switch them off for your client.',
      withToken,
    ]
  return types.includes('code')
    ? ['pass', 'Response types:', 'Access tokens come from the token endpoint only.', types]
    : ['missing', 'Response types:', 'There is no “code”: users cannot sign in securely.', types]
}

function pushed(metadata: ProviderMetadata): Finding {
  return metadata.pushed_authorization_request_endpoint === undefined
    ? [
        'unknown',
        'Pushed authorization requests are not announced; they may still be supported.',
        'Without it, the request travels through the browser, where it can be read and changed.',
      ]
    : metadata.require_pushed_authorization_requests === true
      ? [
          'pass',
          'Pushed authorization requests are offered and required.',
          'No one can send a request that the client itself did not push.',
        ]
      : ['pass', 'Pushed authorization requests are offered.', 'The request can be kept out of the browser.']
}

function passwords(metadata: ProviderMetadata): Finding {
  const grants = list(metadata, 'grant_types_supported')
  if (grants === undefined)
    return ['unknown', 'Grants are not announced.', 'Ask whether the password grant is off.']
  return grants.includes('password')
    ? [
        'weak',
        'The password grant is offered.',
        'Clients that use it see users’ passwords, and no second factor works. It must not be used.',
      ]
    : ['pass', 'The password grant is not offered.', 'No client has to see a password.']
}

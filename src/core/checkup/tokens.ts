import type { CheckupItem } from '@contract/checkup'
import { isByKey } from '@contract/tables/client-authentications'
import { grantTable } from '@contract/tables/grants'
import type { ProviderMetadata } from '../records/model.ts'
import { bcp, fapi, item, list, oauth21, oidc, spec, type CheckupInput, type Finding } from './item.ts'

/** Clients, tokens, and what else the provider can do. */
export function tokenItems({ metadata }: CheckupInput): CheckupItem[] {
  return [
    item(
      'Clients',
      'client-authentication',
      'Client authentication by key',
      [bcp('2.5'), fapi('5.3.2.1')],
      authentication(metadata),
    ),
    item('Clients', 'public-clients', 'Public clients', [spec('RFC 8252', '8.4')], publicClients(metadata)),
    item(
      'Tokens',
      'bound-tokens',
      'Tokens bound to a key',
      [bcp('2.2.1'), spec('RFC 9449', '5.1'), fapi('5.3.2.1')],
      bound(metadata),
    ),
    item('Tokens', 'refresh', 'Refresh tokens', [bcp('2.2.2'), oauth21('4.3.1')], refresh(metadata)),
    item('Tokens', 'audience', 'Tokens for one API', [bcp('2.3'), spec('RFC 8707', '2')], audience(metadata)),
    item(
      'Tokens',
      'id-token-algorithms',
      'Signed ID tokens',
      [oidc('3.1.3.7'), spec('RFC 8725', '3.2')],
      weakSignatures(metadata),
    ),
    item(
      'Tokens',
      'fapi-algorithms',
      'Signature algorithms of FAPI',
      [fapi('5.4.1')],
      fapiAlgorithms(metadata),
    ),
    offered(
      'revocation',
      'Revocation',
      ['RFC 7009', '2'],
      metadata.revocation_endpoint,
      'Signing out can end the tokens at the provider.',
      'Tokens stay valid until they expire, even after signing out.',
    ),
    offered(
      'introspection',
      'Introspection',
      ['RFC 7662', '2'],
      metadata.introspection_endpoint,
      'An API, or you, can ask whether a token is valid.',
      'Only the token itself says whether it is valid.',
    ),
    offered(
      'userinfo',
      'Userinfo',
      ['OpenID Connect Core', '5.3'],
      metadata.userinfo_endpoint,
      'Profile claims can be requested.',
      'The ID token must carry the profile.',
    ),
    offered(
      'logout',
      'Logout',
      ['OpenID Connect RP-Initiated Logout', '2'],
      metadata.end_session_endpoint,
      'The browser’s session can be ended from here.',
      'The browser stays signed in at the provider.',
    ),
    offered(
      'step-up',
      'Stronger sign-in on demand',
      ['RFC 9470', '6.2'],
      metadata['acr_values_supported'],
      'An API can request a stronger sign-in, and the provider lists the levels.',
      'The available sign-in levels are not announced.',
    ),
    offered(
      'device',
      'Device code',
      ['RFC 8628', '4'],
      metadata.device_authorization_endpoint,
      'Devices without a browser can sign in.',
      'Devices without a browser cannot sign in.',
    ),
    offered(
      'exchange',
      'Token exchange',
      ['RFC 8693', '2'],
      grant(metadata, grantTable.token_exchange.type),
      'A token can be exchanged for one for another API.',
      'Not among the announced grants.',
    ),
    offered(
      'registration',
      'Dynamic client registration',
      ['RFC 7591', '3'],
      metadata.registration_endpoint,
      'Gatehouse can register itself.',
      'The client has to be registered manually.',
    ),
    offered(
      'rich-requests',
      'Rich authorization requests',
      ['RFC 9396', '10'],
      metadata['authorization_details_types_supported'],
      'Requests can name individual payments, files and the like.',
      'Only scopes say what is requested.',
    ),
  ]
}

function authentication(metadata: ProviderMetadata): Finding {
  // RFC 8414 section 2: where nothing is announced, client_secret_basic is meant.
  const methods = list(metadata, 'token_endpoint_auth_methods_supported') ?? ['client_secret_basic']
  const strong = methods.filter((method) => isByKey(method))
  return strong.length > 0
    ? [
        'pass',
        'Methods:',
        'A confidential client can prove who it is without a secret that both sides know.',
        strong,
      ]
    : [
        'weak',
        'Methods:',
        'Confidential clients share a secret with the provider: anyone who sees it can act as them.',
        methods,
      ]
}

function publicClients(metadata: ProviderMetadata): Finding {
  const methods = list(metadata, 'token_endpoint_auth_methods_supported')
  if (methods === undefined)
    return [
      'unknown',
      'Not announced.',
      'A desktop app cannot keep a secret. Try the client authentication “None: a public client” first.',
    ]
  return methods.includes('none')
    ? ['pass', '“none” is announced.', 'A desktop app can be a public client, protected by PKCE.']
    : [
        'missing',
        'Methods:',
        'A secret is expected from an app that cannot keep one. Many providers accept public clients without announcing it.',
        methods,
      ]
}

function bound(metadata: ProviderMetadata): Finding {
  const announced = list(metadata, 'dpop_signing_alg_values_supported')
  const dpop = announced ?? []
  const tls = metadata.tls_client_certificate_bound_access_tokens === true
  if (announced === undefined && metadata.tls_client_certificate_bound_access_tokens === undefined)
    return [
      'unknown',
      'Neither DPoP nor certificate-bound tokens are announced.',
      'Unless a token is bound anyway, anyone who gets hold of it can use it until it expires.',
    ]
  if (dpop.length === 0 && !tls)
    return [
      'missing',
      'Neither DPoP nor certificate-bound tokens are announced.',
      'Anyone who gets hold of a token can use it until it expires.',
    ]
  const found = [...(tls ? ['Client certificates.'] : []), ...(dpop.length > 0 ? ['DPoP, signed with:'] : [])]
  return ['pass', found.join(' '), 'A stolen token is of no use without the key it is bound to.', dpop]
}

function refresh(metadata: ProviderMetadata): Finding {
  const grants = list(metadata, 'grant_types_supported')
  if (grants !== undefined && !grants.includes('refresh_token'))
    return [
      'missing',
      'Refresh tokens are not announced.',
      'Users sign in again whenever the access token expires.',
    ]
  return [
    'unknown',
    'Metadata does not show whether refresh tokens are rotated or bound.',
    'Refresh an account twice and check its lineage: for a public client, the refresh token has to change or be bound.',
  ]
}

function audience(metadata: ProviderMetadata): Finding {
  const resources = list(metadata, 'protected_resources')
  return resources !== undefined && resources.length > 0
    ? ['pass', 'APIs:', 'Request the API with “resource”; the token is then valid for it alone.', resources]
    : [
        'unknown',
        'Which APIs the tokens are for is not announced.',
        'Check aud of a token: it should name one API, not everything.',
      ]
}

function weakSignatures(metadata: ProviderMetadata): Finding {
  const algorithms = list(metadata, 'id_token_signing_alg_values_supported')
  if (algorithms === undefined)
    return ['unknown', 'Not announced.', 'Without OpenID Connect there is no ID token.']
  if (algorithms.includes('none'))
    return [
      'weak',
      'Algorithms:',
      'Unsigned ID tokens (none) are offered. Gatehouse accepts none of them.',
      algorithms,
    ]
  const shared = algorithms.filter((algorithm) => algorithm.startsWith('HS'))
  if (shared.length === algorithms.length)
    return [
      'weak',
      'Algorithms:',
      'Only with the client secret: a public client cannot check anything.',
      algorithms,
    ]
  return ['pass', 'Algorithms:', 'ID tokens can be checked with the published keys.', algorithms]
}

function fapiAlgorithms(metadata: ProviderMetadata): Finding {
  const algorithms = list(metadata, 'id_token_signing_alg_values_supported')
  if (algorithms === undefined)
    return ['unknown', 'Not announced.', 'Without OpenID Connect there is no ID token.']
  const good = algorithms.filter((each) => ['PS256', 'ES256', 'EdDSA', 'Ed25519'].includes(each))
  return good.length > 0
    ? ['pass', 'Current algorithms:', 'A client can be registered for a current signature algorithm.', good]
    : [
        'weak',
        'Algorithms:',
        'RS256 is secure but older (PKCS #1 v1.5), and FAPI does not allow it.',
        algorithms,
      ]
}

function offered(
  id: string,
  title: string,
  reference: [string, string],
  value: unknown,
  yes: string,
  no: string,
): CheckupItem {
  return item(
    'Abilities',
    id,
    title,
    [spec(...reference)],
    value === undefined
      ? ['unknown', 'Not announced; it may still be supported.', no]
      : value === false
        ? ['missing', 'Not announced.', no]
        : ['pass', 'Announced.', yes],
  )
}

function grant(metadata: ProviderMetadata, name: string): boolean | undefined {
  return list(metadata, 'grant_types_supported')?.includes(name)
}

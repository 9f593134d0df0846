import type { ConnectionView } from '@contract/connections.ts'
import { clientAuthenticationTable, needsOf } from '@contract/tables/client-authentications.ts'
import { KeyValueTable } from '../../../ui/list/key-value-table.tsx'
import { Tags } from '../../../ui/tag.tsx'
import { grantWords } from '../sign-in/grant-words.ts'
import { PublicKeys } from './public-key.tsx'
import css from './connection-page.module.css'

/** What a connection consists of: its registration, and what is known of its provider. */
export function ConnectionFacts({ connection }: { connection: ConnectionView }) {
  const { provider, settings = {} } = connection
  return (
    <>
      <section className={css.section}>
        <h2>Registration</h2>
        <KeyValueTable
          label="Registration"
          rows={[
            ['Grant', grantWords[settings.grant ?? 'authorization_code'].name],
            ['Client ID', <code key="id">{connection.clientId}</code>],
            [
              'Client authentication',
              clientAuthenticationTable[connection.clientAuthentication].fact +
                (needsOf(connection) === 'secret' && !connection.hasClientSecret
                  ? ' (no secret is stored)'
                  : ''),
            ],
            [
              'Asks for',
              connection.scope ? <Tags key="scope" items={connection.scope.split(' ')} /> : 'no scope',
            ],
            ...endpoint('Resource', connection.resource),
            ...(settings.grant === undefined
              ? [['Redirect', <code key="redirect">{connection.redirectUri}</code>] as Row]
              : []),
            ...(settings.responseType === undefined
              ? []
              : [['Response type', `${settings.responseType} (deprecated)`] as Row]),
            ...beyond(connection),
          ]}
        />
      </section>
      <PublicKeys connection={connection} />
      <section className={css.section}>
        <h2>Provider</h2>
        <KeyValueTable
          label="Provider"
          rows={[
            [
              'Known from',
              provider.source === 'discovery' ? 'its own metadata (discovery)' : 'what was typed in',
            ],
            ...endpoint('Authorization', provider.authorizationEndpoint),
            ...endpoint('Token', provider.tokenEndpoint),
            ...endpoint('Keys', provider.jwksUri),
            ...endpoint('Userinfo', provider.userinfoEndpoint),
            ...endpoint('Introspection', provider.introspectionEndpoint),
            ...endpoint('Revocation', provider.revocationEndpoint),
            ...endpoint('Log out', provider.endSessionEndpoint),
            ...endpoint('Device code', provider.deviceAuthorizationEndpoint),
            ...endpoint('Pushed requests', provider.pushedAuthorizationRequestEndpoint),
            ['PKCE', provider.codeChallengeMethods.join(', ') || 'not announced; S256 is sent all the same'],
            ['Issuer in the answer', provider.announcesIss ? 'announced (iss, RFC 9207)' : 'not announced'],
          ]}
        />
      </section>
    </>
  )
}

type Row = [string, React.ReactNode]

function endpoint(label: string, url: string | undefined): [string, React.ReactNode][] {
  return url === undefined ? [] : [[label, <code key={label}>{url}</code>]]
}

/** What goes beyond the common path, as far as it is set. */
function beyond({ settings = {}, certificate }: ConnectionView): Row[] {
  const protections = [
    settings.pushed && 'pushed requests (PAR)',
    settings.signedRequest && 'signed requests',
    settings.responseMode && `answer as ${settings.responseMode}`,
    settings.dpop && 'tokens bound to a key (DPoP)',
  ].filter(Boolean)
  const asked: [string, string | number | undefined][] = [
    ['audience', settings.audience],
    ['resource', settings.resources?.join(' ')],
    ['prompt', settings.prompt],
    ['max_age', settings.maxAgeSeconds],
    ['acr_values', settings.acrValues],
    ['login_hint', settings.loginHint],
    ['ui_locales', settings.uiLocales],
    ['claims', settings.claims],
    ['authorization_details', settings.authorizationDetails],
    ...(settings.extra ?? []).map(({ name, value }): [string, string] => [name, value]),
  ]
  return [
    ...(certificate ? [['Certificate', certificate.subject] as Row] : []),
    ...(protections.length > 0 ? [['Protection', protections.join(', ')] as Row] : []),
    ...asked.flatMap(([name, value]): Row[] =>
      value === undefined ? [] : [[name, <code key={name}>{value}</code>]],
    ),
  ]
}

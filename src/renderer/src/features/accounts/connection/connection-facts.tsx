import type { ConnectionView } from '@contract/connections.ts'
import { clientAuthenticationTable, needsOf } from '@contract/tables/client-authentications.ts'
import { settingFacts } from '@contract/tables/connection-settings.ts'
import { grantOf, grantTable } from '@contract/tables/grants.ts'
import { Address } from '../../../ui/list/address.tsx'
import { KeyValueTable } from '../../../ui/list/key-value-table.tsx'
import { Tags } from '../../../ui/tag.tsx'
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
            ['Grant', grantTable[grantOf(settings)].name],
            ['Client ID', <code key="id">{connection.clientId}</code>],
            [
              'Client authentication',
              clientAuthenticationTable[connection.clientAuthentication].fact +
                (needsOf(connection) === 'secret' && !connection.hasClientSecret
                  ? ' (no secret is stored)'
                  : ''),
            ],
            [
              'Requested scope',
              connection.scope ? <Tags key="scope" items={connection.scope.split(' ')} /> : 'no scope',
            ],
            ...endpoint('Resource', connection.resource),
            ...(grantTable[grantOf(settings)].by === 'browser'
              ? [['Redirect', address('redirect', connection.redirectUri)] as Row]
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
            ['Source', provider.source === 'discovery' ? 'metadata (discovery)' : 'entered manually'],
            ...endpoint('Authorization', provider.authorizationEndpoint),
            ...endpoint('Token', provider.tokenEndpoint),
            ...endpoint('Keys', provider.jwksUri),
            ...endpoint('Userinfo', provider.userinfoEndpoint),
            ...endpoint('Introspection', provider.introspectionEndpoint),
            ...endpoint('Revocation', provider.revocationEndpoint),
            ...endpoint('Log out', provider.endSessionEndpoint),
            ...endpoint('Device code', provider.deviceAuthorizationEndpoint),
            ...endpoint('Pushed requests', provider.pushedAuthorizationRequestEndpoint),
            ['PKCE', provider.codeChallengeMethods.join(', ') || 'not announced; S256 is sent anyway'],
            ['Issuer in the response', provider.announcesIss ? 'announced (iss, RFC 9207)' : 'not announced'],
          ]}
        />
      </section>
    </>
  )
}

type Row = [string, React.ReactNode]

function address(key: string, text: string) {
  return (
    <code key={key}>
      <Address text={text} />
    </code>
  )
}

function endpoint(label: string, url: string | undefined): [string, React.ReactNode][] {
  return url === undefined ? [] : [[label, address(label, url)]]
}

/** What goes beyond the common path, as far as it is set. */
function beyond({ settings = {}, certificate }: ConnectionView): Row[] {
  const facts = settingFacts(settings)
  const protections = facts.flatMap((fact) => ('protection' in fact ? fact.protection : []))
  return [
    ...(certificate ? [['Certificate', certificate.subject] as Row] : []),
    ...facts.flatMap((fact): Row[] => ('odd' in fact ? [['Non-standard', fact.odd]] : [])),
    ...(protections.length > 0 ? [['Protection', protections.join(', ')] as Row] : []),
    ...facts.flatMap((fact): Row[] =>
      'name' in fact ? [[fact.name, <code key={fact.name}>{fact.value}</code>]] : [],
    ),
  ]
}

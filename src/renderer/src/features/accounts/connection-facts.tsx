import type { ClientAuthentication, ConnectionView } from '@contract/connections.ts'
import { KeyValueTable } from '../../ui/key-value-table.tsx'
import { Tags } from '../../ui/tag.tsx'
import css from './connection-page.module.css'

const authentication: Record<ClientAuthentication, string> = {
  none: 'none: a public client, protected by PKCE',
  client_secret_basic: 'client secret in the Authorization header',
  client_secret_post: 'client secret in the form',
  client_secret_jwt: 'a JWT made with the client secret',
  private_key_jwt: 'a JWT signed with a private key',
  tls_client_auth: 'a client certificate',
  self_signed_tls_client_auth: 'a self-signed client certificate',
}

const endpoint = (label: string, url: string | undefined): [string, React.ReactNode][] =>
  url === undefined ? [] : [[label, <code key={label}>{url}</code>]]

/** What a connection consists of: its registration, and what is known of its provider. */
export const ConnectionFacts = ({ connection }: { connection: ConnectionView }) => {
  const { provider } = connection
  return (
    <>
      <section className={css.section}>
        <h2>Registration</h2>
        <KeyValueTable
          label="Registration"
          rows={[
            ['Client ID', <code key="id">{connection.clientId}</code>],
            [
              'Client authentication',
              authentication[connection.clientAuthentication] +
                (connection.clientAuthentication !== 'none' && !connection.hasClientSecret
                  ? ' (no secret is stored)'
                  : ''),
            ],
            [
              'Asks for',
              connection.scope ? <Tags key="scope" items={connection.scope.split(' ')} /> : 'no scope',
            ],
            ...endpoint('Resource', connection.resource),
            ['Redirect', <code key="redirect">{connection.redirectUri}</code>],
          ]}
        />
      </section>
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
            ['PKCE', provider.codeChallengeMethods.join(', ') || 'not announced; S256 is sent all the same'],
            ['Names itself', provider.announcesIss ? 'yes, in every answer (RFC 9207)' : 'not announced'],
          ]}
        />
      </section>
    </>
  )
}

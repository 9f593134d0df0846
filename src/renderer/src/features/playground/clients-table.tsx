import type { PlaygroundClient } from '@contract/app.ts'
import { usePlaygroundCopy } from '../../lib/use-playground-copy.ts'
import { Copyable } from '../../ui/copyable.tsx'
import { Address } from '../../ui/list/address.tsx'
import table from '../../ui/list/data-table.module.css'
import css from './playground.module.css'

/** The clients that the provider knows from its start. */
export function ClientsTable({ clients }: { clients: PlaygroundClient[] }) {
  const copy = usePlaygroundCopy()
  return (
    <section className={css.clients} aria-labelledby="playground-clients">
      <h2 id="playground-clients">Clients</h2>
      <table className={table.table} aria-labelledby="playground-clients">
        <thead>
          <tr>
            <th scope="col">client_id</th>
            <th scope="col">kind</th>
            <th scope="col">authenticates with</th>
            <th scope="col">redirect URIs</th>
          </tr>
        </thead>
        <tbody>
          {clients.map(({ clientId, authentication, secret, redirectUris }) => (
            <tr key={clientId}>
              <th scope="row">
                <Copyable
                  text={clientId}
                  label={`Copy the client_id ${clientId}`}
                  onCopy={() => void copy({ what: 'client-id', of: clientId }, 'The client_id')}
                />
              </th>
              <td>{authentication === 'none' ? 'public' : 'confidential'}</td>
              <td>
                {authentication === 'none' ? (
                  <>
                    <code>none</code> <span className="note">PKCE instead</span>
                  </>
                ) : (
                  <>
                    <code>{authentication}</code>
                    {secret !== undefined && (
                      <Copyable
                        name="secret"
                        text={secret}
                        label={`Copy the secret of ${clientId}`}
                        onCopy={() => void copy({ what: 'client-secret', of: clientId }, 'The secret')}
                      />
                    )}
                  </>
                )}
              </td>
              <td>
                {redirectUris.map((uri) => (
                  <code key={uri} className={css.line}>
                    <Address text={uri} />
                  </code>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="faint">
        The secret is the same in every copy of Gatehouse and opens nothing but this sandbox, so it is shown.
        On 127.0.0.1 and [::1] any port is accepted. More clients can register with the provider.
      </p>
    </section>
  )
}

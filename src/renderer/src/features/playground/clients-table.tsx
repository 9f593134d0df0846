import { Fragment } from 'react'
import { Copy } from 'lucide-react'
import type { PlaygroundClient } from '@contract/app.ts'
import { IconButton } from '../../ui/button.tsx'
import css from './playground.module.css'
import { useCopy } from './use-copy.ts'

/** An address that breaks after a slash where it has to. */
const Breakable = ({ text }: { text: string }) =>
  text.split(/(?<=\w\/)/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))

/** The clients that the provider knows from its start. */
export const ClientsTable = ({ clients }: { clients: PlaygroundClient[] }) => {
  const copy = useCopy()
  return (
    <section aria-labelledby="playground-clients">
      <h2 id="playground-clients">Clients</h2>
      <table className={css.table} aria-labelledby="playground-clients">
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
                <span className={css.copied}>
                  <code>{clientId}</code>
                  <IconButton
                    label={`Copy the client_id ${clientId}`}
                    onClick={() => void copy({ what: 'client-id', of: clientId }, 'The client_id')}
                  >
                    <Copy />
                  </IconButton>
                </span>
              </th>
              <td>{authentication === 'none' ? 'public' : 'confidential'}</td>
              <td>
                {authentication === 'none' ? (
                  <>
                    <code>none</code> <span className="note">with PKCE instead</span>
                  </>
                ) : (
                  <>
                    <code>{authentication}</code>
                    {secret !== undefined && (
                      <span className={css.copied}>
                        <span className="note">secret</span> <code>{secret}</code>
                        <IconButton
                          label={`Copy the secret of ${clientId}`}
                          onClick={() => void copy({ what: 'client-secret', of: clientId }, 'The secret')}
                        >
                          <Copy />
                        </IconButton>
                      </span>
                    )}
                  </>
                )}
              </td>
              <td>
                {redirectUris.map((uri) => (
                  <code key={uri} className={css.line}>
                    <Breakable text={uri} />
                  </code>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="faint">
        The secret is the same in every Gatehouse and opens nothing but this sandbox, so it is shown. On
        127.0.0.1 and [::1] any port is accepted. More clients can register themselves at the provider.
      </p>
    </section>
  )
}

import type { ExchangeView } from '@contract/requests.ts'
import { hostOf, size } from '../../../lib/format.ts'
import { Notice } from '../../../ui/notice.tsx'
import { Tags } from '../../../ui/tag.tsx'
import css from './on-the-way.module.css'

/** What is worth knowing of an exchange beside its response: nothing where all went as asked. */
export function OnTheWay({ exchange }: { exchange: ExchangeView }) {
  const { notes = [], hops = [], tokenLeftBehind, response, carried, url } = exchange
  const target = hops.length === 0 ? undefined : (response?.url ?? '')
  return (
    <>
      {tokenLeftBehind && (
        <Notice tone="warn" title="The server that responded did not get the token">
          A redirect led from {hostOf(url)}
          {target ? ` to ${hostOf(target)}` : ''}: a token is never sent to another origin
          {carried ? `, so ${carried.displayName} was unknown there` : ''}.
        </Notice>
      )}
      {response?.undecoded !== undefined && (
        <Notice tone="warn" title={`The body is shown as it was received: ${response.undecoded}`}>
          Gatehouse cannot decode this content encoding. Send Accept-Encoding: identity to get the body
          uncompressed.
        </Notice>
      )}
      {response?.truncated && (
        <Notice tone="warn" title={`The body was cut off at ${size(response.bodySize)}`}>
          This is the maximum response size in Settings, Network. The part received is below.
        </Notice>
      )}
      {response?.keptSize !== undefined && (
        <Notice tone="plain" title={`The history keeps the first ${size(response.keptSize)} of this body`}>
          All of it is here until the request is sent again or its tab is closed. Save it to a file to keep
          it.
        </Notice>
      )}
      {notes.map((note) => (
        <Notice key={note} tone="plain" title={note} />
      ))}
    </>
  )
}

/** The redirects that were followed, one below the other. */
export function Hops({ exchange }: { exchange: ExchangeView }) {
  const { hops = [], response } = exchange
  if (hops.length === 0) return null
  return (
    <section aria-label="Redirects" className={css.hops}>
      <h2 className="note">
        {hops.length === 1 ? 'One redirect was followed' : `${hops.length} redirects were followed`}
      </h2>
      <ol>
        {hops.map((hop, index) => (
          <li key={index}>
            <span className="mono">{hop.status}</span>
            <span className="mono wrap-any">
              {hop.method} {hop.url}
            </span>
            {hop.leftBehind.length > 0 && (
              <span className={css.left}>
                not sent on: <Tags items={hop.leftBehind} />
              </span>
            )}
          </li>
        ))}
        <li>
          <span className="mono">{response?.status}</span>
          <span className="mono wrap-any">{response?.url}</span>
        </li>
      </ol>
    </section>
  )
}

import type { ExchangeView } from '@contract/requests.ts'
import { size } from '../../../lib/format.ts'
import { CodeText } from '../../../ui/code/code-text.tsx'
import { KeyValueTable } from '../../../ui/list/key-value-table.tsx'
import { Hops } from './on-the-way.tsx'
import css from './response-pane.module.css'

/** So much of the body is shown; the request itself holds the rest. */
const shownBody = 16_384

/** The message as it left: redirects, headers, body; the token's place is marked. */
export function AsSent({ exchange }: { exchange: ExchangeView }) {
  const { sent } = exchange
  const text = sent.bodyText?.slice(0, shownBody)
  return (
    <div className={css.padded}>
      <p className={`mono wrap-any ${css.line}`}>
        <strong>{exchange.method}</strong> {exchange.url}
      </p>
      <Hops exchange={exchange} />
      <KeyValueTable label="Headers as sent" wire rows={sent.headers} />
      <p className={`note ${css.line}`}>
        {sent.bodySize > 0
          ? `Body: ${size(sent.bodySize)}`
          : text
            ? 'The body, which was not sent:'
            : 'No body.'}
        {sent.bodySize > shownBody &&
          text?.length === shownBody &&
          `, of which the first ${size(shownBody)}:`}
      </p>
      {text && <CodeText text={text} label="Body as sent" json={/^\s*[[{]/.test(text)} />}
    </div>
  )
}

import { useState } from 'react'
import type { ExchangeView } from '@contract/requests.ts'
import { KeyValueTable } from '../../../../ui/list/key-value-table.tsx'
import { CoveredHeader } from './covered-header.tsx'
import css from './response-headers.module.css'
import { VariableDialog } from './variable-dialog.tsx'

interface Props {
  exchange: ExchangeView
  response: NonNullable<ExchangeView['response']>
}

/** The headers of a response. What is covered can be had while the response is open in its tab. */
export function ResponseHeaders({ exchange, response }: Props) {
  const { headers, covered = { headers: [], held: false } } = response
  const [asking, setAsking] = useState<number>()
  const asked = asking === undefined ? undefined : headers[asking]
  return (
    <div className={css.headers}>
      <KeyValueTable
        label="Headers of the response"
        wire
        rows={headers.map(([name, value], index) => [
          name,
          covered.held && covered.headers.includes(index) ? (
            <CoveredHeader
              exchangeId={exchange.id}
              header={index}
              name={name}
              shown={value}
              onKeep={() => setAsking(index)}
            />
          ) : (
            value
          ),
        ])}
      />
      {covered.headers.length > 0 && (
        <p className="note">
          {covered.held
            ? 'Masked values can be revealed while this tab shows the response. The history does not keep them.'
            : 'Masked values were not kept. Send the request again to see them.'}
        </p>
      )}
      {asking !== undefined && asked && (
        <VariableDialog
          which={{ id: exchange.id, header: asking }}
          name={asked[0]}
          shown={asked[1]}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  )
}

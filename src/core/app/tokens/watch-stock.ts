import { defined } from '@contract/defined'
import type { FlowCheck } from '@contract/flows'
import { purposeOf } from '../../flow/purpose.ts'
import { stockVerdicts, type StockMessages, type StockVerdict } from '../../oauth/client/stock-client.ts'
import type { Fetch } from '../../oauth/wire/fetch.ts'
import type { KeptKeys } from '../../oauth/discovery/jwks.ts'
import type { Connection } from '../../records/model.ts'
import { parseObject } from '../../text/parse-object.ts'
import type { FlowTrace } from '../flows/flow-trace.ts'

/** What the step is called in a flow. */
export const stockTitle = 'As a stock client sees it'

/** Watches the messages of a grant, and says in its flow what an ordinary client makes of them: after the flow has ended,
 *  so that no one waits for it, and from what was recorded. */
export type WatchStock = (
  flow: FlowTrace,
  connection: Connection,
  signIn: StockMessages['signIn'],
  recorded?: StockRecorded,
) => FlowTrace

/** The messages of a grant as they came; given again where a flow goes on with it later. */
export type StockRecorded = Pick<StockMessages, 'token' | 'keys' | 'device'>

/** Makes the watcher; keys that were fetched earlier are those that are kept. */
export function createWatchStock(keptKeysAt: KeptKeys): WatchStock {
  function keptKeys({ metadata }: Connection): Response | undefined {
    const kept = metadata.jwks_uri === undefined ? undefined : keptKeysAt(metadata.jwks_uri)
    if (kept === undefined) return undefined
    const headers: [string, string][] = [['content-type', 'application/json']]
    return new Response(JSON.stringify({ keys: kept }), { status: 200, headers })
  }

  return (flow, connection, signIn, recorded = {}) => {
    flow.afterwards(async () => {
      const keys = recorded.keys ?? keptKeys(connection)
      const verdicts = await stockVerdicts({ connection, signIn, ...recorded, ...defined({ keys }) })
      return verdicts && { title: stockTitle, checks: verdicts.map(checkOf), connectionId: connection.id }
    })
    const fetch: Fetch = async (url, options) => {
      const response = await flow.fetch(url, options)
      const purpose = purposeOf(url, connection.metadata)
      if (purpose === 'keys' || purpose === 'device') recorded[purpose] = response.clone()
      if (purpose === 'token' && !(await isPending(response))) recorded.token = response.clone()
      return response
    }
    return { ...flow, fetch }
  }
}

/** Whoever polls asks again (RFC 8628 section 3.5). */
async function isPending(response: Response): Promise<boolean> {
  if (response.ok) return false
  const error = parseObject(await response.clone().text())?.['error']
  return error === 'authorization_pending' || error === 'slow_down'
}

const labels = {
  strict: 'openid-client, signatures checked',
  default: 'openid-client, default settings',
} satisfies Record<StockVerdict['settings'], string>

function checkOf({ settings, accepted, error = '' }: StockVerdict): FlowCheck {
  return {
    id: `stock-${settings}`,
    label: labels[settings],
    state: accepted ? 'valid' : 'notice',
    detail: accepted ? 'It accepts the same messages.' : `It refuses the same messages: “${error}”`,
  }
}

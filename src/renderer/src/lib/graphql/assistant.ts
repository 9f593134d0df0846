import { askWorker } from '../workers/ask-worker.ts'
import { startGraphqlWorker } from '../workers/start-worker.ts'
import type { Answers, Ask, GraphqlAssistant } from './messages.ts'

export function createGraphqlAssistant(): GraphqlAssistant {
  const { ask, end } = askWorker<Ask, Answers>(startGraphqlWorker())
  return {
    open: (exchangeId) => ask({ kind: 'open', body: `/body/${exchangeId}` }),
    introspection: () => ask({ kind: 'introspection' }),
    check: (query) => ask({ kind: 'check', query }),
    format: (query) => ask({ kind: 'format', query }),
    complete: (query, at) => ask({ kind: 'complete', query, at }),
    close: end,
  }
}

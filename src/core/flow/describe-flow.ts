import { defined } from '@contract/defined'
import type { FlowMessage, FlowParty, FlowSummary, FlowView } from '@contract/flows'
import { countMessages, type FlowHead, type FlowRecord, type FlowStep } from './flow.ts'
import { briefManner, manner, tagOf } from './labels.ts'
import { draftsOf } from './messages.ts'

/** A flow as a list shows it. */
export function summariseFlow(head: FlowHead): FlowSummary {
  return {
    id: head.id,
    kind: head.kind,
    title: head.title,
    startedAt: head.startedAt,
    ...defined({ endedAt: head.endedAt }),
    outcome: head.outcome,
    ...defined({ code: head.failure?.code }),
    tag: tagOf(head),
    says: manner(head),
    brief: briefManner(head),
  }
}

/** The head of a whole record. */
export function headOf(record: FlowRecord): FlowHead {
  const { steps, ...head } = record
  return { ...head, stepCount: countMessages(steps) }
}

/** The messages of a flow in their order, numbered as the diagram shows them. The failure that ended the flow
 *  is at the message at which it ended. */
export function messagesOf(record: FlowRecord): FlowMessage[] {
  let number = 0
  const messages = record.steps.flatMap(draftsOf).map(({ numbered, ...draft }, index): FlowMessage => {
    if (numbered) number += 1
    return { ...draft, index, ...defined({ number: numbered ? number : undefined }) }
  })
  const last = messages.at(-1)
  if (last !== undefined && record.failure !== undefined && record.outcome === 'failed' && !last.failure) {
    last.failure = record.failure
    last.tone = 'bad'
  }
  return messages
}

/** The step that a message of the diagram comes from. */
export function stepOf(record: FlowRecord, index: number): FlowStep | undefined {
  let first = 0
  return record.steps.find((step) => {
    first += draftsOf(step).length
    return index < first
  })
}

const order: FlowParty[] = ['app', 'browser', 'provider', 'api']

/** A flow with all its messages explained. */
export function describeFlow(record: FlowRecord): FlowView {
  const messages = messagesOf(record)
  const taking = new Set<FlowParty>(['app', ...messages.flatMap(({ from, to }) => [from, to])])
  const names: Record<FlowParty, string> = {
    app: 'Gatehouse',
    browser: 'Browser',
    provider: record.providerName || 'Provider',
    api: record.apiName ?? 'API',
  }
  return {
    ...summariseFlow(headOf(record)),
    parties: order.filter((party) => taking.has(party)).map((party) => ({ party, name: names[party] })),
    messages,
    ...defined({ failure: record.failure }),
    dropped: record.dropped,
  }
}

import { flowLimits, type ExchangeStep, type FlowRecord, type FlowStep } from './flow.ts'

/** The flow with one step more, within the limits: a step too many is counted, not kept; bodies are cut with
 *  a mark, each on its own and all of a flow together. */
export function addStep(record: FlowRecord, step: FlowStep): FlowRecord {
  if (record.steps.length >= flowLimits.steps) return { ...record, dropped: record.dropped + 1 }
  const room = flowLimits.bodies - record.steps.reduce((sum, each) => sum + bodiesOf(each), 0)
  const limited =
    step.kind === 'exchange'
      ? limitExchange(step, room)
      : 'url' in step
        ? { ...step, url: step.url.slice(0, flowLimits.url) }
        : step
  return { ...record, steps: [...record.steps, limited] }
}

function headers(pairs: [string, string][]): [string, string][] {
  return pairs
    .slice(0, flowLimits.headers)
    .map(([name, value]) => [name.slice(0, 200), value.slice(0, flowLimits.headerValue)])
}

function bodiesOf(step: FlowStep): number {
  return step.kind === 'exchange' ? (step.requestBody?.length ?? 0) + (step.responseBody?.length ?? 0) : 0
}

function limitExchange(step: ExchangeStep, room: number): ExchangeStep {
  const limited: ExchangeStep = {
    ...step,
    url: step.url.slice(0, flowLimits.url),
    requestHeaders: headers(step.requestHeaders),
  }
  if (step.responseHeaders) limited.responseHeaders = headers(step.responseHeaders)
  let left = room
  function cut(text: string): { text: string; cut: boolean } {
    const most = Math.max(0, Math.min(flowLimits.body, left))
    left -= Math.min(text.length, most)
    return { text: text.slice(0, most), cut: text.length > most }
  }
  if (step.requestBody !== undefined) {
    const kept = cut(step.requestBody)
    limited.requestBody = kept.text
    if (kept.cut) limited.requestBodyCut = true
  }
  if (step.responseBody !== undefined) {
    const kept = cut(step.responseBody)
    limited.responseBody = kept.text
    if (kept.cut) limited.responseBodyCut = true
  }
  return limited
}

import type { FlowKind } from '@contract/flows'
import type { FlowRecord, FlowStep, FlowStore } from '../../flow/flow.ts'
import { addStep } from '../../flow/limit-step.ts'
import { purposeOf } from '../../flow/purpose.ts'
import { scrubStep } from '../../flow/scrub-step.ts'
import type { TracedMessage } from '../../oauth/wire/fetch.ts'
import { redactText } from '../../secrecy/redact.ts'
import { createScrubber } from '../../secrecy/scrub.ts'
import type { Clock } from '../../records/ports.ts'

interface Dependencies {
  clock: Clock
  flows: FlowStore
  changed: () => void
}

/** A flow that is under way. */
export interface LiveFlow {
  record: FlowRecord
  /** Values that must not be stored, held until the flow has ended. */
  secrets: Set<string>
  metadata: Record<string, unknown>
  accountId?: string
}

/** Begins flows, adds steps to them, and writes them down without the secrets that they have seen. */
export function createLiveFlows(deps: Dependencies) {
  const make = (kind: FlowKind, id: string, owner: string, title: string): LiveFlow => ({
    record: {
      id,
      userId: owner,
      kind,
      title,
      providerName: '',
      manner: '',
      startedAt: deps.clock.now(),
      outcome: 'running',
      steps: [],
      dropped: 0,
    },
    secrets: new Set(),
    metadata: {},
  })

  function add(flow: LiveFlow, step: FlowStep): void {
    flow.record = addStep(flow.record, step)
  }

  function addMessage(flow: LiveFlow, message: TracedMessage): void {
    const { startedAt, total, ...rest } = message
    add(flow, {
      ...rest,
      kind: 'exchange',
      purpose: purposeOf(message.url, flow.metadata),
      at: startedAt,
      took: total,
    })
  }

  /** A store that fails loses the trace alone. */
  function save({ record, secrets }: LiveFlow): void {
    if (record.userId === '' || (record.steps.length === 0 && record.failure === undefined)) return
    const scrub = createScrubber(secrets)
    const { failure } = record
    try {
      deps.flows.save({
        ...record,
        title: scrub.text(record.title),
        ...(failure === undefined
          ? {}
          : {
              failure: {
                code: failure.code,
                message: scrub.text(redactText(failure.message)),
                ...(failure.next === undefined ? {} : { next: scrub.text(redactText(failure.next)) }),
              },
            }),
        steps: record.steps.map((step) => scrubStep(step, scrub)),
      })
      deps.changed()
    } catch {
      // The trace is lost; the sign-in is not.
    }
  }

  return { make, add, addMessage, save }
}

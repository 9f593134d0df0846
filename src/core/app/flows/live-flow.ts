import { defined } from '@contract/defined'
import type { FlowKind } from '@contract/flows'
import type { FlowRecord, FlowStep, FlowStore } from '../../flow/flow.ts'
import { addStep } from '../../flow/limit-step.ts'
import { purposeOf } from '../../flow/purpose.ts'
import { scrubStep } from '../../flow/scrub-step.ts'
import type { TracedMessage } from '../../oauth/wire/fetch.ts'
import { redactText } from '../../secrecy/redact.ts'
import { createScrubber } from '../../secrecy/scrub.ts'
import type { Clock } from '../../records/ports.ts'
import type { Afterwards } from './flow-trace.ts'

/** Ended flows that wait to be looked at again, at most. */
const mostAfterwards = 20

/** Milliseconds until a flow is written: by then the sign-in or the call it tells of has been answered and shown. */
const idle = 100

interface Dependencies {
  clock: Clock
  /** Calls back after that many milliseconds; returns how to call it off. */
  after: (milliseconds: number, then: () => void) => () => void
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
  /** What is looked at when it has ended. */
  afterwards?: Afterwards
}
type Waiting = Pick<LiveFlow, 'record' | 'secrets'> & { afterwards?: Afterwards }

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

  const waiting = new Map<string, Waiting>()
  const afterwards: (Waiting & { afterwards: Afterwards })[] = []
  let looking = false
  let scheduled = false
  let callOff: () => void = () => undefined

  /** Writes the flow down when no one waits anymore: to look for each secret in each message takes longer than all
   *  else that a sign-in does here. */
  function save({ record, secrets, afterwards: look }: LiveFlow): void {
    if (record.userId === '' || (record.steps.length === 0 && record.failure === undefined)) return
    const ended = record.endedAt === undefined ? undefined : look
    waiting.set(record.id, { record, secrets: new Set(secrets), ...defined({ afterwards: ended }) })
    if (scheduled) return
    scheduled = true
    callOff = deps.after(idle, flush)
  }

  /** Writes what waits, at once. */
  function flush(): void {
    scheduled = false
    callOff()
    const all = [...waiting.values()]
    waiting.clear()
    for (const flow of all) {
      write(flow)
      const { afterwards: look } = flow
      if (look && afterwards.length < mostAfterwards) afterwards.push({ ...flow, afterwards: look })
    }
    if (!looking) void lookAfterwards()
  }

  /** One flow after another: what is found is put to what is stored by then. */
  async function lookAfterwards(): Promise<void> {
    looking = true
    for (let flow = afterwards.shift(); flow !== undefined; flow = afterwards.shift()) {
      const found = await flow.afterwards().catch(() => undefined)
      if (found === undefined) continue
      try {
        const now = deps.flows.get(flow.record.userId, flow.record.id)
        if (now === undefined) continue
        const step = { ...found, kind: 'checks' as const, at: deps.clock.now() }
        write({ record: addStep(now, step), secrets: flow.secrets })
      } catch {
        // As with every trace: what was recorded stays as it was.
      }
    }
    looking = false
  }

  /** A store that fails loses the trace alone. */
  function write({ record, secrets }: Pick<LiveFlow, 'record' | 'secrets'>): void {
    const scrub = createScrubber(secrets)
    const { failure } = record
    try {
      deps.flows.save({
        ...record,
        title: scrub.text(record.title),
        ...defined({
          failure:
            failure === undefined
              ? undefined
              : {
                  code: failure.code,
                  message: scrub.text(redactText(failure.message)),
                  ...defined({
                    next: failure.next === undefined ? undefined : scrub.text(redactText(failure.next)),
                  }),
                },
        }),
        steps: record.steps.map((step) => scrubStep(step, scrub)),
      })
      deps.changed()
    } catch {
      // The trace is lost; the sign-in is not.
    }
  }

  /** The store, with all that was saved in it. */
  const stored: FlowStore = {
    save: (record) => deps.flows.save(record),
    get: (userId, id) => {
      if (waiting.has(id)) flush()
      return deps.flows.get(userId, id)
    },
    page: (userId, limit, before) => {
      flush()
      return deps.flows.page(userId, limit, before)
    },
    remove: (userId, id) => {
      flush()
      deps.flows.remove(userId, id)
    },
  }

  return { make, add, addMessage, save, flush, stored }
}

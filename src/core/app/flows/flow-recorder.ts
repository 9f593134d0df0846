import { defined } from '@contract/defined'
import type { FlowKind, FlowOutcome } from '@contract/flows'
import type { Failure, Result } from '@contract/result'
import { callbackChecks, type CallbackFindings } from '../../flow/callback-checks.ts'
import type { CallbackWay, FlowStore } from '../../flow/flow.ts'
import { purposeOf } from '../../flow/purpose.ts'
import type { Fetch, FetchOptions } from '../../oauth/wire/fetch.ts'
import { redactHeader, redactText, redactUrl } from '../../secrecy/redact.ts'
import type { Clock } from '../../records/ports.ts'
import { secretsInBody, secretsInUrl, secretsSent } from '../../secrecy/carried.ts'
import { isSecretParameter } from '../../secrecy/names.ts'
import type { ApiCall, FlowFacts, FlowTrace } from './flow-trace.ts'
import { createLiveFlows, type LiveFlow } from './live-flow.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  /** Calls back after that many milliseconds; returns how to call it off. */
  after: (milliseconds: number, then: () => void) => () => void
  newId: () => string
  fetch: Fetch
  flows: FlowStore
  changed: () => void
}

const callsToRemember = 200
const oddTitle = 'Set for a non-standard provider'

/** Records flows: each has a `fetch` of its own, so that many run at once and nothing is shared. What is kept
 *  was redacted by name where it crossed the wire, and is searched for all secret values that the flow
 *  has seen. Recording never disturbs what it records: a store that fails loses the trace alone. */
export function createFlowRecorder(deps: Dependencies) {
  const { make, add, addMessage, save, flush, stored } = createLiveFlows(deps)
  const live = new Map<string, LiveFlow>()
  /** Flows that wait for the first call with their token, by account. */
  const awaitCall = new Map<string, { userId: string; flowId: string }>()

  function userId(): string {
    try {
      return deps.session().user.id
    } catch {
      return ''
    }
  }

  function about(flow: LiveFlow, { metadata, accountId, odd = [], ...words }: FlowFacts): void {
    if (metadata) flow.metadata = metadata
    if (accountId !== undefined) flow.accountId = accountId
    flow.record = { ...flow.record, ...words }
    const said = flow.record.steps.some((step) => step.kind === 'checks' && step.title === oddTitle)
    if (odd.length > 0 && !said)
      add(flow, {
        kind: 'checks',
        at: deps.clock.now(),
        title: oddTitle,
        checks: odd.map((detail) => ({ id: 'odd', label: 'Non-standard provider', state: 'notice', detail })),
      })
  }

  const traceOf = (flow: LiveFlow): FlowTrace => ({
    id: flow.record.id,
    fetch: async (url, options = {}) => {
      for (const secret of [...secretsOf(url, options), ...(options.secrets ?? [])]) flow.secrets.add(secret)
      const response = await deps.fetch(url, { ...options, trace: (message) => addMessage(flow, message) })
      const purpose = purposeOf(url, flow.metadata)
      // A page that anyone is shown names people, whose names are no secrets.
      const isPage = purpose === 'other' && /^text\/html\b/i.test(response.headers.get('content-type') ?? '')
      if (purpose !== 'discovery' && purpose !== 'keys' && !isPage)
        for (const secret of secretsInBody(await response.clone().text())) flow.secrets.add(secret)
      return response
    },
    about: (facts) => about(flow, facts),
    checks: (title, checks) => add(flow, { kind: 'checks', at: deps.clock.now(), title, checks }),
    afterwards: (work) => (flow.afterwards = work),
  })

  function end(flow: LiveFlow, outcome: FlowOutcome, failure?: Failure): void {
    const { record } = flow
    live.delete(record.id)
    const kept = outcome === 'ok' ? undefined : (failure ?? record.failure)
    flow.record = { ...record, outcome, endedAt: deps.clock.now(), failure: kept }
    save(flow)
    flow.secrets.clear()
    if (outcome === 'ok' && flow.accountId !== undefined) {
      awaitCall.set(flow.accountId, { userId: record.userId, flowId: record.id })
      const oldest = awaitCall.keys().next().value
      if (awaitCall.size > callsToRemember && oldest !== undefined) awaitCall.delete(oldest)
    }
  }

  const endWith = (flow: LiveFlow, result: Result<unknown>): void =>
    result.ok ? end(flow, 'ok') : end(flow, 'failed', result.error)

  /** A sign-in's flow: under way in this run, begun in an earlier one, or begun now. */
  function signInFlow(owner: string, signInId: string): LiveFlow {
    const known = live.get(signInId)
    if (known) return known
    let flow = make('sign-in', signInId, owner, 'Sign in')
    try {
      const before = stored.get(owner, signInId)
      if (before) flow.record = before
    } catch {
      // A trace that cannot be read stays as it is: this is another one.
      flow = make('sign-in', deps.newId(), owner, 'Sign in')
    }
    live.set(signInId, flow)
    return flow
  }

  const openedAt = ({ record }: LiveFlow): number | undefined =>
    record.steps.findLast(({ kind }) => kind === 'browser')?.at

  return {
    /** Records what `work` does as one flow, which ends as its result says. */
    async run<R extends Result<unknown>>(kind: FlowKind, work: (flow: FlowTrace) => Promise<R>): Promise<R> {
      const flow = make(kind, deps.newId(), userId(), kind)
      try {
        const result = await work(traceOf(flow))
        endWith(flow, result)
        return result
      } catch (thrown) {
        end(flow, 'failed', { code: 'internal', message: 'Something went wrong in Gatehouse.' })
        throw thrown
      }
    },

    /** Sign-ins: begun, answered at any later time, ended. Flow and sign-in have the same id. */
    signIn: {
      /** Messages that belong to a sign-in before or beside its redirect. */
      begun(owner: string, signInId: string, facts: FlowFacts): FlowTrace {
        const flow = signInFlow(owner, signInId)
        about(flow, facts)
        return traceOf(flow)
      },
      opened(owner: string, signInId: string, facts: FlowFacts, url: string, opened: boolean): void {
        const flow = signInFlow(owner, signInId)
        about(flow, facts)
        for (const secret of secretsInUrl(url)) flow.secrets.add(secret)
        add(flow, { kind: 'browser', at: deps.clock.now(), url: redactUrl(url), opened })
        save(flow)
      },
      /** A response that belongs to this sign-in; `refused` where the sign-in waits on. */
      answered(
        owner: string,
        signInId: string,
        answer: { way: CallbackWay; url: string; refused?: Failure; facts?: FlowFacts } & Omit<
          CallbackFindings,
          'known' | 'code'
        >,
      ): FlowTrace {
        const flow = signInFlow(owner, signInId)
        if (answer.facts) about(flow, answer.facts)
        for (const secret of secretsInUrl(answer.url)) flow.secrets.add(secret)
        const at = deps.clock.now()
        const opened = openedAt(flow)
        add(flow, {
          kind: 'callback',
          at,
          way: answer.way,
          url: redactUrl(answer.url),
          checks: callbackChecks({ ...answer, known: true, code: answer.refused?.code }),
          ...defined({
            took: opened === undefined ? undefined : at - opened,
            refused:
              answer.refused === undefined
                ? undefined
                : {
                    code: answer.refused.code,
                    message: redactText(answer.refused.message),
                    next: answer.refused.next,
                  },
          }),
        })
        if (answer.refused) {
          flow.record = { ...flow.record, outcome: 'refused', failure: answer.refused }
          save(flow)
        }
        return traceOf(flow)
      },
      /** Ends with the result of the sign-in, or cancelled. A refused response says more than that no one waited
       *  for another one. */
      ended(owner: string, signInId: string, how: Result<unknown> | 'cancelled'): void {
        const flow = signInFlow(owner, signInId)
        const { failure: refused } = flow.record
        const unanswered = how === 'cancelled' || (!how.ok && how.error.code === 'sign_in_timed_out')
        if (unanswered && refused) return end(flow, 'failed', refused)
        if (how === 'cancelled') return end(flow, 'cancelled')
        endWith(flow, how)
      },
    },

    /** A redirect that belonged to no sign-in: repeated, late or forged. */
    stray(url: string, way: CallbackWay, refused: Failure): void {
      // Whatever was pasted or handed over by mistake is no one's business.
      if (['callback_not_ours', 'callback_too_long'].includes(refused.code)) return
      const flow = make('callback', deps.newId(), userId(), 'Redirect without a sign-in')
      for (const secret of secretsInUrl(url)) flow.secrets.add(secret)
      add(flow, {
        kind: 'callback',
        at: deps.clock.now(),
        way,
        url: redactUrl(url),
        checks: callbackChecks({ known: false, code: refused.code }),
        refused,
      })
      end(flow, 'failed', refused)
    },

    /** The first call of an account after its tokens came belongs to the flow that brought them. */
    apiCall(accountId: string, call: ApiCall): void {
      const waiting = awaitCall.get(accountId)
      if (waiting === undefined) return
      awaitCall.delete(accountId)
      try {
        const record = stored.get(waiting.userId, waiting.flowId)
        if (record === undefined) return
        const { host } = new URL(call.url)
        const headers = (pairs: [string, string][]) =>
          pairs.map(([name, value]): [string, string] => [name, redactHeader(name, value)])
        const flow: LiveFlow = { record, secrets: new Set([call.accessToken]), metadata: {} }
        add(flow, {
          kind: 'exchange',
          purpose: 'api',
          at: call.at,
          method: call.method,
          url: redactUrl(call.url),
          requestHeaders: headers(call.sentHeaders),
          status: call.status,
          responseHeaders: headers(call.headers),
          took: call.took,
          ...defined({ waiting: call.waiting }),
        })
        flow.record = { ...flow.record, apiName: host }
        save(flow)
      } catch {
        // As with every trace: the call itself is not disturbed.
      }
    },

    /** Flows as they are stored, the newest among them. */
    stored,
    /** Writes down what is not yet. */
    flush,

    /** Forgets what waits for a first call. */
    forget: () => awaitCall.clear(),
  }
}

function secretsOf(url: string, { headers = {}, body }: FetchOptions): string[] {
  return secretsSent(
    { url, headers: Object.entries(headers), body: body?.toString() ?? '' },
    isSecretParameter,
  )
}

/** What a discovery's flow is called: the provider's host, as far as it can be read; never what is before it (user
 *  information), for this is not sealed. */
export function discoveryFacts(issuer: string): FlowFacts {
  const typed = issuer.trim()
  const behind = typed.slice(/^(?:[a-z][a-z0-9+.-]*:)?[/\\]+/i.exec(typed)?.[0].length ?? 0)
  const authority = /^[^/\\?#]*/.exec(behind)?.[0] ?? ''
  const host = authority.slice(authority.lastIndexOf('@') + 1).slice(0, 100) || 'provider'
  return { title: `Discovery · ${host}`, providerName: host }
}

/** Records flows; made by `createFlowRecorder`. */
export type FlowRecorder = ReturnType<typeof createFlowRecorder>

import { defined } from '@contract/defined'
import type { CollectionItem, CollectionRequest } from '@contract/collections'
import type { ExchangeView, RequestDraft } from '@contract/requests'
import type { Failure, Result } from '@contract/result'
import type { CaptureResult } from '@contract/sending/captures'
import type { RunPlan, RunRow } from '@contract/sending/runs'
import { countChecks } from '@contract/tables/own-checks'
import type { VariableValue } from '../../http/variables.ts'

/** Where a request is, and the row of data that it is sent with. */
export interface RunSending {
  sendId: string
  file: { collectionId: string; path: string }
  draft: RequestDraft
  data: ReadonlyMap<string, VariableValue>
}

interface Dependencies {
  read: (place: { collectionId: string; path: string }) => Promise<Result<CollectionRequest>>
  /** `stale`: variables that it was sent with, and whose last response had no value for them. */
  send: (sending: RunSending) => Promise<Result<{ exchange: ExchangeView; stale: readonly string[] }>>
}

/** What of a run is sent next. */
export interface RunStep {
  index: number
  time: number
  item: CollectionItem
  data: ReadonlyMap<string, VariableValue>
}

/** Sends one request of a run as its file is at that moment, and answers what came of it. */
export function createRunOne({ read, send }: Dependencies) {
  return async (
    { collectionId, callAs }: Pick<RunPlan, 'collectionId' | 'callAs'>,
    { index, time, item, data }: RunStep,
    sendId: string,
  ): Promise<{ row: RunRow; exchange?: ExchangeView }> => {
    const { path, name, method = 'GET', unsentAuth } = item
    const base = { index, time, path, name, method }
    const file = { collectionId, path }
    const found = await read(file)
    if (!found.ok) return { row: { ...base, passed: false, failure: found.error } }
    const draft = callAs === 'own' ? found.value.draft : { ...found.value.draft, accountId: callAs }
    const sent = await send({ sendId, file, draft, data })
    if (!sent.ok) return { row: { ...base, passed: false, failure: sent.error } }
    const { id, status, duration, checks, captures, error } = sent.value.exchange
    const { stale } = sent.value
    const counted = checks && countChecks(checks)
    const isMet = counted
      ? counted.passed === counted.all
      : error === undefined && status !== undefined && status < 400
    // What comes after it would be sent with an earlier value.
    const notCaptured = captures?.find(({ outcome }) => outcome === 'missing')
    const passed = isMet && notCaptured === undefined
    return {
      exchange: sent.value.exchange,
      row: {
        ...base,
        method: draft.method,
        passed,
        exchangeId: id,
        ...defined({
          status,
          duration,
          checks: counted,
          failure: error ?? (notCaptured && captureFailure(notCaptured)),
          stale: stale.length > 0 ? [...stale] : undefined,
          unsentAuth: callAs === 'own' && saysNoOne(draft) ? unsentAuth : undefined,
        }),
      },
    }
  }
}

/** Whether nothing that is sent says who calls, but for what the folders above may say. */
function saysNoOne({ accountId, auth }: RequestDraft): boolean {
  return accountId === null && (auth === undefined || auth.kind === 'inherit')
}

function captureFailure({ name, reason = '' }: CaptureResult): Failure {
  return { code: 'capture_missing', message: `“${name}” was not captured. ${reason}` }
}
export type RunOne = ReturnType<typeof createRunOne>

import type { FlowComparison, FlowSummary, FlowView } from '@contract/flows'
import { fail, ok, type Result } from '@contract/result'
import { compareFlows } from '../../flow/compare-flows.ts'
import { describeFlow, messagesOf, stepOf, summariseFlow } from '../../flow/describe-flow.ts'
import { toCurl } from '../../flow/export-curl.ts'
import { toHar } from '../../flow/export-har.ts'
import { toMermaid } from '../../flow/export-mermaid.ts'
import { matchesFlow } from '../../flow/find-flow.ts'
import { flowLimits, type FlowHead, type FlowRecord, type FlowStore } from '../../flow/flow.ts'
import type { FlowRecorder } from './flow-recorder.ts'
import type { Bin } from '../bin/bin.ts'
import type { CurrentSession } from '../vault/session.ts'

/** Where text goes that the user wants in a file: `undefined` where the dialog was canceled. Codes:
 *  `save_failed`. */
export type SaveText = (name: string, text: string) => Promise<Result<{ file: string } | undefined>>

interface Dependencies {
  session: CurrentSession
  flows: FlowStore
  recorder: FlowRecorder
  copyText: (text: string) => Promise<void>
  saveText: SaveText
  about: { version: string }
  bin: Pick<Bin, 'discard' | 'discardAll'>
  changed: () => void
}

type Key = { startedAt: number; id: string }
type Asked = { limit: number; search?: string | undefined; before?: Key | undefined }
type Exported = { done: 'copied' | 'saved' | 'cancelled'; file?: string }
type Wanted =
  | { id: string; format: 'curl'; index: number }
  | { id: string; format: 'har' | 'mermaid'; to: 'clipboard' | 'file' }

/** Recorded flows: list, show, compare, export, remove. Codes: `flow_unknown`, `flow_no_request`,
 *  `save_failed`. */
export function createFlows(deps: Dependencies) {
  function get(id: string): Result<FlowRecord> {
    const record = deps.flows.get(deps.session().user.id, id)
    return record
      ? ok(record)
      : fail('flow_unknown', 'This flow is no longer kept.', 'Choose another one from the list.')
  }

  /** No more flows are kept than one look can go through. */
  const find = (userId: string, limit: number, words: string[], before: Key | undefined): FlowHead[] =>
    deps.flows
      .page(userId, flowLimits.flows, before)
      .filter((head) => matchesFlow(words, head))
      .slice(0, limit)

  return {
    list({ limit, search = '', before }: Asked): Result<FlowSummary[]> {
      const { id } = deps.session().user
      const words = search.split(/\s+/).filter(Boolean)
      const heads = words.length === 0 ? deps.flows.page(id, limit, before) : find(id, limit, words, before)
      return ok(heads.map(summariseFlow))
    },

    get(id: string): Result<FlowView> {
      const record = get(id)
      return record.ok ? ok(describeFlow(record.value)) : record
    },

    async export(wanted: Wanted): Promise<Result<Exported>> {
      const record = get(wanted.id)
      if (!record.ok) return record
      if (wanted.format === 'curl') {
        const step = messagesOf(record.value)[wanted.index]?.curl
          ? stepOf(record.value, wanted.index)
          : undefined
        if (step?.kind !== 'exchange')
          return fail('flow_no_request', 'Gatehouse itself sent nothing here.', 'Choose a request.')
        await deps.copyText(toCurl(step))
        return ok({ done: 'copied' })
      }
      const text =
        wanted.format === 'har'
          ? toHar(record.value, { name: 'Gatehouse', version: deps.about.version })
          : toMermaid(describeFlow(record.value))
      if (wanted.to === 'clipboard') {
        await deps.copyText(text)
        return ok({ done: 'copied' })
      }
      const stamp = new Date(record.value.startedAt).toISOString().slice(0, 19).replaceAll(':', '-')
      const saved = await deps.saveText(
        `${record.value.kind}-${stamp}.${wanted.format === 'har' ? 'har' : 'mmd'}`,
        text,
      )
      if (!saved.ok) return saved
      return ok(saved.value === undefined ? { done: 'cancelled' } : { done: 'saved', file: saved.value.file })
    },

    compare({ left, right }: { left: string; right: string }): Result<FlowComparison> {
      const one = get(left)
      if (!one.ok) return one
      const other = get(right)
      return other.ok ? ok(compareFlows(describeFlow(one.value), describeFlow(other.value))) : other
    },

    remove({ id }: { id?: string }): Result<null> {
      const found = id === undefined ? undefined : deps.flows.get(deps.session().user.id, id)
      // The newest may not be written down yet.
      deps.recorder.flush()
      if (id === undefined) deps.recorder.forget()
      if (id === undefined) deps.bin.discardAll({ kind: 'flows', name: 'All flows' })
      else deps.bin.discard({ kind: 'flow', name: found?.title ?? 'Flow', detail: found?.providerName }, [id])
      deps.changed()
      return ok(null)
    },
  }
}

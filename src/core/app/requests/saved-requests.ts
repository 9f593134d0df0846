import { defined } from '@contract/defined'
import type { RequestDraft, SavedRequest, SavedRow } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { prepareDraft } from '../../http/draft.ts'
import { resolveDraft } from '../../http/variables.ts'
import { withoutSecrets } from '../../http/without-secrets.ts'
import { draftDocument } from '../../records/documents/request-draft.ts'
import type { RequestRecord } from '../../records/model.ts'
import type { Clock, ExchangeStore, RequestStore } from '../../records/ports.ts'
import type { Bin } from '../bin/bin.ts'
import { curlCommand } from './curl-command.ts'
import { withWholePaths } from './scope/own-files.ts'
import type { RequestScope } from './scope/request-scope.ts'
import type { RequestVariables } from './scope/request-variables.ts'
import { createRequestSecrets } from './request-secrets.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  requests: RequestStore
  exchanges: ExchangeStore
  requestVariables: RequestVariables
  copyText: (text: string) => Promise<void>
  bin: Pick<Bin, 'discard'>
}

/** Saved requests: list, save, remove, copy. Codes: `request_unknown`, `document_*`, and those of `prepareDraft`. */
export function createSavedRequests(deps: Dependencies) {
  const { session, clock, newId, requests, exchanges } = deps
  const secrets = createRequestSecrets(session)

  function toView(record: RequestRecord, statuses: Map<string, number>): SavedRow {
    const { id, name, updatedAt } = record
    const draft = secrets.read(record)
    if (!draft.ok) return { id, name, updatedAt, unreadable: draft.error }
    return {
      id,
      name,
      draft: draft.value,
      updatedAt,
      ...defined({ lastStatus: statuses.get(id) }),
      ...secrets.storageOf(record.sealedSecrets),
    }
  }

  return {
    list(): Result<SavedRow[]> {
      const userId = session().user.id
      const statuses = exchanges.lastStatuses(userId)
      return ok(requests.list(userId).map((record) => toView(record, statuses)))
    },
    save(input: {
      id?: string | undefined
      name: string
      draft: RequestDraft
      exchangeId?: string | undefined
    }): Result<SavedRequest> {
      const userId = session().user.id
      const before = input.id === undefined ? undefined : requests.get(userId, input.id)
      if (input.id !== undefined && !before) {
        return fail('request_unknown', 'This request is no longer saved.', 'Save it as a new one.')
      }
      const read = before && draftDocument.read(before.draft)
      if (read?.ok === false) return read
      const id = input.id ?? newId()
      const updatedAt = clock.now()
      const stored = secrets.store(id, input.draft, before?.sealedSecrets)
      requests.save({ id, userId, name: input.name, updatedAt, ...stored })
      const { name, draft, exchangeId } = input
      if (exchangeId !== undefined) exchanges.tie(userId, exchangeId, id)
      const lastStatus = exchanges.lastStatuses(userId).get(id)
      return ok({
        id,
        name,
        draft,
        updatedAt,
        ...defined({ lastStatus }),
        ...secrets.storageOf(stored.sealedSecrets),
      })
    },
    /** Seals the secret values that are in the open: to be called when a vault was opened or an import came. */
    sealAll(): void {
      for (const record of requests.list(session().user.id)) {
        const sealed = secrets.sealed(record)
        if (sealed) requests.save(sealed)
      }
    },
    remove({ id }: { id: string }): Result<null> {
      const found = requests.get(session().user.id, id)
      if (found) deps.bin.discard({ kind: 'request', name: found.name }, [id])
      return ok(null)
    },
    /** Copies a command that sends the same; placeholders stand for the token and for secret variables. */
    async copyCurl({
      draft,
      scope,
    }: {
      draft: RequestDraft
      scope?: RequestScope | undefined
    }): Promise<Result<null>> {
      const values = deps.requestVariables(draft, scope)
      if (!values.ok) return values
      const whole = scope ? scope.inherit(draft) : draft
      const shown = withoutSecrets(values.value)
      const resolved = resolveDraft(whole, shown, scope ?? session().environment.name)
      if (!resolved.ok) return resolved
      const placed = scope ? withWholePaths(resolved.value.draft, scope.own.folder) : resolved.value.draft
      const prepared = prepareDraft(placed, newId)
      if (!prepared.ok) return prepared
      await deps.copyText(curlCommand(prepared.value.request, placed))
      return ok(null)
    },
  }
}

export type SavedRequests = ReturnType<typeof createSavedRequests>

import { createStore } from 'zustand/vanilla'
import type { RequestDraft } from '@contract/requests.ts'
import { addressText } from '@contract/tables/addresses.ts'
import type { AppBridge } from '../../../lib/bridge.ts'
import type { GraphqlAssistant } from '../../../lib/graphql/messages.ts'
import type { PlaceOfTab } from '../../../lib/tabs/file-of-tab.ts'
import { awaited } from '../awaited.ts'
import { cleanDraft } from '../drafts.ts'

/** A request with a GraphQL body, and where it is sent: what comes to it there holds for its schema, too. */
export interface GraphqlRequest {
  draft: RequestDraft
  place: PlaceOfTab | undefined
  environmentId: string
}

/** What is known of the schema behind an address. */
export type SchemaState =
  | { kind: 'asked'; sendId: string }
  | { kind: 'known'; types: number }
  | { kind: 'failed'; says: string }

/** A larger description is not read, in bytes. */
const largestSchema = 16_777_216
/** So many schemas are kept; the one that was fetched first goes. */
const mostSchemas = 4

interface SchemasState {
  known: Record<string, SchemaState>
  /** Who checks and completes queries to this address. */
  assistant: (key: string) => GraphqlAssistant
  /** Asks the server for its schema, as the request asks for anything. */
  fetch: (request: GraphqlRequest) => Promise<void>
  cancel: (key: string) => Promise<void>
}

/** By what a schema is kept for the session: one account may see more of it than another. */
export function schemaKey({ draft, place, environmentId }: GraphqlRequest): string {
  const { accountId, auth } = draft
  return JSON.stringify([
    environmentId,
    place?.collectionId,
    addressText(draft).trim(),
    accountId ?? auth?.kind,
  ])
}

export function createSchemas(bridge: AppBridge, create: () => GraphqlAssistant) {
  const assistants = new Map<string, GraphqlAssistant>()
  let plain: GraphqlAssistant | undefined

  return createStore<SchemasState>()((set, get) => {
    function tell(key: string, state: SchemaState): void {
      set({ known: { ...get().known, [key]: state } })
    }
    function keep(key: string, assistant: GraphqlAssistant): void {
      assistants.get(key)?.close()
      assistants.delete(key)
      assistants.set(key, assistant)
      const [oldest] = assistants.keys()
      if (assistants.size <= mostSchemas || oldest === undefined) return
      assistants.get(oldest)?.close()
      assistants.delete(oldest)
      const { [oldest]: _gone, ...rest } = get().known
      set({ known: rest })
    }
    async function read(
      assistant: GraphqlAssistant,
      request: GraphqlRequest,
      sendId: string,
    ): Promise<SchemaState> {
      const { draft, place } = request
      const answer = await bridge.call['requests:send']({
        sendId,
        draft: introspecting(draft, await assistant.introspection()),
        ...(place && { file: { collectionId: place.collectionId, path: place.path } }),
      })
      if (!answer.ok)
        return { kind: 'failed', says: `${answer.error.message} ${answer.error.next ?? ''}`.trim() }
      const { id, error, errorCode, response } = answer.value
      try {
        if (response === undefined)
          return {
            kind: 'failed',
            says: `${error?.message ?? 'There was no response.'}${errorCode === 'token_origin_unconfirmed' ? ' Send the request itself to allow it.' : ''}`,
          }
        if (response.bodySize > largestSchema || response.keptSize !== undefined || response.truncated)
          return { kind: 'failed', says: 'It is too large to be read.' }
        const opened = await assistant.open(id)
        return 'types' in opened
          ? { kind: 'known', types: opened.types }
          : { kind: 'failed', says: `Status ${response.status}: ${opened.fault.replace(/\.$/, '')}.` }
      } finally {
        void bridge.call['exchanges:release']({ id })
      }
    }
    return {
      known: {},
      assistant: (key) => assistants.get(key) ?? (plain ??= create()),
      fetch: async (request) => {
        const key = schemaKey(request)
        if (get().known[key]?.kind === 'asked') return
        const sendId = crypto.randomUUID()
        const assistant = create()
        tell(key, { kind: 'asked', sendId })
        awaited.add(sendId)
        const state = await read(assistant, request, sendId)
        awaited.delete(sendId)
        if (state.kind === 'known') keep(key, assistant)
        else assistant.close()
        tell(key, state)
      },
      cancel: async (key) => {
        const state = get().known[key]
        if (state?.kind === 'asked') await bridge.call['requests:cancel']({ sendId: state.sendId })
      },
    }
  })
}

/** The same request with another query, which nothing is expected of. */
function introspecting(draft: RequestDraft, query: string): RequestDraft {
  const { checks: _checks, ...rest } = cleanDraft(draft)
  const method = draft.method === 'GET' || draft.method === 'HEAD' ? 'POST' : draft.method
  return { ...rest, method, body: { kind: 'graphql', query, variables: '' } }
}

import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import type { ChangedArea } from '@contract/app.ts'
import type { ScopeView } from '@contract/collection-scope.ts'
import type { RequestDraft } from '@contract/requests.ts'
import { dynamicTable } from '@contract/tables/dynamic-names.ts'
import type { FileOfTab, PlaceOfTab } from '../../../lib/tabs/file-of-tab.ts'
import type { KnownVariable, Variables } from '../../../lib/names.ts'
import { useEnvironment, useWorkspace } from '../../../lib/workspace.ts'

/** The variables that the request which is shown can name. */
export const RequestVariables = createContext<Variables | undefined>(undefined)

/** The collection that the request which is shown is in. */
export const RequestCollection = createContext<string | undefined>(undefined)

/** The request that is shown, and where it is sent. */
export const RequestAround = createContext<
  { draft: RequestDraft; place: PlaceOfTab | undefined } | undefined
>(undefined)

export function useAround() {
  return useContext(RequestAround)
}

/** Those of the request around; without one, those of the environment. */
export function useRequestVariables(): Variables | undefined {
  const environment = useEnvironment()
  return useContext(RequestVariables) ?? environment
}

/** What comes to a request of a collection by where it is, read again when files change. */
export function useScope(file: Pick<FileOfTab, 'collectionId' | 'path'> | undefined): ScopeView | undefined {
  const { bridge } = useWorkspace()
  const [read, setRead] = useState<{ key: string; view: ScopeView | undefined }>()
  const [collectionId, path] = [file?.collectionId, file?.path]
  const key = `${collectionId ?? ''}:${path ?? ''}`
  useEffect(() => {
    if (collectionId === undefined || path === undefined) return undefined
    let over = false
    async function look(place: { collectionId: string; path: string }): Promise<void> {
      const answer = await bridge.call['collections:scope'](place)
      if (!over) setRead({ key, view: answer.ok ? answer.value : undefined })
    }
    const place = { collectionId, path }
    void look(place)
    const stop = bridge.on('changed', ({ area }) => {
      if (around.has(area)) void look(place)
    })
    return () => {
      over = true
      stop()
    }
  }, [bridge, collectionId, path, key])
  return read?.key === key ? read.view : undefined
}

/** What of it may have changed. */
const around = new Set<ChangedArea>(['collections', 'captured', 'connections', 'accounts'])

/** All variables that a draft can name, each once, the nearest first. */
export function useVariables(
  draft: Pick<RequestDraft, 'variables'>,
  scope: ScopeView | undefined,
): Variables | undefined {
  const environment = useEnvironment()
  const { variables: own } = draft
  return useMemo(() => {
    const all: KnownVariable[] = [
      ...(own ?? [])
        .filter(({ enabled, name }) => enabled && name !== '')
        .map(({ name, value }) => ({ name, value, secret: false, from: 'this request' })),
      ...(scope?.variables ?? []),
      ...(environment?.variables ?? []).map((each) =>
        scope ? { ...each, from: `environment ${environment?.name ?? ''}` } : each,
      ),
      ...dynamicVariables,
    ]
    const captured = new Set(
      scope?.variables.filter((each) => each.captured === 'first').map(({ name }) => name),
    )
    const seen = new Map<string, KnownVariable>()
    for (const each of all)
      if (!seen.has(each.name) && !(captured.has(each.name) && each.from === 'this request'))
        seen.set(each.name, each)
    const name = scope ? 'this request or what it is in' : (environment?.name ?? 'this environment')
    return { name, variables: [...seen.values()] }
  }, [own, scope, environment])
}

const dynamicVariables: KnownVariable[] = Object.entries(dynamicTable).map(([name, value]) => ({
  name,
  value,
  secret: false,
}))

import { ok, type Result } from '@contract/result'
import type { CaptureScope } from '@contract/tables/own-checks'
import { folderOf } from '@contract/tables/item-kinds'
import type { VariableValue } from '../../../http/variables.ts'
import type { CollectionMemory } from '../../../records/documents/collection-memory.ts'
import type { CapturedName, CapturedValue } from '../../requests/scope/request-scope.ts'
import type { CollectionMemories } from '../collection-memory.ts'
import type { RequestPlace } from '../request-choices.ts'

/** Where a captured value holds: `path` of the request, the folder or the environment’s file, else empty. */
export interface CapturePlace {
  scope: CaptureScope
  path: string
}

/** The name of a captured value in the memory of a collection. Names of variables have no colon. */
function captureKey({ scope, path }: CapturePlace, name: string): string {
  return scope === 'runtime' ? name : `${scope}:${path}:${name}`
}

/** The values that hold at a place: those of the last response that should have given them, or those that stayed of an
 *  earlier one. */
export function capturedAt(
  { captured }: CollectionMemory,
  place: CapturePlace,
  isStale = false,
): Map<string, VariableValue> {
  const start = captureKey(place, '')
  return new Map(
    Object.entries(captured).flatMap(([key, { value, secret, stale }]): [string, VariableValue][] => {
      const name = key.slice(start.length)
      const isHere = key.startsWith(start) && !name.includes(':')
      return isHere && (stale === true) === isStale ? [[name, { value, secret }]] : []
    }),
  )
}

/** Keeps the values that requests capture, in the memory of their collection. Codes: those of the vault. */
export function createKeepCaptured({
  memories,
  changed,
}: {
  memories: Pick<CollectionMemories, 'keepCaptured'>
  changed: () => void
}) {
  /** `environment`: the file of the one that the request was sent in. */
  return ({ collectionId, path }: RequestPlace, environment = '') => {
    const keyOf = ({ name, scope }: CapturedName): string =>
      captureKey(capturePlace(scope, path, environment), name)
    return <Missing extends CapturedName>(
      values: readonly CapturedValue[],
      missing: readonly Missing[],
    ): Result<Missing[]> => {
      const kept = memories.keepCaptured(
        collectionId,
        values.map((each) => ({ key: keyOf(each), value: each.value, secret: each.secret, from: path })),
        missing.map(keyOf),
      )
      if (!kept.ok) return kept
      if (values.length > 0 || kept.value.length > 0) changed()
      return ok(missing.filter((each) => kept.value.includes(keyOf(each))))
    }
  }
}

function capturePlace(scope: CaptureScope, path: string, environment: string): CapturePlace {
  const paths: Record<CaptureScope, string> = {
    runtime: '',
    request: path,
    folder: folderOf(path),
    environment,
    collection: '',
  }
  // What is in no folder is in the collection.
  return scope === 'folder' && paths.folder === ''
    ? { scope: 'collection', path: '' }
    : { scope, path: paths[scope] }
}

import type { Result } from '@contract/result'
import type { CaptureScope } from '@contract/tables/own-checks'
import { folderOf } from '@contract/tables/item-kinds'
import type { VariableValue } from '../../../http/variables.ts'
import type { CollectionMemory } from '../../../records/documents/collection-memory.ts'
import type { CapturedValue } from '../../requests/scope/request-scope.ts'
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

/** The values that hold at a place. */
export function capturedAt({ captured }: CollectionMemory, place: CapturePlace): Map<string, VariableValue> {
  const start = captureKey(place, '')
  return new Map(
    Object.entries(captured).flatMap(([key, { value, secret }]): [string, VariableValue][] => {
      const name = key.slice(start.length)
      return key.startsWith(start) && !name.includes(':') ? [[name, { value, secret }]] : []
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
  return ({ collectionId, path }: RequestPlace, environment = '') =>
    (values: readonly CapturedValue[]): Result<null> => {
      const kept = memories.keepCaptured(
        collectionId,
        values.map(({ name, scope, value, secret }) => ({
          key: captureKey(capturePlace(scope, path, environment), name),
          value,
          secret,
          from: path,
        })),
      )
      if (kept.ok) changed()
      return kept
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

import type { Pair } from '@contract/requests'
import { ok, type Result } from '@contract/result'
import { fileSeen, filesToAllow, type FileToAllow } from '../../requests/scope/file-word.ts'
import type { RequestVariables } from '../../requests/scope/request-variables.ts'
import type { CollectionMemories } from '../collection-memory.ts'

interface Dependencies {
  ownId: () => string
  memories: Pick<CollectionMemories, 'open' | 'allowFiles'>
  requestVariables: RequestVariables
  changed: () => void
}

/** Which files may be sent by requests that are in no collection: by the user's word for each, as in any of them. Codes:
 *  those of the vault. */
export function createDraftFiles({ ownId, memories, requestVariables, changed }: Dependencies) {
  function allowed(): Result<string[]> {
    const memory = memories.open(ownId())
    return memory.ok ? ok(memory.value.files) : memory
  }
  return {
    allowed,
    /** Those that were not allowed yet; `own` are the request's variables. */
    toAllow({ files, own }: { files: string[]; own: Pair[] }): Result<FileToAllow[]> {
      const known = allowed()
      if (!known.ok) return known
      const variables = requestVariables({ variables: own })
      return variables.ok ? ok(filesToAllow(files, variables.value, known.value)) : variables
    },
    /** Allows one, if it still is the one that the user has seen. Code: `collection_changed`. */
    allow({ own, ...file }: FileToAllow & { own: Pair[] }): Result<null> {
      const variables = requestVariables({ variables: own })
      if (!variables.ok) return variables
      const path = fileSeen(file, variables.value)
      if (!path.ok) return path
      const kept = memories.allowFiles(ownId(), [path.value])
      if (kept.ok) changed()
      return kept
    },
  }
}

import { ok, type Result } from '@contract/result'
import type { CollectionStore } from '../../records/collection-store.ts'
import {
  collectionMemoryDocument,
  longestCaptureKey,
  mostCaptured,
  mostCapturedText,
  longestPath,
  mostFiles,
  type CollectionMemory,
} from '../../records/documents/collection-memory.ts'
import { collectionMemoryPlace } from '../tokens/token-vault.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  newId: () => string
  collections: Pick<CollectionStore, 'memory' | 'saveMemory'>
}

/** What a user entered, allowed and captured for a collection: sealed as one, and never in its folder. Codes: those of
 *  the vault, `document_*`. */
export function createCollectionMemories({ session, newId, collections }: Dependencies) {
  function open(collectionId: string): Result<CollectionMemory> {
    const { user, box } = session()
    const record = collections.memory(user.id, collectionId)
    if (record === undefined) return ok(nothingKept())
    const opened = box.open(collectionMemoryPlace(user.id, record.id), record.sealedContent)
    // What was in memory only ended with its run.
    if (!opened.ok && opened.error.code === 'secret_memory_only') return ok(nothingKept())
    return opened.ok ? collectionMemoryDocument.read(opened.value) : opened
  }

  /** Changes it; what cannot be read is not written over. */
  function change(
    collectionId: string,
    changed: (before: CollectionMemory) => CollectionMemory,
  ): Result<null> {
    const before = open(collectionId)
    if (!before.ok) return before
    const { user, box } = session()
    const id = collections.memory(user.id, collectionId)?.id ?? newId()
    const text = collectionMemoryDocument.write(changed(before.value))
    const sealedContent = box.seal(collectionMemoryPlace(user.id, id), text)
    collections.saveMemory({ id, userId: user.id, collectionId, sealedContent })
    return ok(null)
  }

  return {
    open,
    change,
    /** What was entered, captured and chosen for a folder or a request goes with it to another path, of another
     *  collection too (`into`). What cannot be read now stays. */
    follow(collectionId: string, from: string, to: string, into = collectionId): void {
      const before = open(collectionId)
      if (!before.ok) return
      const { rest, moved } = partedBy(before.value, from, to)
      if (isNone(moved)) return
      if (into === collectionId) change(collectionId, (memory) => joined({ ...memory, ...rest }, moved))
      // What could not be kept there stays here.
      else if (change(into, (memory) => joined(memory, moved)).ok)
        change(collectionId, (memory) => ({ ...memory, ...rest }))
    },
    /** What was entered and chosen for a folder or a request holds for its copy too; what was captured does not. */
    copy(collectionId: string, from: string, to: string): void {
      const before = open(collectionId)
      if (!before.ok) return
      const { secrets, accounts } = partedBy(before.value, from, to).moved
      const copied = { secrets, accounts, captured: {} }
      if (!isNone(copied)) change(collectionId, (memory) => joined(memory, copied))
    },
    /** Keeps values that were captured. Of very many, those that were captured first are forgotten. Those of the keys that
     *  are `missing` stay and are marked: answers which there are. */
    keepCaptured(
      collectionId: string,
      values: readonly KeptCapture[],
      missing: readonly string[] = [],
    ): Result<string[]> {
      const before = open(collectionId)
      if (!before.ok) return before
      const { captured } = before.value
      const given = new Set(values.map(({ key }) => key))
      const stale = missing.filter((key) => Object.hasOwn(captured, key) && !given.has(key))
      if (values.length === 0 && stale.every((key) => captured[key]?.stale === true)) return ok(stale)
      const kept = change(collectionId, (memory) => ({
        ...memory,
        captured: withCaptured(withStale(memory.captured, stale), values),
      }))
      return kept.ok ? ok(stale) : kept
    },
    /** Lets requests send these files. Of very many, those that were allowed first are asked for again. */
    allowFiles(collectionId: string, paths: readonly string[]): Result<null> {
      const fit = paths.filter((path) => path.length <= longestPath)
      return change(collectionId, (memory) => ({
        ...memory,
        files: [...new Set([...memory.files, ...fit])].slice(-mostFiles),
      }))
    },
  }
}

export type CollectionMemories = ReturnType<typeof createCollectionMemories>

/** The memory of a collection that has none yet. */
export function nothingKept(): CollectionMemory {
  return { secrets: {}, names: [], commands: [], files: [], accounts: {}, captured: {} }
}

type Placed = Pick<CollectionMemory, 'secrets' | 'accounts' | 'captured'>

/** What belongs to a path, with its keys by another path, and the rest. */
function partedBy(
  { secrets, accounts, captured }: CollectionMemory,
  from: string,
  to: string,
): { rest: Placed; moved: Placed } {
  const plain = (key: string): string | undefined => movedPath(key, from, to)
  const behind = (key: string): string | undefined => movedBehind(key, from, to)
  const [own, who, values] = [parted(secrets, plain), parted(accounts, behind), parted(captured, behind)]
  return {
    rest: { secrets: own.rest, accounts: who.rest, captured: values.rest },
    moved: { secrets: own.moved, accounts: who.moved, captured: values.moved },
  }
}

function isNone(placed: Placed): boolean {
  return Object.values(placed).every((each) => Object.keys(each).length === 0)
}

function joined(memory: CollectionMemory, { secrets, accounts, captured }: Placed): CollectionMemory {
  return {
    ...memory,
    secrets: { ...memory.secrets, ...secrets },
    accounts: { ...memory.accounts, ...accounts },
    captured: { ...memory.captured, ...captured },
  }
}

function parted<Value>(
  record: Readonly<Record<string, Value>>,
  keyFor: (key: string) => string | undefined,
): { rest: Record<string, Value>; moved: Record<string, Value> } {
  const [rest, moved]: [[string, Value][], [string, Value][]] = [[], []]
  for (const [key, value] of Object.entries(record)) {
    const next = keyFor(key)
    if (next === undefined) rest.push([key, value])
    else moved.push([next, value])
  }
  return { rest: Object.fromEntries(rest), moved: Object.fromEntries(moved) }
}

/** The new name of a path that is, or is in, what was moved. */
function movedPath(path: string, from: string, to: string): string | undefined {
  return path === from || path.startsWith(`${from}/`) || path.startsWith(`${from}:`)
    ? `${to}${path.slice(from.length)}`
    : undefined
}

/** The same where the path is behind the first colon. */
function movedBehind(key: string, from: string, to: string): string | undefined {
  const start = key.indexOf(':') + 1
  const path = start === 0 ? undefined : movedPath(key.slice(start), from, to)
  return path === undefined ? undefined : key.slice(0, start) + path
}

interface KeptCapture {
  /** Of `captureKey`. */
  key: string
  value: string
  secret: boolean
  from: string
}

/** Earlier values, marked. */
function withStale(
  before: CollectionMemory['captured'],
  keys: readonly string[],
): CollectionMemory['captured'] {
  return Object.fromEntries(
    Object.entries(before).map(([key, each]) => [
      key,
      keys.includes(key) ? { ...each, stale: true as const } : each,
    ]),
  )
}

/** The newest behind the others. */
function withCaptured(
  before: CollectionMemory['captured'],
  values: readonly KeptCapture[],
): CollectionMemory['captured'] {
  const all = new Map(Object.entries(before))
  for (const { key, ...each } of values) {
    all.delete(key)
    if (key.length <= longestCaptureKey) all.set(key, each)
  }
  let size = 0
  const kept = [...all]
    .toReversed()
    .filter(([, { value }], index) => (size += value.length) <= mostCapturedText && index < mostCaptured)
  return Object.fromEntries(kept.toReversed())
}

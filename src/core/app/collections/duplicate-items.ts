import type { CollectionCopy, FollowedFiles } from '@contract/collections'
import { fail, ok, type Result } from '@contract/result'
import { folderOf } from '@contract/tables/item-kinds'
import { editName, nameIn } from '../../collections/edit-name.ts'
import { fileNameFor } from '../../collections/file-name.ts'
import { editSeq } from '../../collections/info/edit-seq.ts'
import { placeOfCopy } from '../../collections/info/order.ts'
import { folderFile } from '../../collections/look.ts'
import { nameOfPath } from '../../collections/tree.ts'
import type { CollectionDisk, RemovedPart } from '../../records/collection-disk.ts'
import type { CollectionMemories } from './collection-memory.ts'
import { isGone, topmost } from './move-plan.ts'
import type { FolderReader } from './folder-reader.ts'
import type { OpenedFolders, OpenFolder } from './opened-folders.ts'
import type { RequestChoices } from './request-choices.ts'
import type { UndoSteps } from './undo-steps.ts'

interface Dependencies {
  folders: Pick<OpenedFolders, 'find'>
  disk: Pick<CollectionDisk, 'parts' | 'put' | 'remove'>
  newId: () => string
  choices: Pick<RequestChoices, 'copy'>
  memories: Pick<CollectionMemories, 'copy'>
  undoSteps: Pick<UndoSteps, 'keep'>
  tell: (folder: OpenFolder) => Promise<void>
}

/** What was made, to the byte. */
interface Made {
  path: string
  parts: RemovedPart[]
}

/** Bytes that are copied at once, and how often a name that came meanwhile is passed over. */
const bytesLimit = 16_777_216
const tries = 4

/** Copies files of whatever kind, and folders with all that is in them, beside themselves: they differ in their names
 *  and places alone. All of them, or, where one fails, none. Who they call as and their secret values are copied in the profile.
 *  Codes: `collection_copy_large`, `collection_fault`, `collection_edit`, those of the disk. */
export function createDuplicateItems(deps: Dependencies) {
  const { folders, disk, newId, choices, memories, undoSteps, tell } = deps

  async function copyOf(open: OpenFolder, path: string, names: Names): Promise<Result<Made>> {
    const read = await disk.parts(open.folder, path)
    if (!read.ok) return read
    const folder = folderOf(path)
    const ending = read.value[0]?.bytes === null ? '' : path.slice(path.lastIndexOf('.'))
    const files = open.reader.inside(folder).files.filter(({ broken }) => !broken)
    const seq = placeOfCopy(files, path)
    for (let count = 0; count < tries; count += 1) {
      const named = withName(read.value, path, { freeName: names.freeName(folder), seq })
      if (!named.ok) return named
      const { name, parts } = named.value
      const own = fileNameFor(name, ending, names.filesIn(folder))
      const to = folder === '' ? own : `${folder}/${own}`
      const put = await disk.put(open.folder, to, parts)
      if (!put.ok) return put
      names.take(folder, own, name)
      if (put.value.put)
        return ok({
          path: to,
          parts: parts.map((part) => ({ ...part, path: to + part.path.slice(path.length) })),
        })
    }
    return fail('collection_changed', `“${path}” is being changed elsewhere.`, 'Try again in a moment.')
  }

  /** What was changed since is more than a copy, and stays. */
  async function takeBack({ folder }: OpenFolder, made: Made[]): Promise<Result<null>> {
    for (let last = made.at(-1); last; last = made.at(-1)) {
      const removed = await disk.remove(folder, last.path, last.parts)
      if (!removed.ok && removed.error.code === 'collection_changed')
        return fail(
          'collection_changed',
          `“${last.path}” was changed since it was made, and stays.`,
          'Delete it to move it to the bin.',
        )
      if (!removed.ok && removed.error.code !== 'collection_file_gone') return removed
      made.pop()
    }
    return ok(null)
  }

  return async ({
    collectionId,
    paths,
  }: {
    collectionId: string
    paths: readonly string[]
  }): Promise<Result<CollectionCopy>> => {
    const found = folders.find(collectionId)
    if (!found.ok) return found
    const open = found.value
    await open.reader.refresh()
    const names = namesOf(open.reader)
    const made: Made[] = []
    const top = topmost(paths)
    const shown = new Set(open.reader.view().items.map(({ path }) => path))
    const gone = top.find((path) => !shown.has(path))
    if (gone !== undefined) return isGone(gone)
    for (const path of top) {
      const copy = sizeOf(made) > bytesLimit ? tooMuch() : await copyOf(open, path, names)
      if (!copy.ok) {
        await takeBack(open, made)
        await tell(open)
        return copy
      }
      made.push(copy.value)
    }
    for (const [index, { path, parts }] of made.entries()) {
      const from = top[index] ?? ''
      for (const part of parts)
        choices.copy({ collectionId, path: from + part.path.slice(path.length) }, part.path)
      memories.copy(collectionId, from, path)
    }
    await tell(open)
    const undo = newId()
    const all = made.map(({ path }) => path)
    undoSteps.keep(undo, {
      bytes: sizeOf(made),
      run: async (): Promise<Result<FollowedFiles>> => {
        const there = folders.find(collectionId)
        if (!there.ok) return there
        const back = await takeBack(there.value, made)
        await tell(there.value)
        return back.ok ? ok({ moved: [], rewritten: [] }) : back
      },
    })
    return ok({ undo, paths: all })
  }
}

type Names = ReturnType<typeof namesOf>

/** The names of files and the names on the screen that are taken in each folder, those of copies too. */
function namesOf(reader: Pick<FolderReader, 'namesIn' | 'view'>) {
  const files = new Map<string, string[]>()
  const shown = new Map<string, Set<string>>()
  for (const { path, name } of reader.view().items) {
    const folder = folderOf(path)
    const known = shown.get(folder) ?? new Set()
    shown.set(folder, known.add(name.toLowerCase()))
  }
  function filesIn(folder: string): string[] {
    const known = files.get(folder) ?? reader.namesIn(folder)
    files.set(folder, known)
    return known
  }
  return {
    filesIn,
    /** What a copy is called: “X (copy)”, then “X (copy 2)”. */
    freeName: (folder: string) => (name: string) => {
      const base = name.replace(/ \(copy(?: \d{1,6})?\)$/, '').slice(0, 180)
      for (let number = 1; ; number += 1) {
        const next = `${base} (copy${number === 1 ? '' : ` ${number}`})`
        if (!shown.get(folder)?.has(next.toLowerCase())) return next
      }
    },
    take(folder: string, file: string, name: string): void {
      filesIn(folder).push(file)
      shown.set(folder, (shown.get(folder) ?? new Set()).add(name.toLowerCase()))
    },
  }
}

/** The same with another name, and a file with its place, in the file that has it. A folder without one is called by its
 *  path. */
function withName(
  parts: readonly RemovedPart[],
  path: string,
  { freeName, seq }: { freeName: (name: string) => string; seq: number | undefined },
): Result<{ name: string; parts: RemovedPart[] }> {
  const isFolder = parts[0]?.bytes === null
  const file = isFolder ? `${path}/${folderFile}` : path
  const bytes = parts.find((part) => part.path === file)?.bytes
  if (!bytes) return ok({ name: freeName(nameOfPath(path)), parts: [...parts] })
  const before = textOf(bytes)
  if (before === undefined)
    return fail('collection_fault', `“${file}” is not UTF-8 text.`, 'Fix it in a text editor.')
  const name = freeName(nameIn(before) || nameOfPath(path))
  const named = editName(before, name)
  const text = named.ok && seq !== undefined ? editSeq(named.value, seq) : named
  if (!text.ok) return text
  const renamed = new TextEncoder().encode(text.value)
  return ok({
    name,
    parts: parts.map((part) => (part.path === file ? { ...part, bytes: renamed } : part)),
  })
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function sizeOf(made: readonly Made[]): number {
  return made.reduce(
    (sum, { parts }) => sum + parts.reduce((bytes, part) => bytes + (part.bytes?.length ?? 0), 0),
    0,
  )
}

function tooMuch() {
  return fail(
    'collection_copy_large',
    'Together they contain more than is copied at once (16 MB).',
    'Copy fewer at a time, or use the file manager.',
  )
}

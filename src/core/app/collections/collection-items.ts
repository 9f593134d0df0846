import type { CollectionRequest, FollowedFiles } from '@contract/collections'
import type { RequestDraft } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { editName } from '../../collections/edit-name.ts'
import { editSeq } from '../../collections/info/edit-seq.ts'
import { editTags } from '../../collections/info/edit-tags.ts'
import { placeBehind } from '../../collections/info/order.ts'
import { fileNameFor } from '../../collections/file-name.ts'
import { newFolder } from '../../collections/new-files.ts'
import { nameOfPath } from '../../collections/tree.ts'
import { openName } from '../../http/draft-secrets.ts'
import type { CollectionDisk, RemovedPart } from '../../records/collection-disk.ts'
import type { DeletedFilesDesk } from './deleted-files.ts'
import { folderFile, rootFile } from '../../collections/look.ts'
import { topmost } from './move-plan.ts'
import { freshRequest } from './fresh-request.ts'
import type { OpenedFolders, OpenFolder } from './opened-folders.ts'
import type { RequestChoices, RequestPlace } from './request-choices.ts'
import type { UndoSteps } from './undo-steps.ts'

interface Dependencies {
  folders: OpenedFolders
  disk: CollectionDisk
  read: (place: RequestPlace) => Promise<Result<CollectionRequest>>
  choices: Pick<RequestChoices, 'split' | 'keep'>
  undoSteps: UndoSteps
  deleted: Pick<DeletedFilesDesk, 'discard'>
  /** What was sent before counts as sent with this request. */
  tie: (place: RequestPlace, exchangeId: string) => void
  tell: (folder: OpenFolder) => Promise<void>
}

interface NewItem {
  collectionId: string
  /** Where it is made; empty at the top. */
  folder: string
  name: string
}

/** Some of what is in a collection. */
interface Picked {
  collectionId: string
  paths: readonly string[]
}

/** Making, renaming and deleting what is in a collection. Codes: `collection_*`. */
export function createCollectionItems({
  folders,
  disk,
  read,
  choices,
  undoSteps,
  deleted,
  tie,
  tell,
}: Dependencies) {
  function freshPath({ reader }: OpenFolder, { folder, name }: NewItem, ending: string): Result<string> {
    if (!reader.hasFolder(folder))
      return fail('collection_file_gone', `The folder “${folder}” no longer exists.`, 'Choose another one.')
    const own = fileNameFor(name, ending, reader.namesIn(folder))
    return ok(folder === '' ? own : `${folder}/${own}`)
  }

  /** Writes a file that was not there; the name of one that came meanwhile is passed over. */
  async function writeFresh(folder: OpenFolder, item: NewItem, text: string): Promise<Result<string>> {
    const path = freshPath(folder, item, '.yml')
    if (!path.ok) return path
    const written = await disk.write(folder.folder, path.value, text, null)
    if (!written.ok) return written
    await folder.reader.refresh()
    return written.value.written
      ? path
      : fail('collection_write_failed', `“${path.value}” already exists.`, 'Choose another name.')
  }

  /** Writes something of its `info` into the file that has it; a folder without a file gets one. */
  async function editInfoOf(
    { collectionId, path }: RequestPlace,
    edit: (text: string) => Result<string>,
  ): Promise<Result<FollowedFiles>> {
    const found = folders.find(collectionId)
    if (!found.ok) return found
    const { folder: root, reader } = found.value
    if (!reader.wasRead()) await reader.refresh()
    const isFolder = path === '' || reader.hasFolder(path)
    const file = path === '' ? rootFile : isFolder ? `${path}/${folderFile}` : path
    const before = await disk.read(root, file)
    const fresh = !before.ok && before.error.code === 'collection_file_gone' && isFolder && path !== ''
    if (!before.ok && !fresh) return before
    const text = edit(before.ok ? before.value.text : newFolder(nameOfPath(path)))
    if (!text.ok) return text
    const written = await disk.write(root, file, text.value, before.ok ? before.value.version : null)
    if (!written.ok) return written
    await tell(found.value)
    const was = before.ok ? before.value.version : ''
    return written.value.written
      ? ok({ moved: [], rewritten: [{ path: file, was, version: written.value.version }] })
      : fail('collection_changed', `“${file}” was just changed elsewhere.`, 'Look at it, then try again.')
  }

  return {
    /** Makes a request behind those that are there; with a draft, one that has it. */
    async createRequest(
      item: NewItem & { draft?: RequestDraft | undefined; exchangeId?: string | undefined },
    ): Promise<Result<CollectionRequest>> {
      const found = folders.find(item.collectionId)
      if (!found.ok) return found
      const name = item.draft ? openName(item.name, item.draft) : item.name
      const made = freshRequest(choices, name, item.draft)
      if (!made.ok) return made
      const files = found.value.reader.inside(item.folder).files.filter(({ broken }) => !broken)
      const text = editSeq(made.value.text, placeBehind(files))
      if (!text.ok) return text
      const path = await writeFresh(found.value, { ...item, name }, text.value)
      if (!path.ok) return path
      const place = { collectionId: item.collectionId, path: path.value }
      if (made.value.open) choices.keep(place, made.value.open, made.value.secrets)
      if (item.exchangeId !== undefined) tie(place, item.exchangeId)
      await tell(found.value)
      return read(place)
    },
    async createFolder(item: NewItem): Promise<Result<{ path: string }>> {
      const found = folders.find(item.collectionId)
      if (!found.ok) return found
      const path = freshPath(found.value, item, '')
      if (!path.ok) return path
      const root = found.value.folder
      const made = await disk.makeFolder(root, path.value)
      if (!made.ok) return made
      const written = await disk.write(root, `${path.value}/${folderFile}`, newFolder(item.name), null)
      await tell(found.value)
      return written.ok ? ok({ path: path.value }) : written
    },
    /** Writes a new name into the file that has it. */
    rename: ({ name, ...place }: RequestPlace & { name: string }): Promise<Result<FollowedFiles>> =>
      editInfoOf(place, (text) => editName(text, name)),
    setTags: ({
      tags,
      ...place
    }: RequestPlace & { tags: readonly string[] }): Promise<Result<FollowedFiles>> =>
      editInfoOf(place, (text) => editTags(text, tags)),
    /** Moves files and folders to the bin, all of them or none. */
    async remove({ collectionId, paths }: Picked): Promise<Result<null>> {
      const found = folders.find(collectionId)
      if (!found.ok) return found
      const { folder, reader } = found.value
      const taken: RemovedPart[] = []
      const gone = topmost(paths)
      const [first = ''] = gone
      const name = gone.length === 1 ? (reader.nameOf(first) ?? nameOfPath(first)) : `${gone.length} items`
      for (const path of gone) {
        const parts = sizeOf(taken) > bytesLimit ? tooMuch() : await disk.remove(folder, path)
        if (!parts.ok) {
          const back = await disk.restore(folder, taken)
          await tell(found.value)
          return back.ok ? parts : back
        }
        taken.push(...parts.value)
      }
      await deleted.discard(collectionId, name, taken)
      await tell(found.value)
      return ok(null)
    },
    /** Takes back a move, or the making of copies. */
    async restore({ undo }: { undo: string }): Promise<Result<FollowedFiles>> {
      const step = undoSteps.get(undo)
      if (!step) return fail('collection_undo_gone', 'This can no longer be undone.')
      const restored = await step.run()
      if (restored.ok) undoSteps.drop(undo)
      return restored
    },
  }
}

/** Bytes that one deletion takes to the bin. */
const bytesLimit = 16_777_216

function sizeOf(parts: readonly RemovedPart[]): number {
  return parts.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0)
}

function tooMuch() {
  return fail(
    'collection_remove_large',
    'Together they contain more than the bin takes at once (16 MB).',
    'Delete fewer at a time, or use the file manager.',
  )
}

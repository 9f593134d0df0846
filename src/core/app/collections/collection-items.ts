import type { CollectionRequest } from '@contract/collections'
import type { RequestDraft } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { editName, nameIn } from '../../collections/edit-name.ts'
import { editRequest } from '../../collections/edit-request.ts'
import { fileNameFor } from '../../collections/file-name.ts'
import { newFolder, newRequest } from '../../collections/new-files.ts'
import { readRequest } from '../../collections/read-request.ts'
import { nameOfPath } from '../../collections/tree.ts'
import { openName, type DraftSecrets } from '../../http/draft-secrets.ts'
import type { CollectionDisk } from '../../records/collection-disk.ts'
import { folderFile, rootFile } from './folder-reader.ts'
import type { OpenedFolders, OpenFolder } from './opened-folders.ts'
import type { RemovedParts } from './removed-parts.ts'
import type { RequestChoices, RequestPlace } from './request-choices.ts'

interface Dependencies {
  folders: OpenedFolders
  disk: CollectionDisk
  newId: () => string
  read: (place: RequestPlace) => Promise<Result<CollectionRequest>>
  choices: Pick<RequestChoices, 'split' | 'keep'>
  removed: RemovedParts
  changed: () => void
}

interface NewItem {
  collectionId: string
  /** Where it is made; empty at the top. */
  folder: string
  name: string
}

/** Making, renaming and deleting what is in a collection. Codes: `collection_*`. */
export function createCollectionItems({
  folders,
  disk,
  newId,
  read,
  choices,
  removed,
  changed,
}: Dependencies) {
  /** What shows the folder is told at once: that the system tells of it too may take a while. */
  async function tell({ reader }: OpenFolder): Promise<void> {
    await reader.refresh()
    changed()
  }

  function freshPath({ reader }: OpenFolder, { folder, name }: NewItem, ending: string): Result<string> {
    if (!reader.hasFolder(folder))
      return fail('collection_file_gone', `The folder “${folder}” no longer exists.`, 'Choose another one.')
    const own = fileNameFor(name, ending, reader.namesIn(folder))
    return ok(folder === '' ? own : `${folder}/${own}`)
  }

  /** The text of a new request, and what of its draft is not for the file. */
  function freshText(
    name: string,
    draft?: RequestDraft,
  ): Result<{ text: string; open?: RequestDraft; secrets: DraftSecrets }> {
    const text = newRequest(name)
    const blank = readRequest(text)
    if (draft === undefined || !blank.ok) return ok({ text, secrets: {} })
    const parted = choices.split(draft, blank.request.draft)
    if (!parted.ok) return parted
    const { open, secrets } = parted.value
    const edited = editRequest(blank.request, name, open)
    return edited.ok ? ok({ text: edited.value, open, secrets }) : edited
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

  /** Writes a new name into the file that has it. */
  async function rename({
    collectionId,
    path,
    name,
  }: RequestPlace & { name: string }): Promise<Result<null>> {
    const found = folders.find(collectionId)
    if (!found.ok) return found
    const { folder: root, reader } = found.value
    const isFolder = path === '' || !reader.has(path)
    const file = path === '' ? rootFile : isFolder ? `${path}/${folderFile}` : path
    const before = await disk.read(root, file)
    const fresh = !before.ok && before.error.code === 'collection_file_gone' && isFolder && path !== ''
    if (!before.ok && !fresh) return before
    const text = before.ok ? editName(before.value.text, name) : ok(newFolder(name))
    if (!text.ok) return text
    const written = await disk.write(root, file, text.value, before.ok ? before.value.version : null)
    if (!written.ok) return written
    await tell(found.value)
    return written.value.written
      ? ok(null)
      : fail('collection_changed', `“${file}” was just changed elsewhere.`, 'Look at it, then try again.')
  }

  return {
    /** Makes a request; with a draft, one that has it. */
    async createRequest(
      item: NewItem & { draft?: RequestDraft | undefined },
    ): Promise<Result<CollectionRequest>> {
      const found = folders.find(item.collectionId)
      if (!found.ok) return found
      const name = item.draft ? openName(item.name, item.draft) : item.name
      const made = freshText(name, item.draft)
      if (!made.ok) return made
      const path = await writeFresh(found.value, { ...item, name }, made.value.text)
      if (!path.ok) return path
      const place = { collectionId: item.collectionId, path: path.value }
      if (made.value.open) choices.keep(place, made.value.open, made.value.secrets)
      changed()
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
    rename,
    /** Makes another file beside one, of whatever kind, that differs in its name alone. */
    async duplicate({ collectionId, path }: RequestPlace): Promise<Result<{ path: string }>> {
      const found = folders.find(collectionId)
      if (!found.ok) return found
      const before = await disk.read(found.value.folder, path)
      if (!before.ok) return before
      const name = `${(nameIn(before.value.text) || nameOfPath(path)).slice(0, 190)} (copy)`
      const text = editName(before.value.text, name)
      if (!text.ok) return text
      const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0))
      const made = await writeFresh(found.value, { collectionId, folder, name }, text.value)
      if (!made.ok) return made
      changed()
      return ok({ path: made.value })
    },
    /** Takes a file or a folder off the disk; `undo` names it for `restore`. */
    async remove({ collectionId, path }: RequestPlace): Promise<Result<{ undo: string; name: string }>> {
      const found = folders.find(collectionId)
      if (!found.ok) return found
      const parts = await disk.remove(found.value.folder, path)
      if (!parts.ok) return parts
      const undo = newId()
      removed.keep(undo, { collectionId, parts: parts.value })
      await tell(found.value)
      return ok({ undo, name: nameOfPath(path) })
    },
    /** Puts back what was deleted. */
    async restore({ undo }: { undo: string }): Promise<Result<null>> {
      const kept = removed.get(undo)
      if (!kept) return fail('collection_undo_gone', 'This deletion can no longer be undone.')
      const found = folders.find(kept.collectionId)
      if (!found.ok) return found
      const restored = await disk.restore(found.value.folder, kept.parts)
      await tell(found.value)
      if (restored.ok) removed.drop(undo)
      return restored
    },
  }
}

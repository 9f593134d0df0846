import type {
  CollectionRequest,
  CollectionSave,
  CollectionView,
  ItemPiece,
  ListedCollection,
} from '@contract/collections'
import { defined } from '@contract/defined'
import type { RequestDraft } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { itemKindTable } from '@contract/tables/item-kinds'
import { editRequest } from '../../collections/edit-request.ts'
import { newCollection } from '../../collections/new-files.ts'
import { readRequest, type RequestFile } from '../../collections/read-request.ts'
import { nameOfPath } from '../../collections/tree.ts'
import type { CollectionDisk, DiskText } from '../../records/collection-disk.ts'
import { rootFile } from '../../collections/look.ts'
import type { AskedPiece } from './item-lists.ts'
import type { OpenedFolders, OpenFolder } from './opened-folders.ts'
import type { RequestChoices, RequestPlace } from './request-choices.ts'

interface Dependencies {
  folders: OpenedFolders
  disk: CollectionDisk
  choices: RequestChoices
  chooseFolder: (title: string, fresh: boolean) => Promise<string | undefined>
}

interface SaveInput extends RequestPlace {
  draft: RequestDraft
  /** What of the file the draft comes from. */
  version: string
  /** What the user has seen of it since and wants to write over; null where the file is gone. */
  over?: string | null | undefined
}

/** How many texts are remembered, so that a draft that began with one can be written into it. */
const rememberedLimit = 60

/** Collections: open, list, read and save requests. Codes: `collection_*`. */
export function createCollections({ folders, disk, choices, chooseFolder }: Dependencies) {
  /** What files said by their versions. */
  const remembered = new Map<string, string>()

  function remember({ text, version }: DiskText): void {
    remembered.delete(version)
    remembered.set(version, text)
    const [oldest] = remembered.keys()
    if (remembered.size > rememberedLimit && oldest !== undefined) remembered.delete(oldest)
  }

  function requestOf(folder: OpenFolder, path: string, disked: DiskText): Result<CollectionRequest> {
    const read = readable(path, disked.text)
    if (!read.ok) return read
    remember(disked)
    const { head, draft, kept } = read.value
    const place = { collectionId: folder.id, path }
    return ok({
      ...place,
      name: head.name || nameOfPath(path),
      version: disked.version,
      kept: [...new Set([...kept, ...folder.reader.passedOn(path).map((each) => `${each} of its folders`)])],
      ...choices.join(place, draft),
    })
  }

  async function read({ collectionId, path }: RequestPlace): Promise<Result<CollectionRequest>> {
    const folder = folders.find(collectionId)
    if (!folder.ok) return folder
    const disked = await disk.read(folder.value.folder, path)
    return disked.ok ? requestOf(folder.value, path, disked.value) : disked
  }

  /** The text to be written: the draft in what the file says now, else, where that is no request or is gone, in the
   *  text that it comes from. */
  function textFor(
    input: SaveInput,
    now: DiskText | undefined,
  ): Result<{ text: string; draft: RequestDraft; own: Record<string, string> }> {
    const bases = [now?.text, remembered.get(input.version)]
    const [base] = bases.flatMap((text) => {
      const read = text === undefined ? undefined : readable(input.path, text)
      return read?.ok === true ? read.value : []
    })
    if (base === undefined)
      return fail(
        'collection_fault',
        `“${input.path}” is broken or missing, and its earlier content is no longer known.`,
        'Save the draft as a new request.',
      )
    const parted = choices.split(input.draft, base.draft)
    if (!parted.ok) return parted
    const { open, secrets } = parted.value
    const edited = editRequest(base, base.head.name, open)
    return edited.ok ? ok({ text: edited.value, draft: open, own: secrets }) : edited
  }

  async function save(input: SaveInput): Promise<Result<CollectionSave>> {
    const folder = folders.find(input.collectionId)
    if (!folder.ok) return folder
    const root = folder.value.folder
    const now = await disk.read(root, input.path)
    if (!now.ok && now.error.code !== 'collection_file_gone') return now
    const there = now.ok ? now.value : undefined
    const made = textFor(input, there)
    if (!made.ok) return made
    const expected = input.over === undefined ? input.version : input.over
    const conflict = (theirs: DiskText | undefined): Result<CollectionSave> =>
      ok({ conflict: { mine: made.value.text, ...defined({ theirs }) } })
    if ((there?.version ?? null) !== expected) return conflict(there)
    let saved = { text: made.value.text, version: there?.version ?? '' }
    if (made.value.text !== there?.text) {
      const written = await disk.write(root, input.path, made.value.text, expected)
      if (!written.ok) return written
      if (!written.value.written) return conflict(written.value.now)
      saved = { ...saved, version: written.value.version }
    }
    const { draft, own } = made.value
    choices.keep({ collectionId: input.collectionId, path: input.path }, draft, own)
    folder.value.reader.soon()
    const request = requestOf(folder.value, input.path, saved)
    return request.ok ? ok({ saved: request.value }) : request
  }

  /** Opens a folder; nothing where none was chosen. */
  async function open(): Promise<Result<{ id: string } | null>> {
    const chosen = await chooseFolder('Open a collection folder', false)
    if (chosen === undefined) return ok(null)
    const place = await disk.place(chosen)
    if (!place.ok) return place
    const top = await disk.read(place.value, rootFile)
    if (!top.ok && top.error.code === 'collection_file_gone') {
      return fail(
        'collection_none',
        `${place.value} has no ${rootFile}: it is not a collection.`,
        'Choose the folder that contains it, or create a new collection there.',
      )
    }
    return top.ok ? ok({ id: folders.add(place.value) }) : top
  }

  /** Makes a collection in a folder that is chosen, and opens it. What is there already is opened as it is. */
  async function create({ name }: { name: string }): Promise<Result<{ id: string } | null>> {
    const chosen = await chooseFolder('Choose a folder for the collection', true)
    if (chosen === undefined) return ok(null)
    const place = await disk.place(chosen)
    if (!place.ok) return place
    const written = await disk.write(place.value, rootFile, newCollection(name), null)
    return written.ok ? ok({ id: folders.add(place.value) }) : written
  }

  return {
    list: async (): Promise<Result<CollectionView[]>> => ok(await folders.list()),
    /** The same for the page: long lists are asked for in pieces. */
    listed: async (): Promise<Result<ListedCollection[]>> => ok(await folders.listed()),
    items({ collectionId, ...asked }: AskedPiece & { collectionId: string }): Result<ItemPiece> {
      const folder = folders.find(collectionId)
      return folder.ok ? folder.value.reader.piece(asked) : folder
    },
    open,
    create,
    close: ({ id }: { id: string }): Result<null> => {
      folders.remove(id)
      return ok(null)
    },
    /** Reads a folder again, where the system does not tell of changes. */
    async refresh({ id }: { id: string }): Promise<Result<null>> {
      const folder = folders.find(id)
      if (!folder.ok) return folder
      await folder.value.reader.refresh()
      return ok(null)
    },
    read,
    save,
    forget: folders.forget,
  }
}

/** A request in a text that Gatehouse can send. Codes: `collection_fault`, `collection_kind`. */
function readable(path: string, text: string): Result<RequestFile> {
  const read = readRequest(text)
  if (!read.ok) {
    const { line, column, reason } = read.fault
    return fail(
      'collection_fault',
      `“${path}” is broken at line ${line}, column ${column}: ${reason}`,
      'Fix it in a text editor: Gatehouse updates at once.',
    )
  }
  const { kind } = read.request.head
  return itemKindTable[kind].runs
    ? ok(read.request)
    : fail(
        'collection_kind',
        `“${path}” is a ${itemKindTable[kind].called}, which Gatehouse does not send.`,
        'It is kept as it is, for the program that does.',
      )
}

export type Collections = ReturnType<typeof createCollections>

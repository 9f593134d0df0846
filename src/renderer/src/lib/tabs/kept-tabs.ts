import type { CollectionRequest } from '@contract/collections.ts'
import { keyIn } from '@contract/tables/keys-of.ts'
import { roomTable } from '../rooms.ts'
import type { ClosedTab, Tab, TabSubject } from './tab.ts'
import type { KeptTabs } from './tabs.ts'

type Members = Record<string, unknown>

/** Tabs as they were kept in the profile, without those that do not fit; `undefined` for a text that holds none. `files`: of
 *  requests that an earlier version kept, by their ids. The page has no schemas: they would take longer to load than all
 *  else. */
export function readKeptTabs(
  text: string,
  files: ReadonlyMap<string, CollectionRequest> = new Map(),
): KeptTabs | undefined {
  const kept = parsed(text)
  if (!isMembers(kept) || !Array.isArray(kept['tabs'])) return undefined
  const room = roomIn(kept['room'])
  if (room === undefined) return undefined
  const tabs = kept['tabs']
    .map((tab) => withoutSaved(tab, files))
    .filter(isTab)
    .map(unsent)
  const closed = Array.isArray(kept['closed'])
    ? kept['closed']
        .map((tab) => withoutSaved(tab, files))
        .filter(isClosed)
        .map(unsent)
    : []
  const activeId = kept['activeId']
  return { room, tabs, closed, activeId: tabs.some(({ id }) => id === activeId) ? String(activeId) : null }
}

/** Half-filled forms as they were kept; none where there are none. */
export function readKeptForms(text: string): Record<string, unknown> {
  const kept = parsed(text)
  const forms = isMembers(kept) ? kept['forms'] : undefined
  return isMembers(forms) ? forms : {}
}

/** What a tab of each kind has to name. */
const subjects: Record<TabSubject['kind'], (subject: Members) => boolean> = {
  account: ({ accountId }) => isText(accountId),
  connection: ({ connectionId }) => isText(connectionId),
  request: ({ seed }) => isMembers(seed) && isSeed(seed),
  run: ({ collectionId, folder, name, paths }) =>
    isText(collectionId) &&
    isText(folder) &&
    isText(name) &&
    (paths === undefined || (Array.isArray(paths) && paths.every(isText))),
  'token-bench': () => true,
  flow: ({ flowId }) => isText(flowId),
  'flow-comparison': ({ left, right }) => isText(left) && isText(right),
  playground: () => true,
  settings: ({ section }) => section === undefined || isText(section),
}

function isTab(value: unknown): value is Tab {
  if (!isMembers(value)) return false
  const { id, room, subject, face, preview } = value
  if (!isText(id) || roomIn(room) === undefined) return false
  if (preview !== undefined && typeof preview !== 'boolean') return false
  if (!isMembers(face) || !isText(face['title']) || !isMembers(subject)) return false
  const kind = isText(subject['kind']) ? keyIn(subjects, subject['kind']) : undefined
  return kind !== undefined && subjects[kind](subject)
}

function isClosed(value: unknown): value is ClosedTab {
  return isTab(value) && Number.isSafeInteger((value as Partial<ClosedTab>).index)
}

/** What named requests of tabs in the database of an earlier version, which kept them there. */
export function savedIdsIn(text: string): string[] {
  const kept = parsed(text)
  if (!isMembers(kept)) return []
  const all = [kept['tabs'], kept['closed']].flatMap((tabs): unknown[] => (Array.isArray(tabs) ? tabs : []))
  const ids = all.flatMap((tab) => savedIn(tab)?.id ?? []).filter((id) => uuid.test(id))
  return [...new Set(ids)].slice(0, mostSaved)
}

const mostSaved = 500
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

interface SavedSeed {
  seed: Members
  id: string
  draft: unknown
  /** Nothing was changed in the tab. */
  same: boolean
}

function savedIn(tab: unknown): SavedSeed | undefined {
  if (!isMembers(tab) || !isMembers(tab['subject']) || !isMembers(tab['subject']['seed'])) return undefined
  const { seed } = tab['subject']
  const { from, request, savedId, draft, saved } = seed
  if (from === 'saved' && isMembers(request) && isText(request['id']))
    return { seed, id: request['id'], draft: request['draft'], same: true }
  if (from !== 'kept' || !isText(savedId)) return undefined
  return { seed, id: savedId, draft, same: JSON.stringify(draft) === JSON.stringify(saved) }
}

/** A tab of a request that an earlier version kept in the database is of its file, with what was changed in it; where there
 *  is no such file, its draft stays as one that is not saved. */
function withoutSaved(tab: unknown, files: ReadonlyMap<string, CollectionRequest>): unknown {
  const found = savedIn(tab)
  if (!found || !isMembers(tab) || !isMembers(tab['subject'])) return tab
  const request = files.get(found.id)
  return { ...tab, subject: { ...tab['subject'], seed: seedFor(found, request) } }
}

function seedFor({ seed, draft, same }: SavedSeed, request: CollectionRequest | undefined): Members {
  const { savedId: _id, ...kept } = seed
  if (request && same) return { from: 'file', request }
  if (request) {
    const { draft: saved, name, collectionId, path, version, kept: parts, secrets } = request
    const file = { collectionId, path, version, kept: parts, ...(secrets && { secrets }) }
    return { ...kept, name, saved, file }
  }
  if (kept['from'] === 'kept') return { ...kept, saved: undefined }
  const { name } = isMembers(seed['request']) ? seed['request'] : {}
  return { from: 'draft', name, draft, send: false }
}

/** What was to be sent as it was opened: that is over, and it is not sent by itself when it comes back. */
function unsent<Some extends Tab>({ ...tab }: Some): Some {
  const { subject } = tab
  const { waitsUntil: _over, ...face } = tab.face
  tab.face = face
  if (subject.kind !== 'request' || subject.seed.from !== 'draft') return tab
  return { ...tab, subject: { ...subject, seed: { ...subject.seed, send: false } } }
}

function isSeed({ from, request, exchangeId, name, draft, bodies, auths, file, within }: Members): boolean {
  if (from === 'blank') return true
  if (from === 'file') return isFile(request) && isDraft(request['draft'])
  if (from === 'exchange') return isText(exchangeId)
  if (file !== undefined && !isFile(file)) return false
  if (![bodies, auths].every(arePutBy)) return false
  if (within !== undefined && !isPlace(within)) return false
  return (from === 'draft' || from === 'kept') && isText(name) && isDraft(draft)
}

function arePutBy(value: unknown): boolean {
  return value === undefined || (isMembers(value) && Object.values(value).every(isMembers))
}

function isPlace(value: unknown): boolean {
  return isMembers(value) && isText(value['collectionId']) && isText(value['path'])
}

function isFile(value: unknown): value is Members {
  if (!isMembers(value)) return false
  const { collectionId, path, version, kept } = value
  return isText(collectionId) && isText(path) && isText(version) && Array.isArray(kept)
}

function isDraft(value: unknown): boolean {
  if (!isMembers(value)) return false
  const { method, url, query, headers, body } = value
  return isText(method) && isText(url) && Array.isArray(query) && Array.isArray(headers) && isMembers(body)
}

function roomIn(value: unknown) {
  return isText(value) ? keyIn(roomTable, value) : undefined
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import { keyIn } from '@contract/tables/keys-of.ts'
import { roomTable } from '../rooms.ts'
import type { ClosedTab, Tab, TabSubject } from './tab.ts'
import type { KeptTabs } from './tabs.ts'

type Members = Record<string, unknown>

/** Tabs as they were kept in the profile, without those that do not fit; `undefined` for a text that holds none. The page
 *  has no schemas: they would take longer to load than all else. */
export function readKeptTabs(text: string): KeptTabs | undefined {
  const kept = parsed(text)
  if (!isMembers(kept) || !Array.isArray(kept['tabs'])) return undefined
  const room = roomIn(kept['room'])
  if (room === undefined) return undefined
  const tabs = kept['tabs'].map(withoutSaved).filter(isTab).map(unsent)
  const closed = Array.isArray(kept['closed'])
    ? kept['closed'].map(withoutSaved).filter(isClosed).map(unsent)
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

/** A tab of a request that an earlier version kept in the database: its draft stays, as one that is not saved. */
function withoutSaved(tab: unknown): unknown {
  if (!isMembers(tab) || !isMembers(tab['subject']) || !isMembers(tab['subject']['seed'])) return tab
  const { seed } = tab['subject']
  if (seed['from'] !== 'saved' || !isMembers(seed['request'])) return tab
  const { name, draft } = seed['request']
  return { ...tab, subject: { ...tab['subject'], seed: { from: 'draft', name, draft, send: false } } }
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

import { keyIn } from '@contract/tables/keys-of.ts'
import { roomTable } from './rooms.ts'
import type { KeptTabs, Tab, TabSubject } from './tabs.ts'

type Members = Record<string, unknown>

/** Tabs as they were kept over a lock, without those that do not fit; `undefined` for a text that holds none. The page
 *  has no schemas: they would take longer to load than all else. */
export function readKeptTabs(text: string): KeptTabs | undefined {
  const kept = parsed(text)
  if (!isMembers(kept) || !Array.isArray(kept['tabs'])) return undefined
  const room = roomIn(kept['room'])
  if (room === undefined) return undefined
  const tabs = kept['tabs'].filter(isTab)
  const activeId = kept['activeId']
  return { room, tabs, activeId: tabs.some(({ id }) => id === activeId) ? String(activeId) : null }
}

/** What a tab of each kind has to name. */
const subjects: Record<TabSubject['kind'], (subject: Members) => boolean> = {
  account: ({ accountId }) => isText(accountId),
  connection: ({ connectionId }) => isText(connectionId),
  request: ({ seed }) => isMembers(seed) && isSeed(seed),
  'token-bench': () => true,
  flow: ({ flowId }) => isText(flowId),
  'flow-comparison': ({ left, right }) => isText(left) && isText(right),
  playground: () => true,
  settings: ({ section }) => section === undefined || isText(section),
}

function isTab(value: unknown): value is Tab {
  if (!isMembers(value)) return false
  const { id, room, subject, face } = value
  if (!isText(id) || roomIn(room) === undefined) return false
  if (!isMembers(face) || !isText(face['title']) || !isMembers(subject)) return false
  const kind = isText(subject['kind']) ? keyIn(subjects, subject['kind']) : undefined
  return kind !== undefined && subjects[kind](subject)
}

function isSeed({ from, request, exchangeId, name, draft }: Members): boolean {
  if (from === 'blank') return true
  if (from === 'saved') return isMembers(request) && isText(request['id']) && isDraft(request['draft'])
  if (from === 'exchange') return isText(exchangeId)
  return (from === 'draft' || from === 'kept') && isText(name) && isDraft(draft)
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

import { keysOf } from '@contract/tables/keys-of.ts'

interface Row {
  name: string
  /** It has one tab and no page of its own. */
  single: boolean
  /** Its list has a search of its own. */
  searches: boolean
}

/** The rooms in the order of the rail, of Ctrl+1 and so on, and of the palette. What they show: app/room-parts.tsx. */
export const roomTable = {
  requests: { name: 'Requests', single: false, searches: true },
  accounts: { name: 'Accounts', single: false, searches: false },
  'token-bench': { name: 'Token bench', single: true, searches: false },
  flows: { name: 'Flows', single: false, searches: true },
  playground: { name: 'Playground', single: true, searches: false },
  settings: { name: 'Settings', single: true, searches: false },
} as const satisfies Record<string, Row>

type Table = typeof roomTable
export type Room = keyof Table
/** Rooms of one tab, which is named as the room is. */
export type SingleRoom = { [K in Room]: Table[K]['single'] extends true ? K : never }[Room]

export const rooms = keysOf(roomTable)

export function isSingle(room: Room): room is SingleRoom {
  return roomTable[room].single
}

/** The press that leads to a room. */
export function pressOf(room: Room): string {
  return `Ctrl ${rooms.indexOf(room) + 1}`
}

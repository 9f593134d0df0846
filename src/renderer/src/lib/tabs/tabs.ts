import { createStore } from 'zustand/vanilla'
import type { FollowedFiles } from '@contract/collections.ts'
import { isSingle, roomTable, type Room } from '../rooms.ts'
import type { SettingsSection } from '../settings-sections.ts'
import { followedTab } from './follow-files.ts'
import { freeId, idOf, isSame } from './subject-ids.ts'
import type { ClosedTab, KeptRequest, Tab, TabFace, TabSubject } from './tab.ts'
import { remembered } from './closed-tabs.ts'
import { movedTo, withKept, withPreview } from './tab-order.ts'

/** The tabs as they are kept in the profile. */
export type KeptTabs = Pick<TabsState, 'room' | 'tabs' | 'activeId' | 'closed'>

export interface TabsState {
  room: Room
  tabs: Tab[]
  /** Null: the room's own page. */
  activeId: string | null
  /** Those that were closed, the last one first, as they were. */
  closed: ClosedTab[]
  open: (subject: TabSubject, face: TabFace, id?: string) => string
  /** Opens it to be looked at, in the place of the preview before. */
  preview: (subject: TabSubject, face: TabFace) => void
  /** Makes a preview a tab like any other. */
  pin: (id: string) => void
  activate: (id: string) => void
  /** Moves the tab to that place among all. */
  move: (id: string, place: number) => void
  close: (id: string) => void
  closeOthers: (id: string) => void
  closeRight: (id: string) => void
  /** Opens again what was closed last. */
  reopen: () => void
  /** Closes what is no longer there: it cannot be opened again. */
  drop: (id: string) => void
  update: (id: string, face: Partial<TabFace>) => void
  /** What the tab would start from if it were opened again. */
  keep: (id: string, seed: KeptRequest) => void
  /** Files of a collection have another place or version: their tabs stay theirs. */
  followFiles: (collectionId: string, files: FollowedFiles) => void
  restore: (kept: KeptTabs) => void
  showSettings: (section: SettingsSection) => void
  goTo: (room: Room) => void
  step: (by: 1 | -1) => void
}

/** The open tabs of all rooms and the room that is shown. */
export function createTabs() {
  /** The tab that was last open in each room. */
  const lastOf = new Map<Room, string>()

  return createStore<TabsState>()((set, get) => {
    const find = (id: string | undefined): Tab | undefined => get().tabs.find((tab) => tab.id === id)
    return {
      room: 'accounts',
      tabs: [],
      activeId: null,
      closed: [],
      open: (subject, face, wanted = idOf(subject)) => {
        const { tabs, closed } = get()
        // A request that was saved in its tab has the name of a new one.
        const id =
          [...tabs, ...closed].find((tab) => isSame(tab.subject, subject))?.id ??
          freeId([...tabs, ...closed], wanted, subject)
        if (!find(id)) {
          // What was changed and closed comes back with its changes.
          const before = closed.find((each) => each.id === id && each.face.unsaved)
          const tab = before ? { subject: before.subject, face: before.face } : { subject, face }
          set({
            tabs: [...tabs, { id, room: roomOf(subject), ...tab }],
            closed: closed.filter((each) => each.id !== id),
          })
        }
        get().pin(id)
        get().activate(id)
        return id
      },
      preview: (subject, face) => {
        const id = idOf(subject)
        const { tabs, closed } = get()
        // What was changed and closed is more than looked at.
        if (closed.some((each) => each.id === id && each.face.unsaved)) return void get().open(subject, face)
        if (!find(id))
          set({ tabs: withPreview(tabs, { id, room: roomOf(subject), subject, face, preview: true }) })
        get().activate(id)
      },
      pin: (id) => {
        const { tabs } = get()
        const kept = withKept(tabs, id)
        if (kept !== tabs) set({ tabs: kept })
      },
      activate: (id) => {
        const tab = find(id)
        if (!tab) return
        lastOf.set(tab.room, id)
        set({ activeId: id, room: tab.room })
      },
      move: (id, place) => {
        const { tabs } = get()
        const moved = movedTo(tabs, id, place)
        if (moved !== tabs) set({ tabs: moved })
      },
      close: (id) => {
        get().pin(id)
        const { tabs, activeId, closed } = get()
        const index = tabs.findIndex((tab) => tab.id === id)
        const tab = tabs[index]
        if (!tab) return
        const rest = tabs.filter((each) => each !== tab)
        const others = closed.filter((each) => each.id !== id)
        set({ tabs: rest, closed: remembered([{ ...tab, index }, ...others]) })
        if (activeId !== id) return
        const next = rest[index] ?? rest[index - 1]
        if (next) get().activate(next.id)
        else set({ activeId: null })
      },
      closeOthers: (id) => {
        if (!find(id)) return
        get().activate(id)
        for (const tab of get().tabs) if (tab.id !== id) get().close(tab.id)
      },
      closeRight: (id) => {
        const { tabs, activeId } = get()
        const at = tabs.findIndex((tab) => tab.id === id)
        if (at < 0) return
        const right = tabs.slice(at + 1)
        if (right.some((tab) => tab.id === activeId)) get().activate(id)
        for (const tab of right) get().close(tab.id)
      },
      reopen: () => {
        const [last, ...closed] = get().closed
        if (!last) return
        const { index, ...tab } = last
        set({ closed, ...(!find(tab.id) && { tabs: get().tabs.toSpliced(index, 0, tab) }) })
        get().activate(tab.id)
      },
      drop: (id) => {
        get().close(id)
        set({ closed: get().closed.filter((each) => each.id !== id) })
      },
      update: (id, face) => {
        const before = find(id)?.face
        const names = Object.keys(face) as (keyof TabFace)[]
        if (!before || names.every((name) => before[name] === face[name])) return
        set({
          tabs: get().tabs.map((tab) => (tab.id === id ? { ...tab, face: { ...tab.face, ...face } } : tab)),
        })
      },
      keep: (id, seed) =>
        set({
          tabs: get().tabs.map((tab) =>
            tab.id === id ? { ...tab, subject: { kind: 'request', seed } } : tab,
          ),
        }),
      followFiles: (collectionId, files) => {
        const { tabs, closed } = get()
        const follow = <Some extends Tab>(tab: Some): Some => followedTab(tab, collectionId, files)
        set({ tabs: tabs.map(follow), closed: closed.map(follow) })
      },
      restore: ({ room, tabs, activeId, closed }) => {
        set({ room, tabs, activeId, closed })
        const active = find(activeId ?? undefined)
        if (active) lastOf.set(active.room, active.id)
      },
      showSettings: (section) => {
        const subject: TabSubject = { kind: 'settings', section }
        set({ tabs: get().tabs.map((tab) => (tab.id === idOf(subject) ? { ...tab, subject } : tab)) })
        get().open(subject, { title: roomTable.settings.name })
      },
      goTo: (room) => {
        if (isSingle(room)) {
          get().open({ kind: room }, { title: roomTable[room].name })
          return
        }
        const last = find(lastOf.get(room)) ?? get().tabs.find((tab) => tab.room === room)
        if (last) get().activate(last.id)
        else set({ room, activeId: null })
      },
      step: (by) => {
        const { tabs, activeId } = get()
        if (tabs.length === 0) return
        const index = tabs.findIndex((tab) => tab.id === activeId)
        const next = tabs[(index + by + tabs.length) % tabs.length]
        if (next) get().activate(next.id)
      },
    }
  })
}

function roomOf(subject: TabSubject): Room {
  switch (subject.kind) {
    case 'account':
    case 'connection':
      return 'accounts'
    case 'request':
    case 'run':
      return 'requests'
    case 'flow':
    case 'flow-comparison':
      return 'flows'
    default:
      return subject.kind
  }
}

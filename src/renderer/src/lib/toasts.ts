import { createStore } from 'zustand/vanilla'
import type { Failure } from '@contract/result.ts'

interface ToastItem {
  id: number
  tone: 'ok' | 'bad' | 'plain'
  text: string
  next?: string
  action?: ToastAction
  subject?: string
}

/** What can be done about the news, while they are shown. */
interface ToastAction {
  label: string
  run: () => void
}

export interface ToastState {
  items: ToastItem[]
  show: (text: string, tone?: ToastItem['tone'], next?: string) => void
  /** News with something to do about them: they stay for longer. Those of one subject replace each other. Answers by
   *  what they can be dismissed. */
  offer: (text: string, action: ToastAction, subject?: string) => number
  fail: (error: Failure) => void
  dismiss: (id: number) => void
}

/** How long a deletion can be undone from its message, in milliseconds. */
const offeredFor = 15_000
const shownFor = { ok: 3000, plain: 4000, bad: 12_000 }

/** Short news that belong to no screen. */
export function createToasts() {
  let last = 0
  return createStore<ToastState>()((set, get) => {
    function add(item: Omit<ToastItem, 'id'>, milliseconds: number): number {
      last += 1
      const id = last
      const others = get().items.filter(({ subject }) => subject === undefined || subject !== item.subject)
      set({ items: [...others, { id, ...item }].slice(-3) })
      setTimeout(() => get().dismiss(id), milliseconds)
      return id
    }
    return {
      items: [],
      show: (text, tone = 'plain', next) => void add({ tone, text, next }, shownFor[tone]),
      offer: (text, action, subject) =>
        add({ tone: 'plain', text, action, ...(subject !== undefined && { subject }) }, offeredFor),
      fail: (error) => get().show(error.message, 'bad', error.next),
      dismiss: (id) => set({ items: get().items.filter((item) => item.id !== id) }),
    }
  })
}

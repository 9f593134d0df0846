import { createStore } from 'zustand/vanilla'
import type { Failure } from '@contract/result.ts'

interface ToastItem {
  id: number
  tone: 'ok' | 'bad' | 'plain'
  text: string
  next?: string
}

export interface ToastState {
  items: ToastItem[]
  show: (text: string, tone?: ToastItem['tone'], next?: string) => void
  fail: (error: Failure) => void
  dismiss: (id: number) => void
}

const shownFor = { ok: 3000, plain: 4000, bad: 12_000 }

/** Short news that belong to no screen. */
export function createToasts() {
  let last = 0
  return createStore<ToastState>()((set, get) => ({
    items: [],
    show: (text, tone = 'plain', next) => {
      last += 1
      const id = last
      set({ items: [...get().items, { id, tone, text, next }].slice(-3) })
      setTimeout(() => get().dismiss(id), shownFor[tone])
    },
    fail: (error) => get().show(error.message, 'bad', error.next),
    dismiss: (id) => set({ items: get().items.filter((item) => item.id !== id) }),
  }))
}

import { createStore } from 'zustand/vanilla'

/** What is in forms and was not saved yet, by the name of the form; plain data. Kept with the tabs. */
export interface UnsavedState {
  forms: Record<string, unknown>
  /** Nothing: it was saved, or is as it was saved. */
  put: (form: string, content: unknown) => void
  restore: (forms: Record<string, unknown>) => void
}

export function createUnsaved() {
  return createStore<UnsavedState>()((set, get) => ({
    forms: {},
    put: (form, content) => {
      const { [form]: _before, ...others } = get().forms
      set({ forms: content === undefined ? others : { ...others, [form]: content } })
    },
    restore: (forms) => set({ forms }),
  }))
}

import { useStore } from 'zustand'
import { useWorkspace } from '../workspace.ts'
import { discardForm } from './discard-form.ts'
import { isLike } from './is-like.ts'

/** A form that was filled in and is not saved yet. */
export interface KeptForm<Form> {
  form: Form
  /** Something in it is not saved. */
  changed: boolean
  change: (part: Partial<Form>) => void
  /** It was saved, or is given up. */
  forget: () => void
  /** It is given up, and can be brought back for a while. */
  discard: () => void
}

/** A form that is kept with the tabs from the first keystroke until it is saved or given up: another section, a lock and
 *  the end of the window lose nothing of it. `before` is it as it was saved: plain data. What is kept is sealed. */
export function useKept<Form extends object>(name: string, before: Form): KeptForm<Form> {
  const workspace = useWorkspace()
  const { unsaved } = workspace
  const kept = useStore(unsaved, ({ forms }) => forms[name])
  const changed = isLike(kept, before)
  return {
    form: changed ? kept : before,
    changed,
    change: (part) => {
      // What was typed while something was waited for is in it as well.
      const latest = unsaved.getState().forms[name]
      const form = { ...(isLike(latest, before) ? latest : before), ...part }
      unsaved.getState().put(name, JSON.stringify(form) === JSON.stringify(before) ? undefined : form)
    },
    forget: () => unsaved.getState().put(name, undefined),
    discard: () => discardForm(workspace, name),
  }
}

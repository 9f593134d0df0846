import type { Workspace } from '../workspace.ts'

/** Gives up what is typed in a form and not saved, and offers to bring it back; what was typed meanwhile stays. */
export function discardForm({ unsaved, toasts }: Pick<Workspace, 'unsaved' | 'toasts'>, form: string): void {
  const typed = unsaved.getState().forms[form]
  if (typed === undefined) return
  unsaved.getState().put(form, undefined)
  toasts.getState().offer('Changes discarded.', {
    label: 'Undo',
    run: () => {
      if (unsaved.getState().forms[form] === undefined) unsaved.getState().put(form, typed)
    },
  })
}

import { useState } from 'react'
import type { ConnectionView } from '@contract/connections.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { blankForm, formOf, type ConnectionForm } from './connection-form.ts'

/** The dialog's form, kept with the tabs from the first keystroke on until it is saved: closing the dialog, a lock and
 *  the end of the window lose nothing. What is kept is sealed; without a vault it lasts as long as the window. */
export function useKeptForm(connection: ConnectionView | undefined) {
  const { unsaved } = useWorkspace()
  const name = connection ? `connect:${connection.id}` : 'connect'
  const before = connection ? formOf(connection) : blankForm
  const [kept] = useState(() => keptForm(unsaved.getState().forms[name], before))
  const [state, setState] = useState({ form: kept ?? before, resumed: kept !== undefined })
  function put(form: ConnectionForm): void {
    const same = JSON.stringify(form) === JSON.stringify(before)
    unsaved.getState().put(name, same ? undefined : form)
  }
  return {
    ...state,
    setForm: (next: (now: ConnectionForm) => ConnectionForm): void =>
      setState((now) => {
        const form = next(now.form)
        put(form)
        return { ...now, form }
      }),
    startOver: (): void => {
      unsaved.getState().put(name, undefined)
      setState({ form: before, resumed: false })
    },
    /** It was saved. */
    done: (): void => unsaved.getState().put(name, undefined),
  }
}

/** A form as it was kept, where it still fits: of the same connection, and every text is one. */
export function keptForm(kept: unknown, before: ConnectionForm): ConnectionForm | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined
  const members = new Map<string, unknown>(Object.entries(kept))
  if (members.get('id') !== before.id) return undefined
  const fits = Object.entries(blankForm).every(([key, value]) => typeof members.get(key) === typeof value)
  return fits ? { ...before, ...kept } : undefined
}

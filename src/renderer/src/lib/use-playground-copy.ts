import type { InputOf } from '@calls/call'
import type { Calls } from '@calls/calls'
import { useWorkspace } from './workspace.ts'

type Wish = InputOf<Calls['playground:copy']>

/** Puts something of the playground on the clipboard, and says so. */
export function usePlaygroundCopy() {
  const { bridge, toasts } = useWorkspace()
  return async (wish: Wish, name: string): Promise<void> => {
    const answer = await bridge.call['playground:copy'](wish)
    if (answer.ok) toasts.getState().show(`${name} copied.`, 'ok')
    else toasts.getState().fail(answer.error)
  }
}

import { useWorkspace } from '../../../lib/workspace.ts'

/** Saves a body to a file that the user picks, and says where it is. */
export function useSaveBody(id: string): () => Promise<void> {
  const { bridge, toasts } = useWorkspace()
  return async () => {
    const answer = await bridge.call['exchanges:save-body']({ id })
    if (!answer.ok) toasts.getState().fail(answer.error)
    else if (answer.value.file) toasts.getState().show(`Saved to ${answer.value.file}.`, 'ok')
  }
}

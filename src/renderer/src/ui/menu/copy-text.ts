import { mostCopied } from '@contract/words.ts'
import { useWorkspace } from '../../lib/workspace.ts'

/** Copies text that is on the screen, and says so. */
export function useCopyText(): (text: string, says: string) => Promise<void> {
  const { bridge, toasts } = useWorkspace()
  return async (text, says) => {
    if (text === '') return toasts.getState().show('There is nothing to copy: the value is empty.')
    if (text.length > mostCopied)
      return toasts.getState().fail({
        code: 'body_too_large',
        message: 'The value is too large for the clipboard.',
        next: 'Save the body to a file.',
      })
    const answer = await bridge.call['app:copy-text']({ text })
    if (answer.ok) toasts.getState().show(says, 'ok')
    else toasts.getState().fail(answer.error)
  }
}

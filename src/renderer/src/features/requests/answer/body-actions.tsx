import { Copy, Download } from 'lucide-react'
import { useWorkspace } from '../../../lib/workspace.ts'
import { IconButton } from '../../../ui/button.tsx'
import { useSaveBody } from './use-save-body.ts'
import css from './response-body.module.css'

/** What is done with a body as a whole. */
export function BodyActions({ id }: { id: string }) {
  const { bridge, toasts } = useWorkspace()
  async function copy(): Promise<void> {
    const answer = await bridge.call['exchanges:copy-body']({ id })
    if (answer.ok) toasts.getState().show('Body copied.', 'ok')
    else toasts.getState().fail(answer.error)
  }
  const save = useSaveBody(id)
  return (
    <span className={css.actions}>
      <IconButton label="Copy body" onClick={() => void copy()}>
        <Copy />
      </IconButton>
      <IconButton label="Save body…" onClick={() => void save()}>
        <Download />
      </IconButton>
    </span>
  )
}

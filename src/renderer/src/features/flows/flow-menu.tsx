import { Copy, Download, Trash2 } from 'lucide-react'
import type { FlowSummary } from '@contract/flows.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { MenuAction, MenuLine } from '../../ui/menu/menu.tsx'
import { exportFlow } from './actions.ts'
import { flows } from './store.ts'

/** What can be done with a flow without opening it. A deleted one is in the bin. */
export function FlowMenu({ flow }: { flow: FlowSummary }) {
  const workspace = useWorkspace()
  const remove = flows.use((state) => state.remove)
  const { id } = flow
  async function onRemove(): Promise<void> {
    const failure = await remove(id)
    if (failure) workspace.toasts.getState().fail(failure)
    else workspace.tabs.getState().drop(`flow:${id}`)
  }
  return (
    <>
      <MenuAction
        icon={<Copy />}
        onPick={() => void exportFlow(workspace, { id, format: 'mermaid', to: 'clipboard' }, 'Diagram')}
      >
        Copy as Mermaid
      </MenuAction>
      <MenuAction
        icon={<Download />}
        onPick={() => void exportFlow(workspace, { id, format: 'har', to: 'file' }, 'HAR')}
      >
        Save as HAR…
      </MenuAction>
      <MenuLine />
      <MenuAction icon={<Trash2 />} danger onPick={() => void onRemove()}>
        Delete the flow
      </MenuAction>
    </>
  )
}

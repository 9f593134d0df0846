import { CopyPlus } from 'lucide-react'
import type { ConnectionView } from '@contract/connections.ts'
import { useDirectory, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Menu, MenuAction, MenuLabel } from '../../../ui/menu/menu.tsx'

/** Copies a connection to another environment, where there is one. */
export function CopyConnection({ connection }: { connection: ConnectionView }) {
  const { bridge, toasts } = useWorkspace()
  const environments = useDirectory((state) => state.environments)
  const others = environments.filter(({ current }) => !current)
  if (others.length === 0) return null
  async function copyTo(environmentId: string, name: string): Promise<void> {
    const answer = await bridge.call['connections:copy']({ id: connection.id, environmentId })
    if (answer.ok) toasts.getState().show(`Copied to ${name}. Sign in there.`, 'ok')
    else toasts.getState().fail(answer.error)
  }
  return (
    <Menu
      trigger={
        <Button look="quiet" icon={<CopyPlus />}>
          Copy to…
        </Button>
      }
    >
      <MenuLabel>Environment</MenuLabel>
      {others.map(({ id, name }) => (
        <MenuAction key={id} onPick={() => void copyTo(id, name)}>
          {name}
        </MenuAction>
      ))}
    </Menu>
  )
}

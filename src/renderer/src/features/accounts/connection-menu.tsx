import { LogIn, Pencil, Trash2 } from 'lucide-react'
import { asksForm, grantOf, grantTable } from '@contract/tables/grants.ts'
import type { ConnectionView } from '@contract/connections.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { MenuAction, MenuLine } from '../../ui/menu/menu.tsx'
import { openConnection, removeConnection } from './actions.ts'

/** What can be done with a connection without opening it. A deleted one is in the bin. */
export function ConnectionMenu({ connection, onEdit }: { connection: ConnectionView; onEdit: () => void }) {
  const workspace = useWorkspace()
  const grant = grantOf(connection.settings)
  function signIn(): void {
    openConnection(workspace, connection)
    if (!asksForm(grant)) void workspace.directory.getState().signIn(connection.id)
  }
  return (
    <>
      {!connection.unreadable && (
        <>
          <MenuAction icon={<LogIn />} onPick={signIn}>
            {grantTable[grant].action}
          </MenuAction>
          <MenuAction icon={<Pencil />} onPick={onEdit}>
            Edit…
          </MenuAction>
        </>
      )}
      <MenuLine />
      <MenuAction icon={<Trash2 />} danger onPick={() => void removeConnection(workspace, connection.id)}>
        Delete the connection
      </MenuAction>
    </>
  )
}

import { ChevronsUpDown, Settings2 } from 'lucide-react'
import { switchEnvironment } from '../lib/environment.ts'
import { useDirectory, useSession, useWorkspace } from '../lib/workspace.ts'
import { Menu, MenuAction, MenuLabel, MenuPick, MenuPickItem } from '../ui/menu/menu.tsx'
import css from './status-bar.module.css'

/** Which environment one works in, and the way to another. */
export function EnvironmentMenu() {
  const workspace = useWorkspace()
  const { tabs } = workspace
  const current = useSession((state) => state.boot?.environment)
  const known = useDirectory((state) => state.environments)

  function use(id: string): void {
    if (id !== current?.id) void switchEnvironment(workspace, id)
  }
  if (!current) return null
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={css.vault}>
          <span className="visually-hidden">Environment: </span>
          <span aria-hidden="true">env</span> <strong>{current.name}</strong>{' '}
          <ChevronsUpDown className={css.lock} aria-hidden="true" />
        </button>
      }
    >
      <MenuLabel>Environment</MenuLabel>
      <MenuPick value={current.id} onPick={use}>
        {known.map(({ id, name }) => (
          <MenuPickItem key={id} value={id}>
            {name}
          </MenuPickItem>
        ))}
      </MenuPick>
      <MenuAction icon={<Settings2 />} onPick={() => tabs.getState().showSettings('environments')}>
        Environments and variables…
      </MenuAction>
    </Menu>
  )
}

import { ChevronDown, Undo2 } from 'lucide-react'
import { nameTabs } from '../../lib/tabs/tab-names.ts'
import { useDirectory, useTabs } from '../../lib/workspace.ts'
import { Menu, MenuAction, MenuLabel, MenuPick, MenuPickItem } from '../../ui/menu/menu.tsx'
import { TabLead } from './tab-lead.tsx'
import css from './tab-strip.module.css'

/** Every open tab, for when the strip is too short for all of them. */
export function AllTabs() {
  const tabs = useTabs((state) => state.tabs)
  const activeId = useTabs((state) => state.activeId)
  const activate = useTabs((state) => state.activate)
  const reopen = useTabs((state) => state.reopen)
  const reopenable = useTabs((state) => state.closed.length > 0)
  const accounts = useDirectory((state) => state.accounts)
  const connections = useDirectory((state) => state.connections)
  const names = nameTabs(tabs, { accounts, connections })
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={css.all}
          aria-label={`All ${tabs.length} tabs`}
          title={`All ${tabs.length} tabs`}
        >
          <ChevronDown aria-hidden="true" />
        </button>
      }
    >
      <MenuLabel>Open tabs</MenuLabel>
      <MenuPick value={activeId ?? ''} onPick={activate}>
        {tabs.map((tab, index) => (
          <MenuPickItem key={tab.id} value={tab.id}>
            <TabLead tab={tab} />
            <span className="clip">{tab.face.title}</span>
            {names[index]?.detail && <span className="faint">{names[index].detail}</span>}
          </MenuPickItem>
        ))}
      </MenuPick>
      {reopenable && (
        <MenuAction icon={<Undo2 />} keys="Ctrl Shift T" onPick={reopen}>
          Reopen closed tab
        </MenuAction>
      )}
    </Menu>
  )
}

import { ArrowLeft, ArrowRight, ListX, PanelRightClose, Pin, Undo2, X } from 'lucide-react'
import type { Tab } from '../../lib/tabs/tab.ts'
import { useTabs } from '../../lib/workspace.ts'
import { MenuAction, MenuLine, PointMenu } from '../../ui/menu/menu.tsx'

interface Props {
  tab: Tab
  at: { x: number; y: number }
  onClose: () => void
}

/** What can be done with a tab and its neighbours. */
export function TabMenu({ tab, at, onClose }: Props) {
  const place = useTabs((state) => state.tabs.findIndex(({ id }) => id === tab.id))
  const count = useTabs((state) => state.tabs.length)
  const reopenable = useTabs((state) => state.closed.length > 0)
  const { pin, move, close, closeOthers, closeRight, reopen } = useTabs((state) => state)
  const { id } = tab
  return (
    <PointMenu label={`Tab ${tab.face.title}`} at={at} onClose={onClose}>
      {tab.preview && (
        <MenuAction icon={<Pin />} onPick={() => pin(id)}>
          Keep open
        </MenuAction>
      )}
      {place > 0 && (
        <MenuAction icon={<ArrowLeft />} keys="Ctrl Shift PgUp" onPick={() => move(id, place - 1)}>
          Move left
        </MenuAction>
      )}
      {place < count - 1 && (
        <MenuAction icon={<ArrowRight />} keys="Ctrl Shift PgDn" onPick={() => move(id, place + 1)}>
          Move right
        </MenuAction>
      )}
      {(tab.preview || count > 1) && <MenuLine />}
      <MenuAction icon={<X />} keys="Ctrl W" onPick={() => close(id)}>
        Close
      </MenuAction>
      {count > 1 && (
        <MenuAction icon={<ListX />} onPick={() => closeOthers(id)}>
          Close others
        </MenuAction>
      )}
      {place < count - 1 && (
        <MenuAction icon={<PanelRightClose />} onPick={() => closeRight(id)}>
          Close to the right
        </MenuAction>
      )}
      {reopenable && (
        <>
          <MenuLine />
          <MenuAction icon={<Undo2 />} keys="Ctrl Shift T" onPick={reopen}>
            Reopen closed tab
          </MenuAction>
        </>
      )}
    </PointMenu>
  )
}

import { FolderOpen, FolderPlus, Library } from 'lucide-react'
import { useState } from 'react'
import type { Failure } from '@contract/result.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Menu, MenuAction } from '../../../ui/menu/menu.tsx'
import { CollectionDialog } from './collection-dialog.tsx'
import { collections } from './collections-store.ts'

/** Opening and making collections. */
export function CollectionsMenu() {
  const [asks, setAsks] = useState(false)
  const openFolder = useOpenCollection()
  return (
    <>
      <Menu
        trigger={
          <Button look="quiet" small icon={<Library />} aria-label="Collections" title="Collections" />
        }
      >
        <MenuAction icon={<FolderOpen />} onPick={openFolder}>
          Open a collection folder…
        </MenuAction>
        <MenuAction icon={<FolderPlus />} onPick={() => setAsks(true)}>
          New collection…
        </MenuAction>
      </Menu>
      {asks && <CollectionDialog question={{ kind: 'collection' }} onClose={() => setAsks(false)} />}
    </>
  )
}

/** Asks for a folder and opens it as a collection. */
export function useOpenCollection(): () => void {
  const { toasts } = useWorkspace()
  const open = collections.use((state) => state.open)
  function tell(failure: Failure | null): void {
    if (failure) toasts.getState().fail(failure)
  }
  return () => void open().then(tell)
}

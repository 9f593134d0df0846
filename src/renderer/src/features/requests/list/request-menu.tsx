import { Copy, CopyPlus, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Failure } from '@contract/result.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Menu, MenuAction } from '../../../ui/menu.tsx'
import { copyCurl } from '../actions.ts'
import { RowDialog, type RowQuestion } from './row-dialog.tsx'
import type { OpenRequest } from '../state.ts'
import { requests } from '../store.ts'
import css from '../editor/request-bar.module.css'

/** What else can be done with a request. */
export function RequestMenu({ request }: { request: OpenRequest }) {
  const workspace = useWorkspace()
  const [question, setQuestion] = useState<RowQuestion>()
  const duplicate = requests.use((state) => state.duplicate)
  const saved = requests.use((state) => state.saved.find(({ id }) => id === request.savedId))
  function notify(failure: Failure | null): void {
    const toasts = workspace.toasts.getState()
    if (failure) toasts.fail(failure)
    else toasts.show('Request duplicated.', 'ok')
  }
  return (
    <>
      <Menu
        trigger={
          <Button
            icon={<Ellipsis />}
            className={css.save}
            aria-label="More about this request"
            title="More"
          />
        }
      >
        <MenuAction icon={<Copy />} onPick={() => void copyCurl(workspace, request.draft)}>
          Copy as curl
        </MenuAction>
        {saved && (
          <>
            <MenuAction icon={<Pencil />} onPick={() => setQuestion({ kind: 'rename', request: saved })}>
              Rename…
            </MenuAction>
            <MenuAction icon={<CopyPlus />} onPick={() => void duplicate(saved.id).then(notify)}>
              Duplicate
            </MenuAction>
            <MenuAction
              icon={<Trash2 />}
              danger
              onPick={() => setQuestion({ kind: 'remove', request: saved })}
            >
              Delete request…
            </MenuAction>
          </>
        )}
      </Menu>
      {question && <RowDialog question={question} onClose={() => setQuestion(undefined)} />}
    </>
  )
}

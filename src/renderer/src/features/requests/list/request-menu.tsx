import { Copy, CopyPlus, Ellipsis, Pencil, Save, Tag, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { keysOf, shortcutOf, type Shortcut } from '../../../lib/shortcuts.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Menu, MenuAction } from '../../../ui/menu/menu.tsx'
import { copyCurl } from '../actions.ts'
import { CollectionDialog, type TreeQuestion } from '../collections/collection-dialog.tsx'
import { collections } from '../collections/collections-store.ts'
import { TagsDialog } from '../collections/tags-dialog.tsx'
import type { OpenRequest } from '../state.ts'
import css from '../editor/request-bar.module.css'

interface Props {
  request: Pick<OpenRequest, 'name' | 'draft' | 'file' | 'within'>
  onSave: () => void
}

/** What else can be done with a request. */
export function RequestMenu({ request, onSave }: Props) {
  const workspace = useWorkspace()
  const [question, setQuestion] = useState<TreeQuestion>()
  const [tagging, setTagging] = useState(false)
  const setTags = collections.use((state) => state.setTags)
  const duplicate = collections.use((state) => state.duplicate)
  const { file, name } = request
  const row = file && { collectionId: file.collectionId, path: file.path, kind: 'http' as const, name }
  function copy(): void {
    void copyCurl(workspace, request.draft, request.file ?? request.within)
  }
  function saveTags(tags: string[]): void {
    setTagging(false)
    if (!request.file) return
    void setTags(request.file, tags).then((failure) => failure && workspace.toasts.getState().fail(failure))
  }
  function rename(): void {
    if (row) setQuestion({ kind: 'rename', row })
  }
  function double(): void {
    if (row) void duplicate([row]).then((made) => 'code' in made && workspace.toasts.getState().fail(made))
  }
  const keys = useRef<Partial<Record<Shortcut, () => void>>>({})
  useEffect(() => {
    keys.current = { 'copy-curl': copy, ...(row && { rename, duplicate: double }) }
  })
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || document.querySelector('dialog[open], [role="menu"]')) return
      const act = keys.current[shortcutOf(event) ?? 'lock']
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
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
        <MenuAction icon={<Save />} keys={keysOf('save')} onPick={onSave}>
          Save
        </MenuAction>
        <MenuAction icon={<Copy />} keys={keysOf('copy-curl')} onPick={copy}>
          Copy as curl
        </MenuAction>
        {request.file && (
          <MenuAction icon={<Tag />} onPick={() => setTagging(true)}>
            Tags…
          </MenuAction>
        )}
        {row && (
          <>
            <MenuAction icon={<Pencil />} keys={keysOf('rename')} onPick={rename}>
              Rename…
            </MenuAction>
            <MenuAction icon={<CopyPlus />} keys={keysOf('duplicate')} onPick={double}>
              Duplicate
            </MenuAction>
            <MenuAction icon={<Trash2 />} danger onPick={() => setQuestion({ kind: 'remove', rows: [row] })}>
              Delete request…
            </MenuAction>
          </>
        )}
      </Menu>
      {(tagging || question) &&
        // Beside the form that this menu is in: what is submitted here is not to send the request.
        createPortal(
          <div onSubmit={(event) => event.stopPropagation()}>
            {tagging && request.file && (
              <TagsDialog place={request.file} onTags={saveTags} onClose={() => setTagging(false)} />
            )}
            {question && <CollectionDialog question={question} onClose={() => setQuestion(undefined)} />}
          </div>,
          document.body,
        )}
    </>
  )
}

import type { FileOfTab } from '../../../lib/tabs/file-of-tab.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { saveFile } from '../save.ts'
import { requests } from '../store.ts'
import { fileName } from './file-tabs.ts'
import css from '../editor/secrets-note.module.css'

/** What one has to know of the file that a request is from: changes made elsewhere, and what of it is not sent. */
export function FileNote({ tabId, file }: { tabId: string; file: FileOfTab }) {
  const workspace = useWorkspace()
  const takeFile = requests.use((state) => state.takeFile)
  const { outside, kept } = file
  function take(): void {
    void takeFile(tabId).then((failure) => failure && workspace.toasts.getState().fail(failure))
  }
  if (outside?.failure)
    return (
      <div className={css.note}>
        <Notice tone="warn" title="The file cannot be read now" next="Your draft is kept here.">
          {outside.failure.message}
        </Notice>
      </div>
    )
  if (outside)
    return (
      <div className={css.note}>
        <Notice
          tone="warn"
          title={`${fileName(file)} was changed elsewhere`}
          actions={
            <>
              <Button small onClick={() => void saveFile(workspace, tabId)}>
                Compare
              </Button>
              <Button small onClick={take}>
                Use the file’s version
              </Button>
            </>
          }
        >
          Your unsaved draft is kept. Nothing is written until you have seen both.
        </Notice>
      </div>
    )
  if (kept.length === 0) return null
  return (
    <div className={css.note}>
      <Notice title="Not all of this file is sent">
        Kept in the file, but not used by Gatehouse yet: {kept.join(', ')}.
      </Notice>
    </div>
  )
}

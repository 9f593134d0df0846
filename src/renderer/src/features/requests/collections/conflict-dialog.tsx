import { useMemo } from 'react'
import type { FileConflict } from '@contract/collections.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { saveFile } from '../save.ts'
import { requests } from '../store.ts'
import { lineDifference } from './line-difference.ts'
import css from './conflict-dialog.module.css'

/** Shows both versions of a file that was changed elsewhere; nothing is written before one of them is chosen. */
export function ConflictDialog({ tabId, conflict }: { tabId: string; conflict: FileConflict }) {
  const workspace = useWorkspace()
  const takeFile = requests.use((state) => state.takeFile)
  const close = requests.use((state) => state.endConflict)
  const { theirs, mine } = conflict
  const pairs = useMemo(() => lineDifference(theirs?.text ?? '', mine), [theirs, mine])
  function take(): void {
    void takeFile(tabId).then((failure) => failure && workspace.toasts.getState().fail(failure))
  }
  return (
    <Dialog
      wide
      title={theirs ? 'The file was changed elsewhere' : 'The file no longer exists'}
      onClose={close}
      footer={
        <>
          <Button onClick={close} data-first>
            Cancel
          </Button>
          {theirs && <Button onClick={take}>Use the file’s version</Button>}
          <Button look="danger" onClick={() => void saveFile(workspace, tabId, theirs?.version ?? null)}>
            {theirs ? 'Save with my draft' : 'Recreate the file'}
          </Button>
        </>
      }
    >
      <p>
        {theirs
          ? 'Nothing was written yet. The right side is what will be saved: what your draft does not contain, such as comments and scripts, stays as it is on disk.'
          : 'It was moved or deleted elsewhere. The draft in the tab is kept.'}
      </p>
      <div className={css.scroll} role="region" aria-label="Both versions" tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">On disk</th>
              <th scope="col">With my draft</th>
            </tr>
          </thead>
          <tbody>
            {pairs.map(({ left, right, same }, index) => (
              <tr key={index} data-same={same}>
                <Line text={left} sign={same ? '' : '−'} />
                <Line text={right} sign={same ? '' : '+'} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  )
}

function Line({ text, sign }: { text: string | undefined; sign: string }) {
  if (text === undefined) return <td className={css.none} />
  return (
    <td>
      <span className={css.sign}>{sign}</span>
      {text}
    </td>
  )
}

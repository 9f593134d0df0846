import { useId, useState } from 'react'
import type { Failure } from '@contract/result.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Confirm, Dialog } from '../../../ui/dialog.tsx'
import { Field, TextInput } from '../../../ui/field.tsx'
import { openFile } from '../actions.ts'
import { DefaultsDialog } from '../scope/defaults-dialog.tsx'
import { collections } from './collections-store.ts'
import { isFailure } from './file-tabs.ts'
import { namesOf } from './tree-moves.ts'
import { TagsDialog } from './tags-dialog.tsx'
import type { TreeRow } from './tree-rows.ts'

/** What a question needs to know of a row. */
type AskedRow = Pick<TreeRow, 'collectionId' | 'path' | 'kind' | 'name' | 'leftId'>

/** Milliseconds in which a deletion is not told to be under way. */
const longest = 700

/** What is asked before something of a collection is made, renamed or lost. */
export type TreeQuestion =
  | { kind: 'request' | 'folder' | 'defaults' | 'environment' | 'rename' | 'tags' | 'close'; row: AskedRow }
  | { kind: 'remove'; rows: readonly AskedRow[] }
  | { kind: 'collection' }

export function CollectionDialog({ question, onClose }: { question: TreeQuestion; onClose: () => void }) {
  const workspace = useWorkspace()
  const store = collections.use((state) => state)
  function done(work: Promise<Failure | null>): void {
    onClose()
    void work.then((failure) => failure && workspace.toasts.getState().fail(failure))
  }
  /** A folder of thousands takes a while, in which nothing else shows that it goes. */
  function remove(rows: readonly AskedRow[]): void {
    const timer = setTimeout(() => workspace.toasts.getState().show(`Deleting ${namesOf(rows)}…`), longest)
    done(store.remove(rows).finally(() => clearTimeout(timer)))
  }
  async function makeRequest(row: AskedRow, name: string): Promise<Failure | null> {
    const answer = await store.createRequest(row, name)
    if (isFailure(answer)) return answer
    openFile(workspace, answer)
    return null
  }
  switch (question.kind) {
    case 'collection':
      return (
        <NameDialog
          title="New collection"
          action="Choose a folder…"
          hint="A collection is a folder of files that a team can share. No token or secret is ever written into it."
          onName={(name) => done(store.create(name))}
          onClose={onClose}
        />
      )
    case 'request':
      return (
        <NameDialog
          title={`New request in “${question.row.name}”`}
          action="Create"
          onName={(name) => done(makeRequest(question.row, name))}
          onClose={onClose}
        />
      )
    case 'folder':
      return (
        <NameDialog
          title={`New folder in “${question.row.name}”`}
          action="Create"
          onName={(name) => done(store.createFolder(question.row, name))}
          onClose={onClose}
        />
      )
    case 'defaults': {
      const { collectionId, path } = question.row
      return <DefaultsDialog collectionId={collectionId} path={path} onClose={onClose} />
    }
    case 'environment':
      return (
        <NameDialog
          title={`New environment in “${question.row.name}”`}
          action="Create"
          hint="A file in the collection’s folder. It is selected right away."
          onName={(name) => done(store.createEnvironment(question.row.collectionId, name))}
          onClose={onClose}
        />
      )
    case 'rename':
      return (
        <NameDialog
          title={`Rename “${question.row.name}”`}
          action="Rename"
          name={question.row.name}
          hint="The name is changed inside the file. The file or folder itself keeps its own."
          onName={(name) => done(store.rename(question.row, name))}
          onClose={onClose}
        />
      )
    case 'tags':
      return (
        <TagsDialog
          place={question.row}
          onTags={(tags) => done(store.setTags(question.row, tags))}
          onClose={onClose}
        />
      )
    case 'remove': {
      const { rows } = question
      return (
        <Confirm
          title={`Delete ${namesOf(rows)}?`}
          action="Delete"
          onConfirm={() => remove(rows)}
          onClose={onClose}
        >
          <p>{whatGoes(rows)} moved to the bin. You can restore it from there for 30 days.</p>
        </Confirm>
      )
    }
    case 'close':
      return (
        <Confirm
          title={`Close “${question.row.name}”?`}
          action="Close"
          onConfirm={() => done(store.close(question.row.collectionId))}
          onClose={onClose}
        >
          <p>
            Its files stay where they are. Open the folder again to have it back, with the accounts you chose.
          </p>
        </Confirm>
      )
  }
}

function whatGoes(rows: readonly AskedRow[]): string {
  const folders = rows.filter(({ kind }) => kind === 'folder').length
  if (folders === 0) return rows.length === 1 ? 'The file is' : 'The files are'
  if (folders === rows.length) return `The ${folders === 1 ? 'folder' : 'folders'} and all files inside are`
  return 'The files, and the folders with all files inside, are'
}

interface NameProps {
  title: string
  action: string
  hint?: string
  name?: string
  onName: (name: string) => void
  onClose: () => void
}

function NameDialog({ title, action, hint, name = '', onName, onClose }: NameProps) {
  const form = useId()
  const [text, setText] = useState(name)
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" disabled={text.trim() === ''}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          onName(text.trim())
        }}
      >
        <Field label="Name" hint={hint}>
          <TextInput
            data-first
            required
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  )
}

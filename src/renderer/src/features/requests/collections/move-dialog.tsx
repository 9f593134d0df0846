import { useId, useState } from 'react'
import { folderOf } from '@contract/tables/item-kinds.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { collections } from './collections-store.ts'
import { namesOf, placesFor } from './tree-moves.ts'
import type { TreeRow } from './tree-rows.ts'

interface Props {
  rows: readonly TreeRow[]
  onMove: (folder: string) => void
  onClose: () => void
}

/** Asks which folder of their collection rows are moved to. */
export function MoveDialog({ rows, onMove, onClose }: Props) {
  const form = useId()
  const all = collections.use((state) => state.collections)
  const places = placesFor(rows, all)
  const now = rows.every(({ path }) => folderOf(path) === folderOf(rows[0]?.path ?? ''))
    ? folderOf(rows[0]?.path ?? '')
    : undefined
  const options = places.filter(({ path }) => path !== now)
  const [folder, setFolder] = useState(options[0]?.path)
  return (
    <Dialog
      title={`Move ${namesOf(rows)}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" disabled={folder === undefined}>
            Move
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (folder !== undefined) onMove(folder)
        }}
      >
        {folder === undefined ? (
          <p>There is no other folder in this collection. Create one first.</p>
        ) : (
          <Field
            label="To"
            hint="The files are moved on disk. A name that is taken there gets a number; nothing is overwritten."
          >
            <Select
              value={folder}
              options={options.map(({ path, label }) => [path, label] as const)}
              onPick={setFolder}
            />
          </Field>
        )}
      </form>
    </Dialog>
  )
}

import { useId, useState } from 'react'
import { folderOf } from '@contract/tables/item-kinds.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { collections } from './collections-store.ts'
import { namesOf, placesFor, type TreePlace } from './tree-moves.ts'
import type { TreeRow } from './tree-rows.ts'

interface Props {
  rows: readonly TreeRow[]
  onMove: (place: TreePlace) => void
  onClose: () => void
}

/** Asks which folder rows are moved to, of their collection or another one that is open. */
export function MoveDialog({ rows, onMove, onClose }: Props) {
  const form = useId()
  const all = collections.use((state) => state.collections)
  const places = placesFor(rows, all)
  const now = rows.every(({ path }) => folderOf(path) === folderOf(rows[0]?.path ?? ''))
    ? folderOf(rows[0]?.path ?? '')
    : undefined
  const own = rows[0]?.collectionId
  const options = places.filter(({ path, collectionId }) => path !== now || collectionId !== own)
  const [picked, setPicked] = useState(0)
  const place = options[picked]
  return (
    <Dialog
      title={`Move ${namesOf(rows)}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" disabled={place === undefined}>
            Move
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (place === undefined) return
          const { collectionId, path } = place
          onMove({ folder: path, before: null, ...(collectionId !== own && { into: collectionId }) })
        }}
      >
        {place === undefined ? (
          <p>There is no other folder. Create one, or open another collection, first.</p>
        ) : (
          <Field
            label="To"
            hint={
              place.collectionId === own
                ? 'The files are moved on disk. A name that is taken there gets a number; nothing is overwritten.'
                : 'The files are moved to that collection’s folder. Your accounts and secret values for them go along in your profile, never in the files.'
            }
          >
            <Select
              value={String(picked)}
              options={options.map(({ label }, index) => [String(index), label] as const)}
              onPick={(index) => setPicked(Number(index))}
            />
          </Field>
        )}
      </form>
    </Dialog>
  )
}

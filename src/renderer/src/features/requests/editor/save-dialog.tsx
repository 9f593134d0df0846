import { useId, useState } from 'react'
import type { RequestDraft } from '@contract/requests.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, TextInput } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { titleOf } from '../drafts.ts'

const hint = 'The account to call as and secret values stay in your vault; neither is written into the file.'

/** A folder of a collection, or the collection itself. */
interface SavePlace {
  collectionId: string
  path: string
  label: string
}

interface Props {
  draft: RequestDraft
  name: string
  /** Where it can go: folders of collections, the profile’s own collection first. */
  places: readonly SavePlace[]
  onSave: (name: string, place: SavePlace) => void
  onClose: () => void
}

export function SaveDialog({ draft, name, places, onSave, onClose }: Props) {
  const form = useId()
  const [text, setText] = useState(name || nameFrom(draft))
  const [chosen, setChosen] = useState('0')
  const place = places[Number(chosen)]
  return (
    <Dialog
      title="Save the request"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" disabled={text.trim() === '' || !place}>
            Save
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (place) onSave(text.trim(), place)
        }}
      >
        <Field label="Save in">
          <Select
            value={chosen}
            options={places.map(({ label }, at) => [String(at), label] as const)}
            onPick={setChosen}
          />
        </Field>
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

/** Without the query, which is rarely part of a name and may hold a secret. */
function nameFrom(draft: RequestDraft): string {
  return titleOf('', draft).split(/[?#]/, 1)[0] ?? ''
}

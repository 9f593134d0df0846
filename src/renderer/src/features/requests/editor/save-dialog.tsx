import { useId, useState } from 'react'
import type { RequestDraft } from '@contract/requests.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, TextInput } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { titleOf } from '../drafts.ts'

const intoProfile = 'The account to call as is saved with the request; its token is not.'
const intoFolder =
  'A file is created there. The account to call as and secret values stay on this computer and are not written to it.'

/** A folder of a collection, or the collection itself. */
interface SavePlace {
  collectionId: string
  path: string
  label: string
}

interface Props {
  title?: string
  draft: RequestDraft
  name: string
  /** Where else than among the saved requests it can go: folders of collections. */
  places?: readonly SavePlace[]
  onSave: (name: string, place?: SavePlace) => void
  onClose: () => void
}

export function SaveDialog({ title = 'Save the request', draft, name, places = [], onSave, onClose }: Props) {
  const form = useId()
  const [text, setText] = useState(name || nameFrom(draft))
  const [chosen, setChosen] = useState('')
  const place = places[Number(chosen || 'none')]
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" disabled={text.trim() === ''}>
            Save
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          onSave(text.trim(), place)
        }}
      >
        {places.length > 0 && (
          <Field label="Save in">
            <Select
              value={chosen}
              options={[
                ['', 'Saved requests'],
                ...places.map(({ label }, at) => [String(at), label] as const),
              ]}
              onPick={setChosen}
            />
          </Field>
        )}
        <Field label="Name" hint={place ? intoFolder : intoProfile}>
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

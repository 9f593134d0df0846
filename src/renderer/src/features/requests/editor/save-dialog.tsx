import { useId, useState } from 'react'
import type { RequestDraft } from '@contract/requests.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, TextInput } from '../../../ui/field.tsx'
import { titleOf } from '../drafts.ts'

interface Props {
  title?: string
  draft: RequestDraft
  name: string
  onSave: (name: string) => void
  onClose: () => void
}

export function SaveDialog({ title = 'Save the request', draft, name, onSave, onClose }: Props) {
  const form = useId()
  const [text, setText] = useState(name || titleOf('', draft))
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
          onSave(text.trim())
        }}
      >
        <Field label="Name" hint="The account to call as is saved with the request; its token is not.">
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

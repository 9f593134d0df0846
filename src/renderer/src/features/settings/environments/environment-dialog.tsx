import { useState, type SubmitEvent } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, TextInput } from '../../../ui/field.tsx'
import css from '../settings.module.css'

interface Props {
  title: string
  hint?: string
  name: string
  onSave: (name: string) => void
  onClose: () => void
}

/** Asks for the name of an environment. */
export function EnvironmentDialog({ title, hint, name, onSave, onClose }: Props) {
  const [text, setText] = useState(name)
  function save(event: SubmitEvent): void {
    event.preventDefault()
    if (text.trim() !== '') onSave(text.trim())
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="environment" disabled={text.trim() === ''}>
            Save
          </Button>
        </>
      }
    >
      <form id="environment" className={css.form} onSubmit={save}>
        <Field label="Name" hint={hint}>
          <TextInput
            data-first
            value={text}
            maxLength={200}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  )
}

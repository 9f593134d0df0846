import { useState, type SubmitEvent } from 'react'
import type { Failure } from '@contract/result.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, TextInput } from '../../../ui/field.tsx'
import { faultAt, FormFailure } from '../../../ui/form/form-failure.tsx'
import css from '../settings.module.css'

interface Props {
  title: string
  hint?: string
  name: string
  /** Answers why the name was not taken. */
  onSave: (name: string) => Promise<Failure | null>
  onClose: () => void
}

/** Asks for the name of an environment. */
export function EnvironmentDialog({ title, hint, name, onSave, onClose }: Props) {
  const [text, setText] = useState(name)
  const [failure, setFailure] = useState<Failure | null>(null)
  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (text.trim() !== '') setFailure(await onSave(text.trim()))
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
      <form id="environment" className={css.form} onSubmit={(event) => void save(event)}>
        <Field label="Name" hint={hint} error={faultAt(failure, 'environment_name_taken')}>
          <TextInput
            data-first
            value={text}
            maxLength={200}
            onChange={(event) => {
              setText(event.target.value)
              setFailure(null)
            }}
          />
        </Field>
        <FormFailure failure={failure} atFields={['environment_name_taken']} />
      </form>
    </Dialog>
  )
}

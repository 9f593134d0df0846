import { useId, useState } from 'react'
import type { MissingNames } from '@contract/collection-scope.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { PasswordInput } from '../../../ui/password-input.tsx'

interface Props {
  collectionId: string
  secret: MissingNames['secrets'][number]
  onClose: () => void
}

/** Asks for the value of a secret variable that a file declares. */
export function EnterSecretDialog({ collectionId, secret: { name, file, from }, onClose }: Props) {
  const { bridge } = useWorkspace()
  const form = useId()
  const [value, setValue] = useState('')
  const [error, setError] = useState<string>()
  async function save(): Promise<void> {
    const answer = await bridge.call['collections:enter-secret']({ collectionId, file, name, value })
    if (answer.ok) onClose()
    else setError(answer.error.message)
  }
  return (
    <Dialog
      title={`Enter ${name}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" disabled={value === ''}>
            Save
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field
          label="Value"
          hint={`Declared by ${from}. Kept in your vault, never in the folder.`}
          {...(error !== undefined && { error })}
        >
          <PasswordInput data-first autoComplete="off" value={value} onType={setValue} />
        </Field>
      </form>
    </Dialog>
  )
}

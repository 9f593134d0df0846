import { useId, useState } from 'react'
import { variableName } from '@contract/words.ts'
import { useEnvironment, useWorkspace } from '../../../../lib/workspace.ts'
import { Button } from '../../../../ui/button.tsx'
import { Dialog } from '../../../../ui/dialog.tsx'
import { Field, TextInput } from '../../../../ui/field.tsx'
import { coveredLabel, proposedName } from './covered-label.ts'

interface Props {
  which: { id: string; header: number }
  name: string
  shown: string
  onClose: () => void
}

const fits = new RegExp(`^${variableName}$`)

/** Asks for the name that a covered value is kept under, as a secret variable of the current environment. */
export function VariableDialog({ which, name, shown, onClose }: Props) {
  const form = useId()
  const { bridge, toasts } = useWorkspace()
  const environment = useEnvironment()
  const [text, setText] = useState(proposedName(name, shown))
  const chosen = text.trim()
  const replaces = environment?.variables.some((variable) => variable.name === chosen) === true

  async function onSave(): Promise<void> {
    const answer = await bridge.call['exchanges:keep-header']({ ...which, name: chosen })
    if (!answer.ok) return toasts.getState().fail(answer.error)
    toasts.getState().show(`Saved. Use {{${chosen}}} in requests and connections.`, 'ok')
    onClose()
  }
  return (
    <Dialog
      title="Save as a variable"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" disabled={!fits.test(chosen)}>
            {replaces ? 'Replace' : 'Save'}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (fits.test(chosen)) void onSave()
        }}
      >
        <Field
          label="Name"
          error={
            chosen === '' || fits.test(chosen)
              ? undefined
              : 'Start with a letter. Use only letters, digits, and _ . -'
          }
          hint={`${contents(name, coveredLabel(name, shown))} is saved as a secret variable of ${environment?.name ?? 'the current environment'}.${replaces ? ` The current value of ${chosen} is replaced.` : ''}`}
        >
          <TextInput
            data-first
            mono
            required
            maxLength={64}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  )
}

function contents(name: string, label: string): string {
  return name.toLowerCase() === 'set-cookie'
    ? `The value of the cookie (${label}), without its attributes,`
    : `The value of ${label}`
}

import { useEffect, useState } from 'react'
import type { TemplateView } from '@contract/connect.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Field, TextInput } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { templateAddress } from './connect-address.ts'
import css from './connect-dialog.module.css'

interface Props {
  busy: boolean
  onAddress: (address: string) => void
}

/** For those who know the product and not its issuer: choose it, fill in the blanks. */
export function TemplatePicker({ busy, onAddress }: Props) {
  const { bridge } = useWorkspace()
  const [templates, setTemplates] = useState<TemplateView[]>([])
  const [picked, setPicked] = useState('')
  const [blanks, setBlanks] = useState<Record<string, string>>({})
  useEffect(() => {
    void bridge.call['connect:templates']({}).then((answer) => {
      if (answer.ok) setTemplates(answer.value)
    })
  }, [bridge])
  const template = templates.find(({ id }) => id === picked)
  const address = template && templateAddress(template, blanks)
  return (
    <div className={css.template}>
      <Field label="Or choose a product">
        <Select
          value={picked}
          options={[['', 'Choose one…'], ...templates.map(({ id, name }) => [id, name] as const)]}
          onPick={(id) => {
            setPicked(id)
            setBlanks({})
            const chosen = templates.find((each) => each.id === id)
            const ready = chosen && chosen.blanks.length === 0 ? templateAddress(chosen, {}) : undefined
            if (ready) onAddress(ready)
          }}
        />
      </Field>
      {template?.blanks.map(({ id, label, example }) => (
        <Field key={id} label={label}>
          <TextInput
            mono
            placeholder={example}
            value={blanks[id] ?? ''}
            onChange={(event) => setBlanks({ ...blanks, [id]: event.target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              if (address) onAddress(address)
            }}
          />
        </Field>
      ))}
      {template && template.blanks.length > 0 && (
        <Button
          className={css.discover}
          busy={busy}
          disabled={!address}
          onClick={() => address && onAddress(address)}
        >
          Look up
        </Button>
      )}
    </div>
  )
}

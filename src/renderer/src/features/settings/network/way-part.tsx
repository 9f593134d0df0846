import { useState, type SubmitEvent } from 'react'
import type { WayView } from '@contract/network/network.ts'
import type { Result } from '@contract/result.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Field, TextInput } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { Part } from '../part.tsx'
import css from '../settings.module.css'

/** Says which way an address is reached. */
export function WayPart() {
  const { bridge } = useWorkspace()
  const [url, setUrl] = useState('')
  const [answer, setAnswer] = useState<Result<WayView> | null>(null)
  async function ask(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setAnswer(await bridge.call['network:way']({ url }))
  }
  return (
    <Part
      title="Test an address"
      says="The route a message would take with the saved settings. Nothing is sent."
    >
      <form className={css.form} onSubmit={(event) => void ask(event)}>
        <Field label="Address">
          <TextInput
            mono
            required
            placeholder="https://api.example.com"
            value={url}
            onChange={(event) => {
              setUrl(event.target.value)
              setAnswer(null)
            }}
          />
        </Field>
        <div className={css.row}>
          <Button type="submit">Show the route</Button>
          <span role="status">{answer?.ok === true && wordsFor(answer.value)}</span>
          {answer?.ok === true && answer.value.unchecked && <Tag tone="bad">TLS not checked</Tag>}
        </div>
        {answer?.ok === false && <Notice tone="bad" title={answer.error.message} next={answer.error.next} />}
      </form>
    </Part>
  )
}

function wordsFor({ proxy, address, certificate }: WayView): string {
  const direct = address === undefined ? 'Reached directly' : `Reached at ${address}`
  const way = proxy === undefined ? direct : `Through the proxy ${proxy}`
  return certificate === undefined ? way : `${way}, with the client certificate ${certificate}`
}

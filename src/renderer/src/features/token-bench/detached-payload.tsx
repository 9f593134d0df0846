import { Field, TextArea } from '../../ui/field.tsx'
import { bench } from './store.ts'

/** What was signed, where it is not in the token. */
export function DetachedPayload() {
  const token = bench.use((state) => state.token)
  const payload = bench.use((state) => state.payload)
  const attach = bench.use((state) => state.attach)
  const isDetached = token?.format === 'jws' && token.payload === null
  if (!isDetached && payload === '') return null
  return (
    <Field label="Detached payload" hint="Exactly as it was signed; blanks and line ends count.">
      <TextArea
        rows={3}
        placeholder="The text that travels beside the token"
        value={payload}
        onChange={(event) => void attach(event.target.value)}
      />
    </Field>
  )
}

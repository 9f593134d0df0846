import { jwtKindNames, jwtKinds, type JwtKind } from '@contract/tables/jwt-kinds.ts'
import { Field, Select } from '../../ui/field.tsx'
import { KeyFields } from './key-fields.tsx'
import { bench } from './store.ts'
import css from './token-bench.module.css'

const kinds = jwtKindNames.map((name) => [name, jwtKinds[name].label] as const)

/** By which rules the token is judged, and with which key its signature is checked. */
export function JudgeBar() {
  const token = bench.use((state) => state.token)
  const key = bench.use((state) => state.key)
  const keyView = bench.use((state) => state.keyView)
  const keyTrouble = bench.use((state) => state.keyTrouble)
  const judgeAs = bench.use((state) => state.judgeAs)
  const verifyWith = bench.use((state) => state.verifyWith)
  const kind = token?.format === 'jwt' ? token.kind : undefined
  if (kind === undefined) return null
  const { says, source } = jwtKinds[kind.id]
  return (
    <div className={css.judge} role="group" aria-label="How to judge it">
      <div className={css.kind}>
        <Field label="Judged as" hint={`${says} (${source})`}>
          <Select options={kinds} value={kind.id} onPick={(name) => void judgeAs(name as JwtKind)} />
        </Field>
        <p className="note">
          {kind.chosen
            ? 'You chose this kind.'
            : kind.id === 'plain'
              ? 'Nothing in it names a profile.'
              : `Recognized because ${kind.because}.`}
        </p>
      </div>
      <KeyFields
        value={key}
        onChange={(next) => void verifyWith(next)}
        view={keyView}
        trouble={keyTrouble}
        hint={
          keyView
            ? `Checked with ${keyView.says}.`
            : 'Checks the signature on this computer; the key is not kept.'
        }
        algorithms={[]}
      />
    </div>
  )
}

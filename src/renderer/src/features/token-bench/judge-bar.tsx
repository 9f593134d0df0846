import { jwtKindNames, jwtKinds, type JwtKind } from '@contract/tables/jwt-kinds.ts'
import { PenLine } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select/select.tsx'
import { DetachedPayload } from './detached-payload.tsx'
import { FetchedKey, FetchKeys } from './fetched-keys.tsx'
import { KeyFields } from './key-fields.tsx'
import { maker } from './make-store.ts'
import { bench } from './store.ts'
import { CommonSecrets } from './common-secrets.tsx'
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
  const begin = maker.use((state) => state.beginFrom)
  const change = maker.use((state) => state.change)
  const show = bench.use((state) => state.show)
  const text = bench.use((state) => state.text)
  const pick = bench.use((state) => state.pick)
  const kind = token?.format === 'jwt' ? token.kind : undefined
  const isEncrypted = token?.format === 'jwe'
  if (kind === undefined && !isEncrypted && token?.format !== 'jws') return null
  async function onEdit(): Promise<void> {
    if (!(await begin(text, pick))) return
    if (keyView?.canSign) change({ key })
    show('make')
  }
  const isHmac = token?.format === 'jwt' && token.algorithm.startsWith('HS')
  return (
    <div className={css.judge} role="group" aria-label="How to check it">
      <div className={css.kind}>
        {kind === undefined ? (
          <p className="note">
            {isEncrypted
              ? 'Enter the recipient’s key to read what is inside.'
              : 'Signed data that is not a JWT: only its signature is checked.'}
          </p>
        ) : (
          <>
            <Field label="Check as" hint={`${jwtKinds[kind.id].says} (${jwtKinds[kind.id].source})`}>
              <Select options={kinds} value={kind.id} onPick={(name) => void judgeAs(name as JwtKind)} />
            </Field>
            <p className="note">
              {kind.chosen
                ? 'You chose this kind.'
                : kind.id === 'plain'
                  ? 'Nothing in it names a profile.'
                  : `Recognized because ${kind.because}.`}
            </p>
            {token?.envelopes === undefined && (
              <Button small icon={<PenLine />} onClick={() => void onEdit()}>
                Edit and sign again
              </Button>
            )}
          </>
        )}
        <DetachedPayload />
      </div>
      <div>
        {key.source ? (
          <FetchedKey />
        ) : (
          <KeyFields
            value={key}
            onChange={(next) => void verifyWith(next)}
            view={keyView}
            trouble={keyTrouble}
            hint={
              keyView
                ? `Checked with ${keyView.says}.`
                : isEncrypted
                  ? 'Decrypts on this computer; the key is not kept.'
                  : 'Checks the signature on this computer; the key is not kept.'
            }
            algorithms={[]}
          />
        )}
        {isHmac && <CommonSecrets />}
        {!key.source && !isHmac && !isEncrypted && <FetchKeys />}
      </div>
    </div>
  )
}

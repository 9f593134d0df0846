import { useEffect } from 'react'
import { PenLine, ScanText, Send } from 'lucide-react'
import { keyIn, optionsOf } from '@contract/tables/keys-of.ts'
import { contentEncryptionNames, contentEncryptions, tokenFormTable } from '@contract/tables/token-forms.ts'
import { tokenTemplates } from '@contract/tables/token-templates.ts'
import { Button } from '../../ui/button.tsx'
import { CodeEditor } from '../../ui/code/code-editor.tsx'
import { Field, Switch, TextInput } from '../../ui/field.tsx'
import { Select } from '../../ui/select/select.tsx'
import { TokenArea } from '../../ui/token/token-area.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useWorkspace } from '../../lib/workspace.ts'
import { callAsToken } from './make/call-as-token.ts'
import { SizeNote } from './make/size-note.tsx'
import { KeyFields } from './key-fields.tsx'
import { maker } from './make-store.ts'
import { bench } from './store.ts'
import { isGiven } from './bench-input.ts'
import css from './token-bench.module.css'

const templates = tokenTemplates.map(({ id, label }) => [id, label] as const)
const forms = optionsOf(tokenFormTable, (label) => label)
const encryptions = contentEncryptionNames.map((name) => [name, name] as const)
const recipients = ['RSA-OAEP-256', 'ECDH-ES', 'dir', 'A256GCMKW'] as const
const common = ['HS256', 'RS256', 'PS256', 'ES256', 'EdDSA'] as const

/** Makes a signed token: payload, key, and the token. */
export function MakeToken() {
  const { form, encrypts, recipient, enc, disclosable } = maker.use((state) => state)
  const { template, header, payload, key, made, failure, busy, begin, change, sign } = maker.use(
    (state) => state,
  )
  const names = maker.use((state) => state.names)
  const loadNames = maker.use((state) => state.loadNames)
  useEffect(() => void loadNames(), [loadNames])
  const read = bench.use((state) => state.inspect)
  const verifyWith = bench.use((state) => state.verifyWith)
  const show = bench.use((state) => state.show)
  const workspace = useWorkspace()
  async function readIt(): Promise<void> {
    show('read')
    await verifyWith(encrypts ? recipient : key)
    await read(made)
  }
  return (
    <div className={css.make}>
      <h1 className="visually-hidden">Make a token</h1>
      <div className={css.parts}>
        <Field
          label="Begin with"
          hint="exp, nbf, iat and auth_time accept expressions: now, now + 1h, now - 5m."
        >
          <Select options={templates} value={template} onPick={begin} />
        </Field>
        <section aria-label="Payload" className={css.part}>
          <h2>
            Payload <SizeNote />
          </h2>
          <div className={css.editor}>
            <CodeEditor
              label="Payload"
              language="json"
              text={payload}
              names={names.claims}
              onChange={(text) => change({ payload: text })}
              onSubmit={() => void sign()}
            />
          </div>
        </section>
        <section aria-label="Header" className={css.part}>
          <h2>Header</h2>
          <div className={css.small}>
            <CodeEditor
              label="Header"
              language="json"
              text={header}
              names={names.header}
              onChange={(text) => change({ header: text })}
              onSubmit={() => void sign()}
            />
          </div>
          <p className="note">alg is added by the key and the algorithm.</p>
        </section>
      </div>
      <div className={css.parts}>
        <KeyFields
          value={key}
          onChange={(next) => change({ key: next })}
          view={null}
          trouble={null}
          hint="A secret for HS256, or a private key. It is used once and not kept."
          algorithms={common}
        />
        <details className={css.further}>
          <summary>Format, encryption and disclosures</summary>
          <Field label="Form">
            <Select
              options={forms}
              value={form}
              onPick={(next) => change({ form: keyIn(tokenFormTable, next) ?? 'compact' })}
            />
          </Field>
          <Switch
            label="Encrypt"
            hint="Signed first if there is a signing key, then encrypted (RFC 7519 section 11.2)."
            checked={encrypts}
            onChange={(next) => change({ encrypts: next })}
          />
          {encrypts && (
            <div role="group" aria-label="Recipient" className={css.parts}>
              <KeyFields
                value={recipient}
                onChange={(next) => change({ recipient: next })}
                view={null}
                trouble={null}
                hint="The recipient’s public key, or a secret that you share."
                algorithms={recipients}
              />
              <Field label="Content encryption">
                <Select
                  options={encryptions}
                  value={enc}
                  onPick={(next) => change({ enc: keyIn(contentEncryptions, next) ?? 'A256GCM' })}
                />
              </Field>
            </div>
          )}
          <Field
            label="Selectively disclosable claims"
            hint="Makes an SD-JWT (RFC 9901). Separate claim names with spaces."
          >
            <TextInput
              mono
              value={disclosable}
              onChange={(event) => change({ disclosable: event.target.value })}
            />
          </Field>
        </details>
        <Button look="primary" icon={<PenLine />} busy={busy} onClick={() => void sign()}>
          {isGiven(key) || !encrypts ? (encrypts ? 'Sign and encrypt' : 'Sign') : 'Encrypt'}
        </Button>
        <div aria-live="polite" className={css.made}>
          {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
          {made !== '' && (
            <>
              <Field label={encrypts ? 'Encrypted token' : 'Signed token'} hint={`${made.length} characters`}>
                <TokenArea readOnly rows={6} value={made} onFocus={(event) => event.target.select()} />
              </Field>
              <div className={css.ways}>
                <Button icon={<ScanText />} onClick={() => void readIt()}>
                  {encrypts ? 'Read it' : 'Read it with this key'}
                </Button>
                {form === 'compact' && (
                  <Button icon={<Send />} onClick={() => callAsToken(workspace, made)}>
                    Call with this token
                  </Button>
                )}
              </div>
            </>
          )}
        </div>
      </div>
    </div>
  )
}

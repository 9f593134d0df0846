import { PenLine, ScanText } from 'lucide-react'
import { tokenTemplates } from '@contract/tables/token-templates.ts'
import { Button } from '../../ui/button.tsx'
import { CodeEditor } from '../../ui/code/code-editor.tsx'
import { Field, Select } from '../../ui/field.tsx'
import { TokenArea } from '../../ui/token/token-area.tsx'
import { Notice } from '../../ui/notice.tsx'
import { KeyFields } from './key-fields.tsx'
import { maker } from './make-store.ts'
import { bench } from './store.ts'
import css from './token-bench.module.css'

const templates = tokenTemplates.map(({ id, label }) => [id, label] as const)
const common = ['HS256', 'RS256', 'PS256', 'ES256', 'EdDSA'] as const

/** Makes a signed token: payload, key, and the token. */
export function MakeToken() {
  const { template, header, payload, key, made, failure, busy, begin, change, sign } = maker.use(
    (state) => state,
  )
  const read = bench.use((state) => state.inspect)
  const verifyWith = bench.use((state) => state.verifyWith)
  const show = bench.use((state) => state.show)
  async function readIt(): Promise<void> {
    show('read')
    await verifyWith(key)
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
          <h2>Payload</h2>
          <div className={css.editor}>
            <CodeEditor
              label="Payload"
              language="json"
              text={payload}
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
        <Button
          look="primary"
          icon={<PenLine />}
          busy={busy}
          disabled={key.text === ''}
          onClick={() => void sign()}
        >
          Sign
        </Button>
        <div aria-live="polite" className={css.made}>
          {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
          {made !== '' && (
            <>
              <Field label="Signed token" hint={`${made.length} characters`}>
                <TokenArea readOnly rows={6} value={made} onFocus={(event) => event.target.select()} />
              </Field>
              <Button icon={<ScanText />} onClick={() => void readIt()}>
                Read it with this key
              </Button>
            </>
          )}
        </div>
      </div>
    </div>
  )
}

import { ClipboardPaste, X } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TokenPanel } from '../../ui/token/token-panel.tsx'
import { bench } from './store.ts'
import css from './token-bench.module.css'

const formats = {
  jwt: 'signed JWT',
  jwe: 'encrypted JWT',
  opaque: 'opaque token',
  malformed: 'not a sound token',
}

/** Paste any token and read it. Nothing is kept and nothing is sent. */
export const TokenBenchPage = () => {
  const { text, token, failure } = {
    text: bench.use((state) => state.text),
    token: bench.use((state) => state.token),
    failure: bench.use((state) => state.failure),
  }
  const inspect = bench.use((state) => state.inspect)
  const clear = bench.use((state) => state.clear)
  return (
    <div className={css.page}>
      <section className={css.paste} aria-label="Token">
        <div className={css.head}>
          <h1>
            {token
              ? `This is ${token.format === 'jwe' || token.format === 'opaque' ? 'an' : token.format === 'jwt' ? 'a' : ''} ${formats[token.format]}`
              : 'Read a token'}
          </h1>
          <span className="grow faint">Decoded on this computer, offline; the text is not kept.</span>
          {text !== '' && (
            <Button small icon={<X />} onClick={clear}>
              Clear
            </Button>
          )}
        </div>
        <TextArea
          aria-label="Token to decode"
          autoFocus
          rows={token ? 4 : 7}
          placeholder="Paste a token here: a JWT, an encrypted one, or anything that should be one. “Bearer ” in front does not matter."
          value={text}
          onChange={(event) => void inspect(event.target.value)}
        />
      </section>
      <div className={css.result} aria-live="polite">
        {failure && (
          <div className={css.teach}>
            <Notice tone="bad" title={failure.message} next={failure.next} />
          </div>
        )}
        {token && <TokenPanel token={token} />}
        {!token && !failure && (
          <div className={css.teach}>
            <ClipboardPaste aria-hidden="true" />
            <ul>
              <li>Header and claims in plain words, times as dates and as a countdown.</li>
              <li>Defects by name: wrong padding, white space inside, a missing part, doubled claims.</li>
              <li>
                The signature of a pasted token is not checked: its provider would have to be asked. Tokens of
                your accounts are checked on their own pages.
              </li>
            </ul>
          </div>
        )}
      </div>
    </div>
  )
}

import { X } from 'lucide-react'
import type { TokenView } from '@contract/tokens.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Tag } from '../../ui/tag.tsx'
import { TokenArea } from '../../ui/token/token-area.tsx'
import { TokenPanel } from '../../ui/token/token-panel.tsx'
import { CompareBar } from './compare-bar.tsx'
import { EmptyBench } from './empty-bench.tsx'
import { FoundBar } from './found-bar.tsx'
import { JudgeBar } from './judge-bar.tsx'
import { MakeToken } from './make-token.tsx'
import { isSample } from './sample.ts'
import { bench } from './store.ts'
import css from './token-bench.module.css'

const titles: Record<TokenView['format'], string> = {
  jwt: 'This is a JWT',
  jwe: 'This is an encrypted JWT',
  opaque: 'This is an opaque token',
  malformed: 'This is not a valid token',
}

const tasks = [
  ['read', 'Read'],
  ['make', 'Make'],
] as const

/** Paste any token and read it, or make one. Nothing is kept, and nothing is sent. */
export function TokenBenchPage() {
  const task = bench.use((state) => state.task)
  const show = bench.use((state) => state.show)
  return (
    <div className={css.page}>
      <div className={css.tasks}>
        <Choice
          legend="What to do"
          value={task}
          options={tasks}
          onPick={(next) => show(next === 'make' ? 'make' : 'read')}
        />
      </div>
      {task === 'make' ? <MakeToken /> : <ReadToken />}
    </div>
  )
}

function ReadToken() {
  const text = bench.use((state) => state.text)
  const token = bench.use((state) => state.token)
  const failure = bench.use((state) => state.failure)
  const inspect = bench.use((state) => state.inspect)
  const clear = bench.use((state) => state.clear)
  return (
    <>
      <section className={css.paste} aria-label="Token">
        <div className={css.head}>
          <h1>{token ? titles[token.format] : 'Read a token'}</h1>
          {isSample(text) && <Tag tone="accent">sample, not issued by anyone</Tag>}
          <span className="grow faint">Decoded on this computer, offline; the text is not kept.</span>
          {text !== '' && (
            <Button small icon={<X />} onClick={clear}>
              Clear
            </Button>
          )}
        </div>
        <TokenArea
          aria-label="Token to decode"
          autoFocus
          rows={4}
          placeholder="Paste a token, or anything with a token in it: a header, a URL, a curl command, a JSON document."
          value={text}
          onChange={(event) => void inspect(event.target.value)}
        />
      </section>
      <div className={css.result} aria-live="polite">
        {failure && (
          <div className={css.failure}>
            <Notice tone="bad" title={failure.message} next={failure.next} />
          </div>
        )}
        <FoundBar />
        <JudgeBar />
        <CompareBar />
        {token && <TokenPanel token={token} />}
        {text === '' && <EmptyBench />}
      </div>
    </>
  )
}

import { useEffect, useRef } from 'react'
import { X } from 'lucide-react'
import { benchToken } from '../../lib/tabs/bench-token.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Tag } from '../../ui/tag.tsx'
import { useTextFile } from '../../ui/text-file.tsx'
import { TokenArea } from '../../ui/token/token-area.tsx'
import { TokenPanel } from '../../ui/token/token-panel.tsx'
import { CompareBar } from './compare-bar.tsx'
import { CompareTokens } from './compare/compare-tokens.tsx'
import { EmptyBench } from './empty-bench.tsx'
import { FoundBar } from './found-bar.tsx'
import { JudgeBar } from './judge-bar.tsx'
import { KeyRing } from './key-ring.tsx'
import { MakeToken } from './make-token.tsx'
import { MarkList } from './mark-list.tsx'
import { TokenActions } from './token-actions.tsx'
import { isSample } from './sample.ts'
import { bench } from './store.ts'
import { VerdictBar } from './verdict-bar.tsx'
import { WhatIf } from './what-if.tsx'
import css from './token-bench.module.css'

const tasks = [
  ['read', 'Read'],
  ['make', 'Make'],
  ['compare', 'Compare'],
  ['keys', 'Key ring'],
] as const

/** Paste any token and read it, or make one. Nothing is kept, and nothing is sent. */
export function TokenBenchPage() {
  const task = bench.use((state) => state.task)
  const show = bench.use((state) => state.show)
  useHandedOver()
  return (
    <div className={css.page}>
      <div className={css.tasks}>
        <Choice
          legend="What to do"
          value={task}
          options={tasks}
          onPick={(next) => show(tasks.find(([name]) => name === next)?.[0] ?? 'read')}
        />
      </div>
      {task === 'make' && <MakeToken />}
      {task === 'compare' && <CompareTokens />}
      {task === 'keys' && <KeyRing />}
      {task === 'read' && <ReadToken />}
    </div>
  )
}

/** Reads the token that another room opened here. */
function useHandedOver(): void {
  const workspace = useWorkspace()
  const text = benchToken.use((state) => state.text)
  useEffect(() => {
    if (text === null) return
    benchToken.of(workspace).setState({ text: null })
    const { show, inspect } = bench.of(workspace).getState()
    show('read')
    void inspect(text)
  }, [workspace, text])
}

function ReadToken() {
  const text = bench.use((state) => state.text)
  const token = bench.use((state) => state.token)
  const failure = bench.use((state) => state.failure)
  const inspect = bench.use((state) => state.inspect)
  const clear = bench.use((state) => state.clear)
  const parts = bench.use((state) => state.parts)
  const marks = bench.use((state) => state.marks)
  const area = useRef<HTMLElement>(null)
  function select(start: number, end: number): void {
    const field = area.current?.querySelector('textarea')
    field?.focus()
    field?.setSelectionRange(start, end)
  }
  const { toasts } = useWorkspace()
  const { drop } = useTextFile((dropped) => void inspect(dropped))
  function onClear(): void {
    clear()
    toasts.getState().offer('Token cleared.', { label: 'Undo', run: () => void inspect(text) })
  }
  return (
    <>
      <section ref={area} className={css.paste} aria-label="Token" {...drop}>
        <div className={css.head}>
          <h1>Read a token</h1>
          {isSample(text) && <Tag tone="accent">sample, not issued by anyone</Tag>}
          {text === '' ? (
            <span className="grow clip faint">Decoded on this computer, offline; the text is not kept.</span>
          ) : (
            <div className={css.actions}>
              <TokenActions />
              <Button small icon={<X />} onClick={onClear}>
                Clear
              </Button>
            </div>
          )}
        </div>
        <TokenArea
          aria-label="Token to decode"
          autoFocus
          rows={4}
          placeholder="Paste a token, or anything with a token in it: a header, a URL, a curl command, a JSON document."
          value={text}
          {...(parts && { parts, marks })}
          onText={(next) => void inspect(next)}
        />
        <MarkList select={select} />
      </section>
      <div className={css.result} aria-live="polite">
        {failure && (
          <div className={css.failure}>
            <Notice tone="bad" title={failure.message} next={failure.next} />
          </div>
        )}
        {token && <VerdictBar token={token} />}
        <FoundBar />
        <JudgeBar />
        {token?.format === 'jwt' && (
          <div className={css.apart}>
            <WhatIf />
          </div>
        )}
        <CompareBar />
        {token && <TokenPanel token={token} marked={marks.length > 0} />}
        {text === '' && <EmptyBench />}
      </div>
    </>
  )
}

import { ClipboardPaste, Clock, FileWarning, ListTree, ScanText, ShieldCheck } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { OpenTextFile } from '../../ui/text-file.tsx'
import { PinList } from './pins/pin-list.tsx'
import { bench } from './store.ts'
import { sampleToken } from './sample.ts'
import css from './token-bench.module.css'

const shows = [
  [Clock, 'Lifetime', 'When it was issued, when it becomes valid, how long it lasts.'],
  [ListTree, 'Claims', 'Each in plain words, with times as dates and scopes one by one.'],
  [ShieldCheck, 'Checks', 'Issuer, audience, client, scope and signature, against a connection of yours.'],
  [FileWarning, 'Defects', 'By name and position: padding, white space, a missing part, duplicate claims.'],
] as const

/** What the bench does, and the ways to begin. */
export function EmptyBench() {
  const paste = bench.use((state) => state.paste)
  const inspect = bench.use((state) => state.inspect)
  const busy = bench.use((state) => state.busy)
  return (
    <div className={css.empty}>
      <div className={css.ways}>
        <Button look="primary" icon={<ClipboardPaste />} busy={busy === 'paste'} onClick={() => void paste()}>
          Paste from the clipboard
        </Button>
        <Button icon={<ScanText />} onClick={() => void inspect(sampleToken(Date.now()))}>
          Show a sample
        </Button>
        <OpenTextFile onText={(text) => void inspect(text)} />
      </div>
      <PinList />
      <h2 className={css.will}>What you will see</h2>
      <ul className={css.shows}>
        {shows.map(([Icon, name, says]) => (
          <li key={name}>
            <Icon aria-hidden="true" />
            <strong>{name}</strong>
            <span>{says}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

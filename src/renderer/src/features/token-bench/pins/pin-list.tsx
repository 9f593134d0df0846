import { useEffect } from 'react'
import { PinOff, ScanText } from 'lucide-react'
import type { PinView } from '@contract/tokens/bench.ts'
import { leftInWords } from '../../../lib/life.ts'
import { useNow } from '../../../lib/use-now.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { TextInput } from '../../../ui/field.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { bench } from '../store.ts'
import { pinned } from './pin-store.ts'
import css from './pins.module.css'

/** The tokens that were pinned, by name. */
export function PinList() {
  const pins = pinned.use((state) => state.pins)
  const load = pinned.use((state) => state.load)
  useEffect(() => void load(), [load])
  if (pins === null || pins.length === 0) return null
  return (
    <section className={css.pins} aria-label="Pinned tokens">
      <h2>Pinned</h2>
      <ul aria-label="Pinned tokens">
        {pins.map((pin) => (
          <PinRow key={pin.id} pin={pin} />
        ))}
      </ul>
    </section>
  )
}

function PinRow({ pin }: { pin: PinView }) {
  const { id, name } = pin
  const now = useNow()
  const read = pinned.use((state) => state.read)
  const rename = pinned.use((state) => state.rename)
  const remove = pinned.use((state) => state.remove)
  const inspect = bench.use((state) => state.inspect)
  async function onRead(): Promise<void> {
    const text = await read(id)
    if (text !== null) await inspect(text)
  }
  function onName(next: string): void {
    if (next.trim() !== name) void rename(id, next)
  }
  return (
    <li>
      {pin.readable ? (
        <TextInput
          aria-label={`Name of ${name}`}
          className={css.name}
          defaultValue={name}
          key={name}
          maxLength={80}
          onBlur={(event) => onName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur()
          }}
        />
      ) : (
        <span className={css.name}>{name}</span>
      )}
      {pin.readable ? (
        <span className={css.facts}>
          {pin.what} <span className="faint">· {leftInWords(pin.life, now)}</span>
        </span>
      ) : (
        <span className={css.facts}>
          <Tag tone="bad">unreadable</Tag> <span className="note">{pin.why.message}</span>
        </span>
      )}
      {pin.readable && (
        <Button small icon={<ScanText />} aria-label={`Read ${name}`} onClick={() => void onRead()}>
          Read
        </Button>
      )}
      <IconButton label={`Unpin ${name}`} onClick={() => void remove(id)}>
        <PinOff />
      </IconButton>
    </li>
  )
}

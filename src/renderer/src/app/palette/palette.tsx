import { Command } from 'cmdk'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { accounts, ConnectDialog } from '../../features/accounts/index.ts'
import { requests } from '../../features/requests/index.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { paletteGroups, type PaletteItem } from './palette-items.tsx'
import css from './palette.module.css'

/** Everything by its name: commands, requests, accounts, history. */
export function Palette({ onClose }: { onClose: () => void }) {
  const workspace = useWorkspace()
  const dialog = useRef<HTMLDialogElement>(null)
  const [connecting, setConnecting] = useState(false)
  const saved = requests.use((state) => state.saved)
  const history = requests.use((state) => state.history)
  const load = requests.use((state) => state.load)
  const refresh = accounts.use((state) => state.refresh)

  useLayoutEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
    element?.querySelector('input')?.focus()
    return () => element?.close()
  }, [])
  useEffect(() => void load(), [load])

  const groups = paletteGroups(workspace, { saved, history, refresh, connect: () => setConnecting(true) })
  function pick(item: PaletteItem): void {
    item.run()
    if (!item.staysOpen) onClose()
  }
  if (connecting) return <ConnectDialog onClose={onClose} />
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      aria-label="Command palette"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <Command label="Command palette" className={css.command} filter={rank} loop>
        <Command.Input
          className={css.input}
          placeholder="Search commands, requests, accounts, history"
          spellCheck={false}
        />
        <Command.List className={css.list} label="Results">
          <Command.Empty className={css.empty}>No results</Command.Empty>
          {groups
            .filter(({ items }) => items.length > 0)
            .map(({ title, items }) => (
              <Command.Group key={title} heading={title} className={css.group}>
                {items.map((item) => (
                  <Item key={item.id} item={item} onPick={pick} />
                ))}
              </Command.Group>
            ))}
        </Command.List>
      </Command>
    </dialog>
  )
}

/** Every word must be in the name or the detail; the beginning of the name, then of any word, comes first.
 *  A looser match would find almost everything in identifiers. */
function rank(_id: string, search: string, keywords: string[] = []): number {
  const text = keywords.join(' ').toLowerCase()
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.every((word) => text.includes(word))) return 0
  const first = words[0] ?? ''
  if (text.startsWith(first)) return 1
  return text.split(/[\s/]+/).some((part) => part.startsWith(first)) ? 0.8 : 0.5
}

function Item({ item, onPick }: { item: PaletteItem; onPick: (item: PaletteItem) => void }) {
  return (
    <Command.Item
      className={css.item}
      value={item.id}
      keywords={[item.name, item.detail ?? '']}
      onSelect={() => onPick(item)}
    >
      <span className={css.lead}>{item.lead}</span>
      <span className="clip">{item.name}</span>
      {item.detail && <span className={`grow clip ${css.detail}`}>{item.detail}</span>}
      {item.keys && <kbd className={css.keys}>{item.keys}</kbd>}
    </Command.Item>
  )
}

import { Command } from 'cmdk'
import { useEffect, useLayoutEffect, useRef, useState, type PointerEvent } from 'react'
import { accounts, ConnectDialog } from '../../features/accounts/index.ts'
import { CollectionDialog, collections, requests } from '../../features/requests/index.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import type { PaletteItem } from './palette-item.ts'
import { paletteGroups } from './palette-items.tsx'
import { rank } from './palette-rank.ts'
import css from './palette.module.css'

/** Everything by its name: commands, requests, accounts, history. */
export function Palette({ onClose }: { onClose: () => void }) {
  const workspace = useWorkspace()
  const dialog = useRef<HTMLDialogElement>(null)
  const pointer = useRef('')
  const [asked, setAsked] = useState<'connect' | 'collection' | null>(null)
  const all = collections.use((state) => state.collections)
  const loadCollections = collections.use((state) => state.load)
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
  useEffect(() => void loadCollections(), [loadCollections])

  const groups = paletteGroups(workspace, {
    collections: all,
    history,
    refresh,
    connect: () => setAsked('connect'),
    newCollection: () => setAsked('collection'),
  })
  function pick(item: PaletteItem): void {
    item.run()
    if (!item.staysOpen) onClose()
  }
  /** A pointer that only lies where the palette opens, or where its list scrolls, selects nothing: Enter would run a
   *  command that no one chose. The first place is where it was. */
  function onlyWhenMoved(event: PointerEvent): void {
    const place = `${event.clientX} ${event.clientY}`
    if (pointer.current === '' || pointer.current === place) event.stopPropagation()
    pointer.current = place
  }
  if (asked === 'connect') return <ConnectDialog onClose={onClose} />
  if (asked === 'collection') return <CollectionDialog question={{ kind: 'collection' }} onClose={onClose} />
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
      onPointerMoveCapture={onlyWhenMoved}
    >
      <Command
        label="Command palette"
        className={css.command}
        filter={(_id, search, [name = '', detail] = []) => rank(search, name, detail)}
        loop
      >
        <Command.Input
          className={css.input}
          placeholder="Search commands, settings, requests, accounts, history"
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

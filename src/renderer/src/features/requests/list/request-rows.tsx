import { useVirtualizer } from '@tanstack/react-virtual'
import {
  Copy,
  GitCompare,
  History,
  Link,
  Pin,
  PinOff,
  Send,
  SquareArrowOutUpRight,
  Trash2,
} from 'lucide-react'
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react'
import { dayName, pathOf, timeOfDay } from '../../../lib/format.ts'
import { useCopyText } from '../../../ui/menu/copy-text.ts'
import { keysOf, shortcutOf } from '../../../lib/shortcuts.ts'
import { useNow } from '../../../lib/use-now.ts'
import { useTabs, useWorkspace } from '../../../lib/workspace.ts'
import { PlaceAction, PlaceLabel, PlaceLine, PlaceMenu } from '../../../ui/menu/menu.tsx'
import { copyExchangeCurl, openExchange, previewExchange, sendAgain } from '../actions.ts'
import { ExchangeFace } from './row-faces.tsx'
import type { ListRow } from './list-rows.ts'
import { RowDialog, type RowQuestion } from './row-dialog.tsx'
import { requests } from '../store.ts'
import css from './requests-list.module.css'

const heights = { heading: 28, exchange: 44 } as const
/** Further pages are asked for this many rows before the end. */
const ahead = 20

interface Props {
  rows: ListRow[]
  /** The exchange that the open tab shows. */
  current?: string
}

/** The rows of the list, of which only those in view are drawn. One of them can be reached by Tab; arrow keys
 *  move between them, Delete asks before it removes. */
export function RequestRows({ rows, current }: Props) {
  const workspace = useWorkspace()
  const now = useNow()
  const copyText = useCopyText()
  const box = useRef<HTMLDivElement>(null)
  const [picked, setPicked] = useState<string>()
  const [menuOpen, setMenuOpen] = useState(false)
  const [question, setQuestion] = useState<RowQuestion>()
  const loadOlder = requests.use((state) => state.loadOlder)
  const hasOlder = requests.use((state) => state.hasOlder)
  const pinExchange = requests.use((state) => state.pinExchange)
  const showPart = requests.use((state) => state.show)
  const openTab = useTabs((state) => state.activeId)
  const shownId = requests.use((state) => {
    const exchange = openTab === null ? undefined : state.open[openTab]?.exchange
    return exchange?.response === undefined ? undefined : exchange.id
  })

  const view = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => heights[rows[index]?.kind ?? 'exchange'],
    getItemKey: (index) => `${rows[index]?.kind}:${rows[index]?.id}`,
    overscan: 8,
  })
  const items = view.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasOlder && last >= rows.length - ahead) void loadOlder()
  }, [hasOlder, last, rows.length, loadOlder])

  const found = rows.findIndex(({ id }) => id === picked)
  const at = found >= 0 ? found : rows.findIndex(({ kind }) => kind !== 'heading')
  const row = rows[at]
  function focus(index: number): void {
    setPicked(rows[index]?.id)
    view.scrollToIndex(index)
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[data-index="${index}"] button`)?.focus(),
    )
  }
  function move(from: number, by: 1 | -1): void {
    for (let index = from; index >= 0 && index < rows.length; index += by) {
      if (rows[index]?.kind !== 'heading') return focus(index)
    }
  }
  function remove(): void {
    if (row?.kind === 'exchange') setQuestion({ kind: 'remove-exchange', exchange: row.exchange })
  }
  function onKey(event: KeyboardEvent): void {
    const acts: Record<string, () => void> = {
      ArrowDown: () => move(at + 1, 1),
      ArrowUp: () => move(at - 1, -1),
      Home: () => move(0, 1),
      End: () => move(rows.length - 1, -1),
      Delete: remove,
    }
    const act = acts[event.key]
    if (shortcutOf(event) === 'copy-curl' && row?.kind === 'exchange') {
      event.preventDefault()
      return copyRow(row)
    }
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act()
  }
  function open(one: ListRow): void {
    if (one.kind === 'exchange') openExchange(workspace, one.exchange)
  }
  function show(one: ListRow): void {
    if (one.kind === 'exchange') previewExchange(workspace, one.exchange)
  }
  function copyRow(one: ListRow): void {
    if (one.kind === 'exchange') void copyExchangeCurl(workspace, one.id)
  }
  async function pinRow(id: string, pinned: boolean): Promise<void> {
    const failure = await pinExchange(id, pinned)
    if (failure) workspace.toasts.getState().fail(failure)
  }

  const list = (
    <div
      ref={box}
      className={css.rows}
      style={{ '--all': `${view.getTotalSize() + 12}px` } as CSSProperties}
      onKeyDown={onKey}
      onContextMenu={(event) => {
        if (event.target === box.current) event.preventDefault()
      }}
    >
      <ul className={css.space} style={{ height: view.getTotalSize() }} aria-label="History">
        {items.map(({ index, start, size }) => {
          const one = rows[index]
          if (!one) return null
          return (
            <li
              key={`${one.kind}:${one.id}`}
              data-index={index}
              className={css.item}
              style={{ transform: `translateY(${start}px)`, height: size }}
              onFocus={() => setPicked(one.id)}
              onContextMenu={(event) => {
                // A heading has nothing to choose from.
                if (one.kind === 'heading') event.preventDefault()
                else setPicked(one.id)
              }}
            >
              {one.kind === 'heading' ? (
                <h3 className={css.heading}>{dayName(one.day, now)}</h3>
              ) : (
                <button
                  type="button"
                  className={css.row}
                  tabIndex={index === at ? 0 : -1}
                  aria-current={one.id === current || undefined}
                  data-menu={menuOpen && index === at}
                  onClick={() => show(one)}
                  onDoubleClick={() => open(one)}
                >
                  <ExchangeFace exchange={one.exchange} />
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
  return (
    <>
      <PlaceMenu place={list} onOpen={setMenuOpen}>
        {row?.kind === 'exchange' && (
          <PlaceLabel>
            {row.exchange.method} {pathOf(row.exchange.url)} · {timeOfDay(row.exchange.at)}
          </PlaceLabel>
        )}
        {row && row.kind !== 'heading' && (
          <PlaceAction icon={<SquareArrowOutUpRight />} onPick={() => open(row)}>
            Open
          </PlaceAction>
        )}
        {row?.kind === 'exchange' && row.exchange.url !== '' && (
          <>
            <PlaceAction icon={<Send />} onPick={() => void sendAgain(workspace, row.id)}>
              {row.exchange.accountName === undefined ? 'Send again' : 'Send again with today’s token'}
            </PlaceAction>
            {row.exchange.accountName !== undefined && (
              <PlaceAction icon={<History />} onPick={() => void sendAgain(workspace, row.id, true)}>
                Send again as it was
              </PlaceAction>
            )}
            {openTab !== null && isAnother(shownId, row.id) && (
              <PlaceAction
                icon={<GitCompare />}
                onPick={() => showPart(openTab, { part: 'compare', compared: row.id })}
              >
                Compare with the open response
              </PlaceAction>
            )}
            <PlaceAction
              icon={row.exchange.pinned ? <PinOff /> : <Pin />}
              onPick={() => void pinRow(row.id, row.exchange.pinned !== true)}
            >
              {row.exchange.pinned ? 'Unpin' : 'Pin'}
            </PlaceAction>
            <PlaceAction icon={<Copy />} keys={keysOf('copy-curl')} onPick={() => copyRow(row)}>
              Copy as curl
            </PlaceAction>
            <PlaceAction icon={<Link />} onPick={() => void copyText(row.exchange.url, 'URL copied.')}>
              Copy URL
            </PlaceAction>
          </>
        )}
        <PlaceLine />
        <PlaceAction icon={<Trash2 />} keys="Del" danger onPick={remove}>
          Remove from history…
        </PlaceAction>
        {row?.kind === 'exchange' && (
          <PlaceAction icon={<Trash2 />} danger onPick={() => setQuestion({ kind: 'clear' })}>
            Clear history…
          </PlaceAction>
        )}
      </PlaceMenu>
      {question && <RowDialog question={question} onClose={() => setQuestion(undefined)} />}
    </>
  )
}

/** Whether a tab shows a response, and not the one of this row. */
function isAnother(shownId: string | undefined, id: string): boolean {
  return shownId !== undefined && shownId !== id
}

import {
  ArrowDown,
  ArrowUp,
  Braces,
  Copy,
  CopyPlus,
  ListChecks,
  FilePlus,
  FolderInput,
  FolderPlus,
  Globe,
  Pencil,
  RefreshCw,
  SquareArrowOutUpRight,
  Tag,
  Trash2,
  X,
} from 'lucide-react'
import { keysOf } from '../../../lib/shortcuts.ts'
import { useCopyText } from '../../../ui/menu/copy-text.ts'
import { PlaceAction, PlaceLabel, PlaceLine } from '../../../ui/menu/menu.tsx'
import type { TreeQuestion } from './collection-dialog.tsx'
import { collections } from './collections-store.ts'
import { isSent, type TreeRow } from './tree-rows.ts'

interface Props {
  /** What is acted on: one row, or all that are picked. */
  rows: readonly TreeRow[]
  onOpen: () => void
  onAsk: (question: TreeQuestion) => void
  onCopy: () => void
  onRemove: () => void
  onRefresh: () => void
  /** Absent where it cannot be done. */
  onRun: (() => void) | undefined
  onDuplicate: (() => void) | undefined
  onMove: (() => void) | undefined
  onStep: (by: -1 | 1) => (() => void) | undefined
}

/** What can be done with a row of the tree, or with several. */
export function CollectionRowMenu({ rows, ...does }: Props) {
  const [row, more] = rows
  if (!row) return null
  return more === undefined ? <OneRow row={row} {...does} /> : <SeveralRows rows={rows} {...does} />
}

function SeveralRows({ rows, onRun, onDuplicate, onMove, onStep, onRemove }: Props) {
  return (
    <>
      <PlaceLabel>{rows.length} selected</PlaceLabel>
      {onRun && (
        <PlaceAction icon={<ListChecks />} onPick={onRun}>
          Run…
        </PlaceAction>
      )}
      {onDuplicate && (
        <PlaceAction icon={<CopyPlus />} keys={keysOf('duplicate')} onPick={onDuplicate}>
          Duplicate
        </PlaceAction>
      )}
      <Moves onMove={onMove} onStep={onStep} />
      <PlaceLine />
      <PlaceAction icon={<Trash2 />} keys="Del" danger onPick={onRemove}>
        Delete…
      </PlaceAction>
    </>
  )
}

function Moves({ onMove, onStep }: Pick<Props, 'onMove' | 'onStep'>) {
  const [up, down] = [onStep(-1), onStep(1)]
  return (
    <>
      {onMove && (
        <PlaceAction icon={<FolderInput />} onPick={onMove}>
          Move to…
        </PlaceAction>
      )}
      {up && (
        <PlaceAction icon={<ArrowUp />} keys={keysOf('move-up')} onPick={up}>
          Move up
        </PlaceAction>
      )}
      {down && (
        <PlaceAction icon={<ArrowDown />} keys={keysOf('move-down')} onPick={down}>
          Move down
        </PlaceAction>
      )}
    </>
  )
}

function OneRow({ row, ...does }: Omit<Props, 'rows'> & { row: TreeRow }) {
  const { onOpen, onAsk, onDuplicate, onMove, onStep, onCopy, onRemove, onRefresh, onRun } = does
  const copyText = useCopyText()
  const folder = collections.use(
    (state) => state.collections.find(({ id }) => id === row.collectionId)?.folder,
  )
  const isBroken = row.fault !== undefined || row.trouble !== undefined
  const holds = row.expanded !== undefined && row.trouble === undefined
  return (
    <>
      <PlaceLabel>{row.name}</PlaceLabel>
      {row.expanded === undefined && row.kind !== 'left' && (
        <PlaceAction icon={<SquareArrowOutUpRight />} keys="Enter" onPick={onOpen}>
          Open
        </PlaceAction>
      )}
      {holds && (
        <>
          <PlaceAction icon={<FilePlus />} onPick={() => onAsk({ kind: 'request', row })}>
            New request…
          </PlaceAction>
          <PlaceAction icon={<FolderPlus />} onPick={() => onAsk({ kind: 'folder', row })}>
            New folder…
          </PlaceAction>
          <PlaceAction icon={<Braces />} onPick={() => onAsk({ kind: 'defaults', row })}>
            {row.path === '' ? 'Collection settings…' : 'Folder settings…'}
          </PlaceAction>
          {row.path === '' && (
            <PlaceAction icon={<Globe />} onPick={() => onAsk({ kind: 'environment', row })}>
              New environment…
            </PlaceAction>
          )}
        </>
      )}
      {holds && onRun && (
        <PlaceAction icon={<ListChecks />} onPick={onRun}>
          Run…
        </PlaceAction>
      )}
      {!isBroken && (
        <PlaceAction icon={<Pencil />} keys="F2" onPick={() => onAsk({ kind: 'rename', row })}>
          Rename…
        </PlaceAction>
      )}
      {!isBroken && row.path !== '' && (
        <PlaceAction icon={<Tag />} onPick={() => onAsk({ kind: 'tags', row })}>
          Tags…
        </PlaceAction>
      )}
      {onDuplicate && (
        <PlaceAction icon={<CopyPlus />} keys={keysOf('duplicate')} onPick={onDuplicate}>
          Duplicate
        </PlaceAction>
      )}
      <Moves onMove={onMove} onStep={onStep} />
      {isSent(row) && (
        <PlaceAction icon={<Copy />} keys={keysOf('copy-curl')} onPick={onCopy}>
          Copy as curl
        </PlaceAction>
      )}
      {folder !== undefined && row.kind !== 'left' && (
        <PlaceAction onPick={() => void copyText(placeOf(folder, row.path), 'Path copied.')}>
          Copy path
        </PlaceAction>
      )}
      {row.path === '' && (
        <PlaceAction icon={<RefreshCw />} onPick={onRefresh}>
          Reload
        </PlaceAction>
      )}
      {!row.own && <PlaceLine />}
      {row.path !== '' ? (
        <PlaceAction icon={<Trash2 />} keys="Del" danger onPick={onRemove}>
          Delete…
        </PlaceAction>
      ) : (
        !row.own && (
          <PlaceAction icon={<X />} keys="Del" onPick={onRemove}>
            Close collection…
          </PlaceAction>
        )
      )}
    </>
  )
}

/** A path as the system writes it. */
function placeOf(folder: string, path: string): string {
  const between = folder.includes('\\') ? '\\' : '/'
  return path === '' ? folder : [folder, ...path.split('/')].join(between)
}

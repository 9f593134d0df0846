import {
  Braces,
  CopyPlus,
  ListChecks,
  FilePlus,
  FolderPlus,
  Globe,
  Pencil,
  RefreshCw,
  SquareArrowOutUpRight,
  Trash2,
  X,
} from 'lucide-react'
import { keysOf } from '../../../lib/shortcuts.ts'
import { useCopyText } from '../../../ui/menu/copy-text.ts'
import { PlaceAction, PlaceLabel, PlaceLine } from '../../../ui/menu/menu.tsx'
import type { TreeQuestion } from './collection-dialog.tsx'
import { collections } from './collections-store.ts'
import type { TreeRow } from './tree-rows.ts'

interface Props {
  row: TreeRow
  onOpen: () => void
  onAsk: (question: TreeQuestion) => void
  onDuplicate: () => void
  onRefresh: () => void
  onRun: () => void
}

/** What can be done with a row of the tree. */
export function CollectionRowMenu({ row, onOpen, onAsk, onDuplicate, onRefresh, onRun }: Props) {
  const copyText = useCopyText()
  const folder = collections.use(
    (state) => state.collections.find(({ id }) => id === row.collectionId)?.folder,
  )
  const isBroken = row.fault !== undefined || row.trouble !== undefined
  const holds = row.expanded !== undefined && row.trouble === undefined
  return (
    <>
      <PlaceLabel>{row.name}</PlaceLabel>
      {row.expanded === undefined && (
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
            Headers and variables…
          </PlaceAction>
          {row.path === '' && (
            <PlaceAction icon={<Globe />} onPick={() => onAsk({ kind: 'environment', row })}>
              New environment…
            </PlaceAction>
          )}
        </>
      )}
      {holds && (
        <PlaceAction icon={<ListChecks />} onPick={onRun}>
          Run…
        </PlaceAction>
      )}
      {!isBroken && (
        <PlaceAction icon={<Pencil />} keys="F2" onPick={() => onAsk({ kind: 'rename', row })}>
          Rename…
        </PlaceAction>
      )}
      {row.expanded === undefined && !isBroken && (
        <PlaceAction icon={<CopyPlus />} keys={keysOf('duplicate')} onPick={onDuplicate}>
          Duplicate
        </PlaceAction>
      )}
      {folder !== undefined && (
        <PlaceAction onPick={() => void copyText(placeOf(folder, row.path), 'Path copied.')}>
          Copy path
        </PlaceAction>
      )}
      {row.path === '' && (
        <PlaceAction icon={<RefreshCw />} onPick={onRefresh}>
          Reload
        </PlaceAction>
      )}
      <PlaceLine />
      {row.path === '' ? (
        <PlaceAction icon={<X />} keys="Del" onPick={() => onAsk({ kind: 'close', row })}>
          Close collection…
        </PlaceAction>
      ) : (
        <PlaceAction icon={<Trash2 />} keys="Del" danger onPick={() => onAsk({ kind: 'remove', row })}>
          Delete…
        </PlaceAction>
      )}
    </>
  )
}

/** A path as the system writes it. */
function placeOf(folder: string, path: string): string {
  const between = folder.includes('\\') ? '\\' : '/'
  return path === '' ? folder : [folder, ...path.split('/')].join(between)
}

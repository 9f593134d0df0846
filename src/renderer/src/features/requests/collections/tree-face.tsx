import { ChevronDown, ChevronRight, File, Folder, FolderOpen, Library, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { itemKindTable, type ItemKind } from '@contract/tables/item-kinds.ts'
import { Method, statusTone, Tag } from '../../../ui/tag.tsx'
import type { TreeRow } from './tree-rows.ts'
import css from './collection-tree.module.css'

/** What a kind is called beside a name. */
const kindTags = {
  http: 'HTTP',
  graphql: 'GraphQL',
  grpc: 'gRPC',
  websocket: 'WebSocket',
  script: 'Script',
  app: 'App',
  unknown: 'other',
} as const satisfies Record<ItemKind, string>

interface FaceProps {
  row: TreeRow
  status?: number | undefined
}

/** The face of a row; what is wrong with it is in a second line. `status`: of the last response. */
export const TreeFace = memo(function TreeFace({ row, status = 0 }: FaceProps) {
  const { kind, name, tags = [], fault, trouble, expanded } = row
  const wrong = trouble ?? (fault && `Line ${fault.line}, column ${fault.column}: ${fault.reason}`)
  return (
    <>
      <span className={css.chevron} aria-hidden="true">
        {expanded === true && <ChevronDown />}
        {expanded === false && <ChevronRight />}
      </span>
      <Lead row={row} />
      <span className={css.texts} title={wrong ?? name}>
        <span className={`clip ${kind === 'collection' ? css.collection : ''}`}>
          {name}
          {expanded !== undefined && <span className="visually-hidden"> {kind}</span>}
        </span>
        {wrong !== undefined && <span className={`clip ${css.wrong}`}>{wrong}</span>}
      </span>
      {tags.length > 0 && wrong === undefined && (
        <span className={`clip ${css.tags}`} title={tags.join(', ')}>
          {tags.join(' ')}
        </span>
      )}
      {status >= 300 && wrong === undefined && <Tag tone={statusTone(status)}>{status}</Tag>}
      {isKept(kind) && wrong === undefined && <Tag>{kindTags[kind]}</Tag>}
    </>
  )
})

function Lead({ row: { kind, method, expanded, fault, trouble } }: { row: TreeRow }) {
  if (fault !== undefined || trouble !== undefined)
    return <TriangleAlert className={css.alert} aria-hidden="true" />
  if (kind === 'collection') return <Library className={css.icon} aria-hidden="true" />
  if (kind === 'folder') {
    const Icon = expanded === true ? FolderOpen : Folder
    return <Icon className={css.icon} aria-hidden="true" />
  }
  return (
    <span className={css.method}>
      {kind === 'graphql' ? (
        <Method method="GQL" />
      ) : method === undefined ? (
        <File className={css.icon} aria-hidden="true" />
      ) : (
        <Method method={method} />
      )}
    </span>
  )
}

/** Of a kind that Gatehouse keeps and does not send. */
function isKept(kind: TreeRow['kind']): kind is ItemKind {
  return kind !== 'collection' && kind !== 'folder' && kind !== 'left' && !itemKindTable[kind].runs
}

import { useState } from 'react'
import type { ScopeView } from '@contract/collection-scope.ts'
import type { PlaceOfTab } from '../../../lib/tabs/file-of-tab.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { collections } from '../collections/collections-store.ts'
import { DefaultsDialog } from './defaults-dialog.tsx'
import { EnvironmentSelect } from './environment-select.tsx'
import note from '../editor/secrets-note.module.css'
import css from './collection-bar.module.css'

/** A file around the request that is broken. */
export function CollectionFault({ scope: { faults } }: { scope: ScopeView }) {
  const [first] = faults
  if (!first) return null
  const { path, fault } = first
  return (
    <div className={note.note}>
      <Notice tone="warn" title={`${path} cannot be read`}>
        Line {fault.line}, column {fault.column}: {fault.reason} What it passes on is not sent.
      </Notice>
    </div>
  )
}

/** Which collection a request is of, and its environment. */
export function CollectionBar({ file, scope }: { file: PlaceOfTab; scope: ScopeView }) {
  const [editing, setEditing] = useState<string>()
  const name = collections.use((state) => state.collections.find(({ id }) => id === file.collectionId)?.name)
  const { collectionId } = file
  return (
    <>
      {scope.environments.length > 0 && (
        <div className={css.bar}>
          <span className={`${css.where ?? ''} clip`}>Environment of {name ?? 'the collection'}</span>
          <div className={css.pick}>
            <EnvironmentSelect
              collectionId={collectionId}
              scope={scope}
              label={`Environment of ${name ?? 'the collection'}`}
            />
          </div>
          {scope.environment !== null && (
            <Button small onClick={() => setEditing(scope.environment ?? undefined)}>
              Edit…
            </Button>
          )}
        </div>
      )}
      {editing !== undefined && (
        <DefaultsDialog collectionId={collectionId} path={editing} onClose={() => setEditing(undefined)} />
      )}
    </>
  )
}

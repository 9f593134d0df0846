import { FolderInput } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { CollectionView } from '@contract/collections.ts'
import type { ConnectionView } from '@contract/connections.ts'
import type { Failure } from '@contract/result.ts'
import { createCollectionsReader } from '../../../lib/collections/read-collections.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Select } from '../../../ui/select/select.tsx'
import css from './connection-page.module.css'

/** Folders that can be picked at most. */
const mostFolders = 500

/** Writes how to sign in through a connection into a collection, for whoever has its folder. */
export function WriteConnection({ connection }: { connection: ConnectionView }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="quiet" icon={<FolderInput />} onClick={() => setOpen(true)}>
        Write to collection…
      </Button>
      {open && <WriteDialog connection={connection} onClose={() => setOpen(false)} />}
    </>
  )
}

function WriteDialog({ connection, onClose }: { connection: ConnectionView; onClose: () => void }) {
  const { bridge, toasts } = useWorkspace()
  const [collections, setCollections] = useState<CollectionView[]>()
  const [place, setPlace] = useState<string>()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    void createCollectionsReader(bridge)().then((answer) => {
      if (answer.ok) setCollections(answer.value.filter(({ trouble }) => trouble === undefined))
      else setFailure(answer.error)
    })
  }, [bridge])
  const places = (collections ?? []).flatMap(placesOf)
  const chosen = place ?? places[0]?.[0]

  async function write(): Promise<void> {
    const [collectionId, path] = splitPlace(chosen ?? '')
    setBusy(true)
    const answer = await bridge.call['collections:write-connection']({
      collectionId,
      path,
      connectionId: connection.id,
    })
    setBusy(false)
    if (!answer.ok) return setFailure(answer.error)
    const { file, leftOut } = answer.value
    const rest =
      leftOut.length === 0 ? '' : ` Left out, as files have no place for it: ${leftOut.join(', ')}.`
    toasts.getState().show(`Written to ${file}.${rest}`, 'ok')
    onClose()
  }
  return (
    <Dialog
      title="Write to a collection"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={busy} disabled={chosen === undefined} onClick={() => void write()}>
            Write
          </Button>
        </>
      }
    >
      <div className={css.write}>
        {collections?.length === 0 ? (
          <p>No collection is open. Open one, or make one, in Requests.</p>
        ) : (
          <Field
            label="Collection or folder"
            hint="Requests in it that inherit their auth use this sign-in. Its current auth is replaced."
          >
            <Select
              options={places}
              value={chosen ?? ''}
              disabled={places.length === 0}
              onPick={(picked) => setPlace(picked)}
            />
          </Field>
        )}
        <p className="note">
          Written are the issuer and endpoints, client ID, scope, resource and redirect, so that whoever has
          the folder only presses <em>Sign in</em>. The client secret, keys, tokens and accounts stay in your
          vault.
        </p>
        {failure && (
          <Notice tone="bad" title={failure.message} next={failure.next}>
            <code>{failure.code}</code>
          </Notice>
        )}
      </div>
    </Dialog>
  )
}

function placesOf({ id, name, items }: CollectionView): [value: string, label: string][] {
  return [
    [`${id}/`, name],
    ...items
      .filter(({ kind }) => kind === 'folder')
      .slice(0, mostFolders)
      .map(({ path }): [string, string] => [`${id}/${path}`, `${name} / ${path}`]),
  ]
}

function splitPlace(place: string): [collectionId: string, path: string] {
  const at = place.indexOf('/')
  return [place.slice(0, at), place.slice(at + 1)]
}

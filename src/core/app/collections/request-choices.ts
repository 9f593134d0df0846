import { defined } from '@contract/defined'
import type { CollectionRequest } from '@contract/collections'
import type { RequestDraft } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { originText } from '../../collections/address.ts'
import { joinDraft, splitDraft, type DraftSecrets } from '../../http/draft-secrets.ts'
import type { CollectionRequestRecord, CollectionStore } from '../../records/collection-store.ts'
import { draftSecretsDocument } from '../../records/documents/request-draft.ts'
import { collectionSecretsPlace } from '../tokens/token-vault.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  newId: () => string
  collections: Pick<CollectionStore, 'request' | 'saveRequest' | 'moveRequests'>
}

/** Which request of which collection. */
export interface RequestPlace {
  collectionId: string
  path: string
}

/** What a request of a collection has beside its file: who it calls as, and the secret values that were entered here.
 *  Neither is ever written into the folder. */
export function createRequestChoices({ session, newId, collections }: Dependencies) {
  const find = ({ collectionId, path }: RequestPlace): CollectionRequestRecord | undefined =>
    collections.request(session().user.id, collectionId, path)

  /** What was sealed, with the origin that it was for under `origin`, which is the name of no place in a draft. */
  function secretsOf(record: CollectionRequestRecord | undefined): DraftSecrets {
    if (record?.sealedSecrets === undefined) return {}
    const opened = session().box.open(collectionSecretsPlace(record.userId, record.id), record.sealedSecrets)
    const secrets = opened.ok ? draftSecretsDocument.read(opened.value) : opened
    return secrets.ok ? secrets.value : {}
  }

  function write(
    id: string,
    place: RequestPlace,
    { accountId, url }: RequestDraft,
    secrets: DraftSecrets,
    before?: CollectionRequestRecord,
  ): void {
    const { user, box } = session()
    // Values that cannot be read now are not overwritten by their absence: their key may come back.
    const unread = before?.sealedSecrets && box.storageOf(before.sealedSecrets) === 'unreadable'
    const sealedSecrets =
      Object.keys(secrets).length > 0
        ? box.seal(
            collectionSecretsPlace(user.id, id),
            draftSecretsDocument.write({ ...secrets, origin: originText(url) }),
          )
        : unread
          ? before.sealedSecrets
          : undefined
    collections.saveRequest({
      id,
      userId: user.id,
      ...place,
      ...defined({ accountId: accountId ?? undefined, sealedSecrets }),
    })
  }

  return {
    /** A file's draft with what belongs to it. Values that were entered for one origin do not follow a file to another:
     *  who may change the file would have them sent to a server of theirs. */
    join(
      place: RequestPlace,
      draft: Omit<RequestDraft, 'accountId'>,
    ): Pick<CollectionRequest, 'draft' | 'secrets'> {
      const record = find(place)
      const sealed = record?.sealedSecrets
      const { origin, ...secrets } = secretsOf(record)
      const whole = { ...draft, accountId: record?.accountId ?? null }
      const storage = sealed === undefined ? undefined : session().box.storageOf(sealed)
      if (Object.keys(secrets).length > 0 && origin !== originText(draft.url))
        return { draft: whole, secrets: 'withheld' }
      return { draft: joinDraft(whole, secrets), ...defined({ secrets: storage }) }
    },
    /** Parts a draft into what the file may have and what is kept here. A value that is in the file already is its
     *  own affair and stays there; `inFile` is the draft that the file has now. What has a secret in the file
     *  is not emptied there because it was changed here. Codes: `collection_edit`. */
    split(
      draft: RequestDraft,
      inFile: Omit<RequestDraft, 'accountId'>,
    ): Result<{ open: RequestDraft; secrets: DraftSecrets }> {
      const { open, secrets } = splitDraft(draft)
      const there = splitDraft({ ...inFile, accountId: null }).secrets
      const [own, shared]: [DraftSecrets, DraftSecrets] = [{}, {}]
      for (const [place, text] of Object.entries(secrets))
        (there[place] === text ? shared : own)[place] = text
      const emptied = Object.keys(own).find(
        (place) => Object.hasOwn(there, place) && calledIn(place) !== undefined,
      )
      if (emptied !== undefined) return notParted(calledIn(emptied) ?? '')
      return ok({ open: joinDraft(open, shared), secrets: own })
    },
    /** What a file has, or those of a folder have, goes with it to another path, of another collection too (`into`). */
    follow(collectionId: string, from: string, to: string, into = collectionId): void {
      collections.moveRequests(session().user.id, collectionId, from, to, into)
    },
    /** A copy of a request has what it has. Values that cannot be read now are left out. */
    copy(place: RequestPlace, to: string): void {
      const record = find(place)
      if (!record) return
      const [id, secrets] = [newId(), secretsOf(record)]
      const { user, box } = session()
      const sealedSecrets =
        Object.keys(secrets).length > 0
          ? box.seal(collectionSecretsPlace(user.id, id), draftSecretsDocument.write(secrets))
          : undefined
      const { collectionId } = place
      collections.saveRequest({
        id,
        userId: user.id,
        collectionId,
        path: to,
        ...defined({ accountId: record.accountId, sealedSecrets }),
      })
    },
    /** Who a request calls as. */
    accountOf: (place: RequestPlace): string | undefined => find(place)?.accountId,
    /** Has a request call as an account, or as none. */
    callAs(place: RequestPlace, accountId: string | null): void {
      const { accountId: _before, ...record } = find(place) ?? {
        id: newId(),
        userId: session().user.id,
        ...place,
      }
      collections.saveRequest({ ...record, ...defined({ accountId: accountId ?? undefined }) })
    },
    /** Keeps them for a file; `open` is what the file has. */
    keep(place: RequestPlace, open: RequestDraft, secrets: DraftSecrets): void {
      const before = find(place)
      if (!before && Object.keys(secrets).length === 0 && open.accountId === null) return
      write(before?.id ?? newId(), place, open, secrets, before)
    },
    /** What names a request in the history. */
    idOf(place: RequestPlace): string {
      const known = find(place)
      if (known) return known.id
      const id = newId()
      collections.saveRequest({ id, userId: session().user.id, ...place })
      return id
    },
    /** Keeps them for a file that is yet to be written, under this identifier, even where there is nothing. */
    keepAs(id: string | undefined, place: RequestPlace, open: RequestDraft, secrets: DraftSecrets): void {
      write(id ?? newId(), place, open, secrets)
    },
  }
}

/** What a place of a secret is called where its text stays in the file: the fields of an auth are left to be entered. */
function calledIn(place: string): string | undefined {
  if (place === 'url') return 'address'
  if (place === 'body') return 'body'
  const [kind = '', name = ''] = place.split(':')
  return Object.hasOwn(rows, kind) ? `${rows[kind] ?? ''} “${name.slice(0, 60)}”` : undefined
}

const rows: Readonly<Record<string, string>> = {
  header: 'header',
  query: 'parameter',
  path: 'path value',
  variable: 'variable',
  field: 'field',
}

function notParted(called: string) {
  return fail(
    'collection_edit',
    `The ${called} contains a secret value in the file, which saving would remove: Gatehouse writes no secrets into files.`,
    'Put the value into a variable, or change the file in a text editor.',
  )
}

export type RequestChoices = ReturnType<typeof createRequestChoices>

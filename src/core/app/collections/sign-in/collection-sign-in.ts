import type { EnteredProof } from '@contract/collection-scope'
import { fail, ok, type Result } from '@contract/result'
import { readDefaults } from '../../../collections/read-container.ts'
import { editSignIn } from '../../../collections/sign-in/edit-sign-in.ts'
import type { CollectionDisk } from '../../../records/collection-disk.ts'
import type { ConnectionStore, TokenStore } from '../../../records/ports.ts'
import { needsOf } from '@contract/tables/client-authentications'
import type { CurrentSession } from '../../vault/session.ts'
import type { CollectionMemories } from '../collection-memory.ts'
import type { OpenedFolders } from '../opened-folders.ts'
import type { RequestPlace } from '../request-choices.ts'
import { signInAround, type ReadSurroundings } from '../scope/surroundings.ts'
import { brokenFile, fileOfContainer, readContainerText } from '../scope/container-text.ts'
import { createConnectShared } from './connect-shared.ts'
import { readSharedDraft } from './shared-draft.ts'
import { accountKey, isFitSecret, seenOf, type SharedSignIns } from './shared-sign-ins.ts'
import { shareConnection } from './write-shared.ts'

interface Dependencies extends ConnectDependencies {
  session: CurrentSession
  folders: OpenedFolders
  disk: CollectionDisk
  memories: CollectionMemories
  surroundings: ReadSurroundings
  signIns: SharedSignIns
  connections: Pick<ConnectionStore, 'get'>
  tokens: Pick<TokenStore, 'getAccount'>
  changed: () => void
}
type ConnectDependencies = Parameters<typeof createConnectShared>[0]

/** Signing in as the file of a collection says it, and writing that into one. Codes: `collection_*`, `shared_*`, those of
 *  connections and of the vault. */
export function createCollectionSignIn(deps: Dependencies) {
  const { session, folders, disk, memories, surroundings, signIns, changed } = deps
  const connectShared = createConnectShared(deps)

  return {
    /** Finds the connection that a file describes, or makes it; `seen` is what the user was shown. The sign-in itself is
     *  begun with it as with any other. Codes: `shared_unfit`, `shared_changed`, `shared_differs`, `shared_inward`. */
    async connect({
      seen,
      collectionId,
      path,
      ...entered
    }: RequestPlace & EnteredProof & { seen: string }): Promise<Result<{ connectionId: string }>> {
      const found = await surroundings.around({ collectionId, path })
      if (!found.ok) return found
      const placed = signInAround(found.value)
      if (placed === undefined) return isChanged()
      const own = found.value.request?.draft.variables ?? []
      const shared = readSharedDraft(placed.signIn, surroundings.plainLookup(found.value, own))
      if (typeof shared === 'string') return fail('shared_unfit', shared)
      if (seenOf(shared) !== seen) return isChanged()
      const [same] = signIns.sameOnes(shared, placed.signIn)
      if (same) return ok({ connectionId: same.id })
      const lacking = lacksProof(needsOf(shared.draft), entered, shared.clientSecret)
      if (lacking) return lacking
      const namesIssuer = placed.signIn.texts.issuer !== undefined
      const made = await connectShared(shared, namesIssuer, entered)
      return made.ok ? ok({ connectionId: made.value.id }) : made
    },

    /** Chooses who requests call as that inherit the sign-in; null: no one. Nothing of it is in the folder. */
    async chooseAccount({
      accountId,
      ...place
    }: RequestPlace & { accountId: string | null }): Promise<Result<null>> {
      const found = await surroundings.around(place)
      if (!found.ok) return found
      const placed = signInAround(found.value)
      if (placed === undefined || placed.own) return isChanged()
      const shared = readSharedDraft(
        placed.signIn,
        surroundings.plainLookup(found.value, found.value.request?.draft.variables ?? []),
      )
      if (typeof shared === 'string') return fail('shared_unfit', shared)
      const same = signIns.sameOnes(shared, placed.signIn)
      const account =
        accountId === null ? undefined : deps.tokens.getAccount(session().user.id, accountId)?.account
      if (accountId !== null && !same.some(({ id }) => id === account?.connectionId))
        return fail(
          'shared_other_account',
          'This account signed in through another connection than the one that the collection describes.',
          'Sign in as the collection describes, or choose the account for this request only.',
        )
      const gone = new Set(same.map(({ id }) => accountKey(id, placed.file)))
      const kept = memories.change(place.collectionId, (memory) => ({
        ...memory,
        accounts: {
          ...Object.fromEntries(Object.entries(memory.accounts).filter(([key]) => !gone.has(key))),
          ...(account && { [accountKey(account.connectionId, placed.file)]: account.id }),
        },
      }))
      if (kept.ok) changed()
      return kept
    },

    /** Writes what a colleague needs to sign in through a connection into a folder's file, or the collection's: nothing
     *  secret. Answers what of the connection has no place there. Codes: `shared_unfit`, `collection_edit`. */
    async write({
      connectionId,
      ...place
    }: RequestPlace & { connectionId: string }): Promise<Result<{ file: string; leftOut: string[] }>> {
      const folder = folders.find(place.collectionId)
      if (!folder.ok) return folder
      const connection = deps.connections.get(session().user.id, connectionId)
      if (!connection) return fail('connection_unknown', 'This connection was removed.')
      const shared = shareConnection(connection)
      if (!shared.ok) return shared
      const file = fileOfContainer(place.path)
      const read = await readContainerText(disk, folder.value, place.path)
      if (!read.ok) return read
      const { text, version } = read.value
      const parsed = readDefaults(text)
      if (!parsed.ok) return brokenFile(file, parsed.fault)
      const edited = editSignIn(parsed.container, shared.value.texts)
      if (!edited.ok) return edited
      if (edited.value !== text) {
        const written = await disk.write(
          folder.value.folder,
          file,
          edited.value,
          version === '' ? null : version,
        )
        if (!written.ok) return written
        if (!written.value.written) return isChanged()
        await folder.value.reader.refresh()
        changed()
      }
      return ok({ file, leftOut: shared.value.leftOut })
    },
  }
}

/** Says what each person has to enter. Codes: `connection_needs_secret`, `connection_needs_key`,
 *  `connection_needs_certificate`. */
function lacksProof(
  needs: ReturnType<typeof needsOf>,
  { clientSecret, clientKey, certificate }: EnteredProof,
  known: string | undefined,
) {
  const secret = clientSecret ?? known
  if (needs === 'secret' && (secret === undefined || !isFitSecret(secret)))
    return fail(
      'connection_needs_secret',
      'The client needs a secret of at least four characters.',
      'Ask whoever maintains the collection for it. It is kept in the vault.',
    )
  if (needs === 'key' && clientKey === undefined)
    return fail(
      'connection_needs_key',
      'The client proves itself with a key.',
      'Enter its private key. It is kept in the vault.',
    )
  if (needs === 'certificate' && certificate === undefined)
    return fail(
      'connection_needs_certificate',
      'The client proves itself with a certificate.',
      'Enter your certificate and its private key. They are kept in the vault.',
    )
  return undefined
}

function isChanged() {
  return fail(
    'shared_changed',
    'The file was just changed elsewhere, or another environment was chosen.',
    'Look at it, then try again.',
  )
}

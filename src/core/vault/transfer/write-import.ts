import { limits } from '@contract/limits'
import type { CookieStore } from '../../records/cookie-store.ts'
import type { NetworkStore } from '../../records/network-store.ts'
import type { EnvironmentStore, Variable } from '../../records/environment-store.ts'
import {
  connectionDestination,
  leadsToSame,
  nowhere,
  tokenDestination,
  type Leading,
} from '../../records/destination.ts'
import type { Account, TokenSet } from '../../records/model.ts'
import type { ConnectionStore, RequestStore, TokenStore } from '../../records/ports.ts'
import { variableNames } from '../../text/variable-names.ts'
import { proofColumn } from '../box/reseal.ts'
import type { SecretBox } from '../box/secret-box.ts'
import type { ExportDocument } from './export-document.ts'
import { importJar, importNetwork } from './import-network.ts'

/** What an import writes to. */
export interface ImportStores {
  environments: EnvironmentStore
  connections: ConnectionStore
  tokens: TokenStore
  requests: RequestStore
  cookies: Pick<CookieStore, 'get' | 'save'>
  network: NetworkStore
  /** Takes a file of an own collection, to be put there when the import has ended. */
  fileCame: (file: ExportDocument['files'][number]) => void
  /** Takes a secret value that was entered for it, in the same way. */
  ownSecretCame: (secret: ExportDocument['ownSecrets'][number]) => void
  newId: () => string
  /** Whose row of this table has the identifier; `undefined` where no one's. */
  ownerOf: (
    table: 'environments' | 'connections' | 'accounts' | 'token_sets' | 'requests',
    id: string,
  ) => string | undefined
}

/** How much an import brought. */
export interface ImportCounts {
  environments: number
  connections: number
  accounts: number
  requests: number
}

type FileConnection = Omit<
  ExportDocument['connections'][number],
  'clientSecret' | 'clientKey' | 'certificate' | 'dpopKey'
>

/** What one step of the writing did. */
type Wrote = keyof ImportCounts | 'nothing'

/** Rows of a document, each of which is one step of `importRows`. */
export function rowsIn(document: ExportDocument): number {
  const { environments, connections, tokenSets, requests, files, ownSecrets, cookieJars, network } = document
  const lists = [environments, connections, tokenSets, requests, files, ownSecrets, cookieJars, network]
  return lists.reduce((sum, list) => sum + list.length, 0)
}

/** Writes a checked document row by row, one at each step: what a row names has been written before it. A row that
 *  this user has already is replaced, a connection only where it leads to the same places in the same way; one that
 *  belongs to another user of this computer, or is something else under the same identifier, gets a new one. An account
 *  whose tokens are missing in the file is left out, and so is one whose tokens here are newer, and what belongs to
 *  something that was removed here since the writing began. */
export function* importRows(
  userId: string,
  box: SecretBox,
  stores: ImportStores,
  document: ExportDocument,
): Generator<Wrote, void> {
  const renamed = new Map<string, string>()
  function idIn(table: Table, id: string): string {
    const name = `${table} ${id}`
    const owner = stores.ownerOf(table, id)
    const known = renamed.get(name) ?? (owner === undefined || owner === userId ? id : stores.newId())
    renamed.set(name, known)
    return known
  }
  const isHere = (table: Table, id: string) => stores.ownerOf(table, id) === userId
  /** Where each connection of the file leads; what comes in with it may go nowhere else. */
  const leading = new Map<string, Leading>()
  function tokenPlace(account: Account, tokenSet: Pick<TokenSet, 'id' | 'resource'>, column: string) {
    const connection = leading.get(account.connectionId)
    const destination = connection ? tokenDestination(connection, { account, tokenSet }) : nowhere
    return { userId, table: 'token_sets', rowId: tokenSet.id, column, destination }
  }
  const opens = (account: Account, tokenSet: TokenSet): boolean =>
    box.open(tokenPlace(account, tokenSet, 'access_token'), tokenSet.sealedAccessToken).ok

  for (const { id, name, variables } of document.environments) {
    const same = stores.environments.findByName(userId, name) ?? stores.environments.get(userId, id)
    renamed.set(`environments ${id}`, same?.id ?? idIn('environments', id))
    const environmentId = idIn('environments', id)
    if (!same) stores.environments.add({ id: environmentId, userId, name })
    // A variable of the same name is replaced; what the file does not name stays.
    const brought = new Set(variables.map((variable) => variable.name))
    const others = stores.environments
      .variables(userId, environmentId)
      .filter((variable) => !brought.has(variable.name))
    const sealed = variables.map(({ name: called, value, secret }): Variable => {
      const variableId = stores.newId()
      const place = { userId, table: 'environment_variables', rowId: variableId, column: 'value' }
      return {
        id: variableId,
        userId,
        environmentId,
        name: called,
        ...(secret ? { sealedValue: box.seal(place, value) } : { value }),
      }
    })
    stores.environments.saveVariables(userId, environmentId, [...others, ...sealed])
    yield 'environments'
  }
  for (const { clientSecret, clientKey, certificate, dpopKey, ...given } of document.connections) {
    const here = stores.connections.get(userId, given.id)
    const plain = here && leadsToSame(here, given) ? given : withForeignNames(given, document)
    // Accounts that are here would send their tokens to wherever the file says.
    if (here && !leadsToSame(here, plain)) renamed.set(`connections ${plain.id}`, stores.newId())
    const id = idIn('connections', plain.id)
    const environmentId = idIn('environments', plain.environmentId)
    if (!isHere('environments', environmentId)) {
      yield 'nothing'
      continue
    }
    const destination = connectionDestination(plain)
    const seal = (column: string, text: string | undefined) =>
      text === undefined
        ? undefined
        : box.seal({ userId, table: 'connections', rowId: id, column, destination }, text)
    leading.set(id, plain)
    stores.connections.save({
      ...plain,
      id,
      userId,
      environmentId,
      sealedClientSecret: seal('client_secret', clientSecret),
      sealedClientKey: seal('client_key', clientKey),
      sealedCertificate: seal('client_certificate', certificate),
      sealedDpopKey: seal('dpop_key', dpopKey),
      sealedProof: seal(proofColumn, ''),
    })
    yield 'connections'
  }
  /** What the accounts of the file are called here. */
  const accountIds = new Map<string, string>()
  const exportedAccounts = new Map(document.accounts.map((account) => [account.id, account]))
  for (const { accessToken, refreshToken, idToken, lineage, ...plain } of document.tokenSets) {
    const exported = exportedAccounts.get(plain.accountId)
    const connectionId = exported === undefined ? '' : idIn('connections', exported.connectionId)
    if (exported === undefined || !isHere('connections', connectionId)) {
      yield 'nothing'
      continue
    }
    const known = stores.tokens.findAccount(userId, connectionId, exported.issuer, exported.subject)
    const present = known && stores.tokens.getAccount(userId, known.id)?.tokenSet
    if (known) accountIds.set(exported.id, known.id)
    // An older refresh token was rotated away meanwhile: to use it again looks like theft to a provider.
    if (present && timeOf(present) > timeOf(plain) && opens(known, present)) {
      yield 'nothing'
      continue
    }
    const taken = known === undefined && stores.tokens.getAccount(userId, exported.id) !== undefined
    const account = {
      ...exported,
      id: known?.id ?? (taken ? stores.newId() : idIn('accounts', exported.id)),
      userId,
      connectionId,
    }
    accountIds.set(exported.id, account.id)
    const holder = stores.tokens.holderOf(userId, plain.id)
    const isOthers = holder !== undefined && holder !== account.id
    const id = isOthers ? stores.newId() : idIn('token_sets', plain.id)
    const [first, ...steps] = lineage.map((step) => ({ ...step, tokenSetId: id }))
    const seal = (column: string, text: string) =>
      box.seal(tokenPlace(account, { ...plain, id }, column), text)
    const tokenSet = {
      ...plain,
      id,
      userId,
      accountId: account.id,
      sealedAccessToken: seal('access_token', accessToken),
      sealedRefreshToken: refreshToken === undefined ? undefined : seal('refresh_token', refreshToken),
      sealedIdToken: idToken === undefined ? undefined : seal('id_token', idToken),
    }
    const imported = {
      tokenSetId: id,
      at: plain.obtainedAt,
      event: 'signed-in' as const,
      reason: 'imported',
      changes: [],
    }
    // Taken away first, so that its earlier lineage is not left next to the imported one.
    if (known) stores.tokens.removeAccount(userId, known.id)
    stores.tokens.saveSignIn(account, tokenSet, first ?? imported)
    for (const step of steps) stores.tokens.addLineage(step)
    yield 'accounts'
  }
  for (const { secrets, ...request } of document.requests) {
    const id = idIn('requests', request.id)
    const place = { userId, table: 'requests', rowId: id, column: 'secrets' }
    const sealedSecrets = secrets === undefined ? undefined : box.seal(place, secrets)
    stores.requests.save({ ...request, id, userId, sealedSecrets })
    yield 'requests'
  }
  for (const jar of document.cookieJars) {
    const environmentId = idIn('environments', jar.environmentId)
    const accountId = jar.accountId === undefined ? undefined : accountIds.get(jar.accountId)
    importJar(userId, box, stores, {
      ...jar,
      accountId,
      environmentId: isHere('environments', environmentId) ? environmentId : undefined,
      isLost: jar.accountId !== undefined && accountId === undefined,
    })
    yield 'nothing'
  }
  for (const settings of document.network) {
    importNetwork(userId, box, stores, settings)
    yield 'nothing'
  }
  for (const file of document.files) {
    stores.fileCame(file)
    yield isRequestFile(file.path) ? 'requests' : 'nothing'
  }
  for (const secret of document.ownSecrets) {
    stores.ownSecretCame(secret)
    yield 'nothing'
  }
}

/** Not that of a collection, a folder or an environment. */
function isRequestFile(path: string): boolean {
  return !/(?:^|\/)(?:opencollection|folder)\.yml$|^environments\//.test(path)
}

type Table = Parameters<ImportStores['ownerOf']>[0]

function timeOf({ obtainedAt, refreshedAt }: Pick<TokenSet, 'obtainedAt' | 'refreshedAt'>): number {
  return refreshedAt ?? obtainedAt
}

/** A connection of a file that names variables which the file does not bring: those of this computer would go to wherever
 *  the file says. Its user is asked first (`confirmFields`). */
function withForeignNames(connection: FileConnection, { environments }: ExportDocument): FileConnection {
  const { settings = {}, environmentId } = connection
  const { typed = [], further = [] } = settings
  const texts = [...typed.map(({ template }) => template), ...further.map(({ value }) => value)]
  const brought = environments.find(({ id }) => id === environmentId)?.variables ?? []
  const named = variableNames(texts.join('\n'))
  const foreign = named.filter((name) => !name.startsWith('$') && !brought.some((one) => one.name === name))
  if (foreign.length === 0) return connection
  const template = foreign
    .map((name) => `{{${name}}}`)
    .join('')
    .slice(0, limits.url)
  return {
    ...connection,
    settings: {
      ...settings,
      typed: [{ field: 'import', template, value: '' }, ...typed].slice(0, limits.typed),
    },
  }
}

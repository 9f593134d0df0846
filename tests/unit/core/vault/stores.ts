import { connectionDestination, nowhere, tokenDestination } from '../../../../src/core/records/destination.ts'
import type { EnvironmentStore, Variable } from '../../../../src/core/records/environment-store.ts'
import type {
  Account,
  Connection,
  Environment,
  LineageStep,
  RequestRecord,
  TokenSet,
  User,
} from '../../../../src/core/records/model.ts'
import type { ConnectionStore, RequestStore, TokenStore } from '../../../../src/core/records/ports.ts'
import type { SealedFields } from '../../../../src/core/vault/box/vault-parts.ts'
import { foldUsername } from '../../../../src/core/vault/guard/username.ts'
import type { ImportStores } from '../../../../src/core/vault/transfer/write-import.ts'
import type { UserRegistry } from '../../../../src/core/vault/guard/users.ts'

/** All rows of all users. */
interface Rows {
  users: User[]
  environments: Environment[]
  variables: Variable[]
  connections: Connection[]
  accounts: Account[]
  token_sets: TokenSet[]
  lineage: LineageStep[]
  requests: RequestRecord[]
}

/** The stores that a vault's content is in, in memory. */
export const createMemoryStores = () => {
  const rows: Rows = {
    users: [],
    environments: [],
    variables: [],
    connections: [],
    accounts: [],
    token_sets: [],
    lineage: [],
    requests: [],
  }
  const removeSets = (isGone: (set: TokenSet) => boolean) => {
    const gone = new Set(rows.token_sets.filter(isGone).map(({ id }) => id))
    rows.token_sets = rows.token_sets.filter(({ id }) => !gone.has(id))
    rows.lineage = rows.lineage.filter(({ tokenSetId }) => !gone.has(tokenSetId))
  }
  const tokenSetOf = (account: Account) => {
    const tokenSet = rows.token_sets.find(({ accountId }) => accountId === account.id)
    return tokenSet ? { account, tokenSet } : { account }
  }
  const users: UserRegistry = {
    list: () => rows.users,
    findByUsername: (name) =>
      rows.users.find(({ username }) => foldUsername(username) === foldUsername(name)),
    add: (user) => void rows.users.push(user),
    environments: (userId) => rows.environments.filter((each) => each.userId === userId),
    addEnvironment: (environment) => void rows.environments.push(environment),
    rename: (userId, username) => {
      rows.users = rows.users.map((user) => (user.id === userId ? { ...user, username } : user))
    },
    remove: (userId) => {
      rows.users = rows.users.filter(({ id }) => id !== userId)
    },
    noteUnlock: notAsked,
  }
  const environments: EnvironmentStore = {
    list: users.environments,
    get: (userId, id) => users.environments(userId).find((each) => each.id === id),
    findByName: (userId, name) => users.environments(userId).find((each) => each.name === name),
    add: users.addEnvironment,
    rename: notAsked,
    remove: notAsked,
    use: notAsked,
    variables: (userId, environmentId) =>
      rows.variables.filter((each) => each.userId === userId && each.environmentId === environmentId),
    saveVariables: (userId, environmentId, variables) => {
      const before = environments.variables(userId, environmentId)
      rows.variables = [...rows.variables.filter((each) => !before.includes(each)), ...variables]
    },
  }
  const connections: ConnectionStore = {
    list: (userId) => rows.connections.filter((each) => each.userId === userId),
    get: (userId, id) => rows.connections.find((each) => each.userId === userId && each.id === id),
    save: (connection) => {
      rows.connections = [...rows.connections.filter(({ id }) => id !== connection.id), connection]
    },
    remove: notAsked,
  }
  const tokens: TokenStore = {
    listAccounts: (userId) => rows.accounts.filter((each) => each.userId === userId).map(tokenSetOf),
    getAccount: (userId, id) => tokens.listAccounts(userId).find(({ account }) => account.id === id),
    findAccount: (userId, connectionId, issuer, subject) =>
      rows.accounts.find(
        (each) =>
          each.userId === userId &&
          each.connectionId === connectionId &&
          each.issuer === issuer &&
          each.subject === subject,
      ),
    holderOf: (userId, id) =>
      rows.token_sets.find((set) => set.userId === userId && set.id === id)?.accountId,
    saveSignIn: (account, tokenSet, step) => {
      if (rows.token_sets.some(({ id, accountId }) => id === tokenSet.id && accountId !== account.id))
        throw new Error('the token set is of another account')
      removeSets(({ accountId }) => accountId === account.id)
      rows.accounts = [...rows.accounts.filter(({ id }) => id !== account.id), account]
      rows.token_sets.push(tokenSet)
      rows.lineage.push(step)
    },
    addLineage: (step) => void rows.lineage.push(step),
    lineage: (tokenSetId) => rows.lineage.filter((step) => step.tokenSetId === tokenSetId),
    removeAccount: (userId, id) => {
      rows.accounts = rows.accounts.filter((each) => each.userId !== userId || each.id !== id)
      removeSets(({ accountId }) => accountId === id)
    },
    saveRefresh: notAsked,
    saveProfile: notAsked,
    markRevoked: notAsked,
    saveSubject: notAsked,
    join: notAsked,
  }
  const requests: RequestStore = {
    list: (userId) => rows.requests.filter((each) => each.userId === userId),
    get: notAsked,
    save: (request) => {
      rows.requests = [...rows.requests.filter(({ id }) => id !== request.id), request]
    },
    remove: notAsked,
  }
  const ownerOf: ImportStores['ownerOf'] = (table, id) => rows[table].find((row) => row.id === id)?.userId
  const cookies = { list: () => [], get: () => undefined, save: () => undefined, remove: notAsked }
  const network = { get: () => undefined, save: notAsked }
  const fields = fieldsOf(rows)
  return { rows, users, environments, connections, tokens, requests, cookies, network, ownerOf, fields }
}

function notAsked(): never {
  throw new Error('not asked for')
}

const columns = {
  connections: {
    client_secret: 'sealedClientSecret',
    client_key: 'sealedClientKey',
    client_certificate: 'sealedCertificate',
    dpop_key: 'sealedDpopKey',
    proof: 'sealedProof',
  },
  token_sets: {
    access_token: 'sealedAccessToken',
    refresh_token: 'sealedRefreshToken',
    id_token: 'sealedIdToken',
  },
} as const

/** All sealed fields of these rows. */
function fieldsOf(rows: Rows): SealedFields {
  const destinationOf = (set: TokenSet) => {
    const account = rows.accounts.find(({ id }) => id === set.accountId)
    const connection = rows.connections.find(({ id }) => id === account?.connectionId)
    return account && connection ? tokenDestination(connection, { account, tokenSet: set }) : nowhere
  }
  return {
    replace: (userId, change) => {
      const mine = <Row extends { userId: string }>(table: Row[]) =>
        table.filter((row) => row.userId === userId)
      for (const row of mine(rows.connections))
        for (const [column, member] of Object.entries(columns.connections)) {
          const sealed = row[member] ?? (column === 'proof' ? new Uint8Array() : undefined)
          const destination = connectionDestination(row)
          const place = { userId, table: 'connections', rowId: row.id, column, destination }
          row[member] = (sealed && change(place, sealed)) ?? row[member]
        }
      for (const row of mine(rows.token_sets))
        for (const [column, member] of Object.entries(columns.token_sets)) {
          const sealed = row[member]
          const destination = destinationOf(row)
          const place = { userId, table: 'token_sets', rowId: row.id, column, destination }
          if (sealed) row[member] = change(place, sealed) ?? sealed
        }
      for (const row of mine(rows.variables))
        if (row.sealedValue) {
          const place = { userId, table: 'environment_variables', rowId: row.id, column: 'value' }
          row.sealedValue = change(place, row.sealedValue) ?? row.sealedValue
        }
      for (const row of mine(rows.requests))
        if (row.sealedSecrets) {
          const place = { userId, table: 'requests', rowId: row.id, column: 'secrets' }
          row.sealedSecrets = change(place, row.sealedSecrets) ?? row.sealedSecrets
        }
    },
  }
}

import { keysOf } from '@contract/tables/keys-of'
import { lineageEventTable } from '@contract/tables/lineage-events'
import { clientAuthentication, connectionSettings, grantKind } from '@contract/connection-settings'
import { redirectKind } from '@contract/connections'
import { variableName } from '@contract/environments'
import { longestSecretKey } from '../../records/documents/collection-memory.ts'
import { networkDocument } from '../../records/documents/network.ts'
import { draftDocument } from '../../records/documents/request-draft.ts'
import { isFilePath } from '../../text/collection-path.ts'
import { z } from 'zod'

/** Limits on what an import may hold; characters and counts. A file comes from outside and is not trusted. */
const limits = { short: 1_024, long: 1_048_576, rows: 10_000 } as const
/** Rows in one list of an export, at most. */
export const mostRows = limits.rows
const short = z.string().max(limits.short)
const long = z.string().max(limits.long)
/** Two identifiers that differ stay different in the database: no half of a character pair, which is no UTF-8. */
const id = z.string().regex(/^[\x21-\x7e]{1,64}$/)
const time = z.number().int()

/** What in a document names nothing or something twice; `undefined` where all holds together. */
export function danglingReference(document: ExportDocument): string | undefined {
  const { environments, connections, accounts, tokenSets, requests, cookieJars, network } = document
  for (const list of [environments, connections, accounts, tokenSets, requests])
    if (new Set(list.map(({ id }) => id)).size !== list.length) return 'an identifier appears twice'
  const idsOf = (list: { id: string }[]) => new Set(list.map(({ id }) => id))
  const [knownEnvironments, knownConnections, knownAccounts] = [environments, connections, accounts].map(
    idsOf,
  )
  if (
    !environments.every(
      ({ variables }) => new Set(variables.map(({ name }) => name)).size === variables.length,
    )
  )
    return 'a variable is in an environment twice'
  if (!connections.every(({ environmentId }) => knownEnvironments?.has(environmentId)))
    return 'a connection names an environment that does not exist'
  if (!accounts.every(({ connectionId }) => knownConnections?.has(connectionId)))
    return 'an account names a connection that does not exist'
  if (!tokenSets.every(({ accountId }) => knownAccounts?.has(accountId)))
    return 'a token set names an account that does not exist'
  if (
    !cookieJars.every(
      ({ environmentId, accountId }) =>
        knownEnvironments?.has(environmentId) && (accountId === undefined || knownAccounts?.has(accountId)),
    )
  )
    return 'a cookie jar names an environment or account that does not exist'
  if (network.length > 1) return 'the network settings appear twice'
  return undefined
}
function rows<T extends z.ZodType>(row: T) {
  return z.array(row).max(limits.rows)
}
const draft = z
  .string()
  .max(16_777_216)
  .refine((text) => draftDocument.read(text).ok, 'is not a request')

const settings = z
  .string()
  .max(limits.long)
  .refine((text) => networkDocument.read(text).ok, 'is not a list of network settings')

const publicKey = z.object({ algorithm: short, kid: short, jwk: long }).strict()
const certificate = z.object({ subject: long, issuer: long, thumbprint: short, validTo: time }).strict()

/** A variable; one that was sealed is sealed again. */
const variable = z.object({ name: variableName, value: long, secret: z.boolean() }).strict()

const connection = z
  .object({
    id,
    environmentId: id,
    name: short,
    metadata: z.looseObject({ issuer: long }),
    metadataSource: z.enum(['discovery', 'by-hand']),
    metadataFetchedAt: time.optional(),
    clientId: long,
    clientAuthentication,
    clientSecret: long.optional(),
    clientKey: long.optional(),
    certificate: long.optional(),
    dpopKey: long.optional(),
    settings: connectionSettings.optional(),
    publicKeys: z.object({ client: publicKey, dpop: publicKey, certificate }).partial().strict().optional(),
    scope: long,
    resource: long.optional(),
    redirectKind,
    allowInsecure: z.boolean(),
    isPlayground: z.boolean(),
    createdAt: time,
    updatedAt: time,
  })
  .strict()

const account = z
  .object({
    id,
    connectionId: id,
    issuer: long,
    subject: long,
    profile: z.record(z.string(), z.unknown()),
    signedInAt: time,
  })
  .strict()

const lineageStep = z
  .object({
    at: time,
    event: z.enum(keysOf(lineageEventTable)),
    reason: long,
    changes: z.array(long).max(100),
  })
  .strict()

const tokenSet = z
  .object({
    id,
    accountId: id,
    grant: grantKind,
    tokenType: short,
    scope: long,
    scopeAsked: long,
    resource: long.optional(),
    obtainedAt: time,
    expiresAt: time.optional(),
    ownExpiresAt: time.optional(),
    revokedAt: time.optional(),
    accessTokenFormat: z.enum(['jwt', 'jwe', 'opaque', 'malformed']),
    refreshCount: time,
    refreshedAt: time.optional(),
    accessToken: long,
    refreshToken: long.optional(),
    idToken: long.optional(),
    lineage: rows(lineageStep),
  })
  .strict()

/** One row of each list of an export. */
export const exportRows = {
  environments: z.object({ id, name: short, variables: rows(variable).default([]) }).strict(),
  connections: connection,
  accounts: account,
  tokenSets: tokenSet,
  requests: z.object({ id, name: short, draft, secrets: long.optional(), updatedAt: time }).strict(),
  /** Cookies of an account, or of requests without one, in an environment. */
  cookieJars: z.object({ environmentId: id, accountId: id.optional(), cookies: long }).strict(),
  /** The network settings, if there are any: one row. */
  network: z.object({ document: settings, secrets: long }).strict(),
  files: z
    .object({
      path: z.string().refine(isFilePath, 'is not the path of a file'),
      text: z.string().max(4_194_304),
      accountId: id.optional(),
      secrets: long.optional(),
    })
    .strict(),
  /** Secret values that were entered for folders and environments of the own collection, by the file that declares them
   *  and their name: never in the files themselves. */
  ownSecrets: z.object({ key: z.string().min(1).max(longestSecretKey), value: long }).strict(),
  /** Secrets that did not open and are therefore missing. */
  missing: short,
} as const

/** Lists that older exports do not have. */
export const laterLists: ReadonlySet<string> = new Set(['cookieJars', 'network', 'files', 'ownSecrets'])

/** What an export says of itself. */
export const exportHead = z
  .object({
    format: z.literal('gatehouse-vault'),
    version: z.literal(1),
    exportedAt: time,
    username: short,
  })
  .strict()

type Rows = { -readonly [List in keyof typeof exportRows]: z.infer<(typeof exportRows)[List]>[] }
/** The content of an export: everything of a vault but history and sign-ins under way. */
export type ExportDocument = z.infer<typeof exportHead> & Rows

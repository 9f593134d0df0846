import type { SharedSignIn } from '@contract/collection-scope'
import { defined } from '@contract/defined'
import { fail, type Failure } from '@contract/result'
import { needsOf } from '@contract/tables/client-authentications'
import { grantOf } from '@contract/tables/grants'
import type { FileSignIn } from '../../../collections/sign-in/sign-in-file.ts'
import { shortestSecret, type Lookup } from '../../../http/variables.ts'
import { registeredRedirectUri } from '../../../oauth/redirect/redirect-uri.ts'
import type { CollectionMemory } from '../../../records/documents/collection-memory.ts'
import type { Connection } from '../../../records/model.ts'
import type { ConnectionStore, TokenStore } from '../../../records/ports.ts'
import type { CurrentSession } from '../../vault/session.ts'
import { isSameConnection } from './same-connection.ts'
import { readSharedDraft, type SharedDraft } from './shared-draft.ts'

interface Dependencies {
  session: CurrentSession
  connections: Pick<ConnectionStore, 'list'>
  tokens: Pick<TokenStore, 'listAccounts'>
}

/** A sign-in of a file, and where it is. */
export interface PlacedSignIn {
  signIn: FileSignIn
  from: string
  file: string
  /** The request says it itself. */
  own: boolean
}

/** Where the account for a sign-in is remembered: another connection is another choice. */
export function accountKey(connectionId: string, file: string): string {
  return `${connectionId}:${file}`
}

/** The sign-ins that files describe, beside what there is of them here. Nothing is asked of the provider. */
export function createSharedSignIns({ session, connections, tokens }: Dependencies) {
  /** The connections that are the same, those of accounts first. */
  function sameOnes(shared: SharedDraft, { texts }: FileSignIn): Connection[] {
    const { user, environment } = session()
    return connections
      .list(user.id)
      .filter(
        (each) =>
          each.environmentId === environment.id && isSameConnection(each, shared, texts.issuer !== undefined),
      )
  }

  function accountIn(all: readonly Connection[], file: string, memory: CollectionMemory): string | undefined {
    const known = new Map(
      tokens.listAccounts(session().user.id).map(({ account }) => [account.id, account.connectionId]),
    )
    for (const { id } of all) {
      const accountId = memory.accounts[accountKey(id, file)]
      if (accountId !== undefined && known.get(accountId) === id) return accountId
    }
    return undefined
  }

  return {
    /** As the page shows it. */
    view(
      { signIn, from, file, own }: PlacedSignIn,
      variables: Lookup,
      memory: CollectionMemory,
    ): SharedSignIn {
      const shared = readSharedDraft(signIn, variables)
      const { texts } = signIn
      if (typeof shared === 'string')
        return {
          own,
          from,
          name: texts.name ?? 'Sign-in',
          ...defined({ issuer: texts.issuer }),
          clientId: texts.clientId ?? '',
          scope: texts.scope ?? '',
          redirectUri: texts.redirectUri ?? '',
          grant: 'authorization_code',
          asks: 'nothing',
          warnings: [],
          fault: shared,
          seen: '',
        }
      const { draft, stated, clientSecret, warnings } = shared
      const grant = grantOf(draft.settings)
      const same = sameOnes(shared, signIn)
      const accountId = own ? undefined : accountIn(same, file, memory)
      const connection = same.find(({ id }) => accountId === memory.accounts[accountKey(id, file)]) ?? same[0]
      return {
        own,
        from,
        name: draft.name,
        ...defined({ issuer: texts.issuer === undefined ? undefined : draft.provider.issuer }),
        ...stated,
        clientId: draft.clientId,
        scope: draft.scope,
        ...defined({ resource: draft.resource }),
        grant,
        redirectUri:
          grant === 'authorization_code'
            ? registeredRedirectUri({
                redirectKind: draft.redirectKind,
                ...defined({ settings: draft.settings }),
              })
            : '',
        asks: needsOf(draft) === 'secret' && clientSecret !== undefined ? 'nothing' : needsOf(draft),
        warnings,
        seen: seenOf(shared),
        ...defined({ connectionId: connection?.id, accountId }),
      }
    },
    /** Who an inheriting request calls as, or why it cannot be sent. Code: `sign_in_needed`. */
    caller(
      { signIn, from, file }: PlacedSignIn,
      variables: Lookup,
      memory: CollectionMemory,
    ): { accountId: string } | { ok: false; error: Failure } {
      const shared = readSharedDraft(signIn, variables)
      if (typeof shared === 'string')
        return fail(
          'sign_in_needed',
          `The sign-in of the ${from} cannot be used. ${shared} Nothing was sent.`,
        )
      const accountId = accountIn(sameOnes(shared, signIn), file, memory)
      return accountId === undefined
        ? fail(
            'sign_in_needed',
            `The ${from} uses a sign-in to ${shared.draft.name}, and no account has been chosen for it yet. Nothing was sent.`,
            'Sign in above the request, or choose an account beside the address.',
          )
        : { accountId }
    },
    sameOnes,
  }
}

export type SharedSignIns = ReturnType<typeof createSharedSignIns>

/** All that is shown and decided by, as one text: without the secret. */
export function seenOf({ draft, stated }: SharedDraft): string {
  return JSON.stringify([draft, stated])
}

/** Whether a secret can be told apart in what is kept. */
export function isFitSecret(secret: string): boolean {
  return secret.length >= shortestSecret
}

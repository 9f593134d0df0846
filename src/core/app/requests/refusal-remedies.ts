import { defined } from '@contract/defined'
import type { Remedy } from '@contract/requests'
import { readChallenges } from '../../diagnosis/challenges.ts'
import { lackingScopes, scopeUnion, stepUpOf } from '../../oauth/authorization/step-up.ts'
import type { EnvironmentStore } from '../../records/environment-store.ts'
import type { Account, TokenSet } from '../../records/model.ts'
import type { ConnectionStore, TokenStore } from '../../records/ports.ts'
import { displayName } from '../accounts/account-names.ts'

interface Dependencies {
  connections: ConnectionStore
  tokens: TokenStore
  environments: Pick<EnvironmentStore, 'get'>
}

/** Failures before sending that a new sign-in repairs. */
const mendedBySignIn = new Set([
  'account_other_issuer',
  'refresh_answer_lost',
  'refresh_restored',
  'refresh_revoked',
  'refresh_no_token',
  'refresh_other_subject',
  'token_invalid_grant',
  'secret_memory_only',
  'secret_redirected',
])

/** What can be done about a refused call at the press of a button: a new sign-in as the API asks (RFC 9470), one with
 *  the scopes that it lacks, or sending as another account that has them. */
export function createRemedies(deps: Dependencies) {
  /** Other accounts for the same resource and in the same environment whose tokens have these scopes. */
  function othersWith(account: Account, tokenSet: TokenSet, lacking: string[]): Remedy[] {
    const environment = deps.connections.get(account.userId, account.connectionId)?.environmentId
    return deps.tokens.listAccounts(account.userId).flatMap(({ account: other, tokenSet: set }): Remedy[] => {
      if (set === undefined || other.id === account.id || set.resource !== tokenSet.resource) return []
      const connection = deps.connections.get(other.userId, other.connectionId)
      if (connection?.environmentId !== environment || other.issuer !== account.issuer) return []
      const has = words(set.scope)
      if (!lacking.every((scope) => has.includes(scope))) return []
      return [{ kind: 'send-as', label: `Send as ${displayName(other)}`, accountId: other.id }]
    })
  }

  function switching({ userId, connectionId }: Account): Remedy[] {
    const environmentId = deps.connections.get(userId, connectionId)?.environmentId
    const environment = environmentId === undefined ? undefined : deps.environments.get(userId, environmentId)
    return environment === undefined
      ? []
      : [
          {
            kind: 'environment',
            label: `Switch to ${environment.name} and send`,
            environmentId: environment.id,
          },
        ]
  }

  return {
    /** For a response 401 or 403. */
    ofAnswer(userId: string, accountId: string, headers: [string, string][]): Remedy[] {
      const found = deps.tokens.getAccount(userId, accountId)
      if (!found?.tokenSet) return []
      const { account, tokenSet } = found
      const { connectionId } = account
      const fields = headers.filter(([name]) => name.toLowerCase() === 'www-authenticate')
      for (const { parameters } of readChallenges(fields.map(([, value]) => value)).challenges) {
        const stepUp = stepUpOf(parameters)
        if (stepUp)
          return [
            {
              kind: 'sign-in',
              label: 'Sign in again as asked and resend',
              accountId,
              connectionId,
              ...stepUp,
            },
          ]
        const lacking = lackingScopes(parameters, tokenSet.scope)
        if (lacking.length > 0)
          return [
            {
              kind: 'sign-in',
              label: `Request ${scopeNames(lacking)}, sign in and resend`,
              accountId,
              connectionId,
              scope: scopeUnion(tokenSet.scopeAsked, lacking),
            },
            ...othersWith(account, tokenSet, lacking),
          ]
      }
      return []
    },

    /** For a failure before anything was sent. */
    ofFailure(userId: string, accountId: string, code: string): Remedy[] {
      const found = deps.tokens.getAccount(userId, accountId)
      if (!found) return []
      if (code === 'account_other_environment') return switching(found.account)
      if (!mendedBySignIn.has(code)) return []
      const { connectionId } = found.account
      const scope = found.tokenSet?.scopeAsked
      return [
        {
          kind: 'sign-in',
          label: 'Sign in again and resend',
          accountId,
          connectionId,
          ...defined({ scope }),
        },
      ]
    },
  }
}

/** A button has room for a few. */
function scopeNames(scopes: string[]): string {
  return scopes.length === 1
    ? `the scope ${scopes[0]}`
    : scopes.length > 3
      ? `the ${scopes.length} missing scopes`
      : `the scopes ${scopes.join(', ')}`
}

function words(scope: string): string[] {
  return scope.split(' ').filter((word) => word !== '')
}

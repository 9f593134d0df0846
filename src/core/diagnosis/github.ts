import { fact, headerOf, sentSomething, type Case, type Verdict } from './case.ts'
import { pickHelp } from './help.ts'
import { pauseOf } from './pause.ts'
import { plainText, span, words } from './words.ts'

/** GitHub's API says most of it in its own headers and sentences. */
export function byGitHub(item: Case): Verdict | undefined {
  const { call, said = '' } = item
  if (headerOf(call, 'x-github-request-id') === undefined) return undefined
  if (![401, 403, 404].includes(call.status)) return undefined
  if (/rate limit/i.test(said) && call.status === 403) return limited(call)
  if (said === 'Bad credentials')
    return {
      headline: 'GitHub does not know this token: it is wrong, expired or revoked',
      certainty: 'certain',
      next: pickHelp('again', call),
    }
  if (/administrative rules|User-Agent/i.test(said))
    return {
      headline: 'GitHub requires a User-Agent header',
      certainty: 'certain',
      next: 'Add a User-Agent header to the request, with any name.',
    }
  return bySso(item) ?? byPermission(item) ?? byScopes(item)
}

function limited(call: Case['call']): Verdict {
  const pause = pauseOf(call)
  return {
    headline: `GitHub’s rate limit is used up${pause === undefined ? '' : ` for another ${span(Math.max(1000, pause))}`}`,
    certainty: 'certain',
    ...(pause !== undefined && { retryAt: call.now + pause }),
    next: sentSomething(call)
      ? 'Wait, then send again.'
      : 'Wait, or call as an account: without one the limit is far lower.',
  }
}

function bySso({ call }: Case): Verdict | undefined {
  const sso = headerOf(call, 'x-github-sso')
  if (sso === undefined || !sso.startsWith('required')) return undefined
  return {
    headline: 'The organization requires this token to be authorized for single sign-on (SAML)',
    certainty: 'certain',
    facts: fact('Authorize at', plainText(/url=(\S{1,1000})/.exec(sso)?.[1]), { wire: true }),
    next: 'Open the address, authorize the token, then send again.',
  }
}

function byPermission({ call, said = '' }: Case): Verdict | undefined {
  if (!/^Resource not accessible by (?:integration|personal access token)/i.test(said)) return undefined
  return {
    headline: 'The token lacks a permission for this resource',
    certainty: 'certain',
    facts: fact('GitHub requires', plainText(headerOf(call, 'x-accepted-github-permissions'))),
    next: 'Give the app or token this permission on GitHub, for this repository.',
  }
}

/** One of the accepted scopes is enough; without it a private resource is `404 Not Found`. */
function byScopes({ call }: Case): Verdict | undefined {
  const listed = (name: string) => words((plainText(headerOf(call, name)) ?? '').replaceAll(',', ' '))
  const [accepted, has] = [listed('x-accepted-oauth-scopes'), listed('x-oauth-scopes')]
  if (accepted.length === 0 || headerOf(call, 'x-oauth-scopes') === undefined) return undefined
  if (accepted.some((scope) => has.includes(scope))) return undefined
  return {
    headline: `The token lacks a scope: ${accepted.join(' or ')}`,
    certainty: call.status === 403 ? 'certain' : 'likely',
    facts: [
      ...fact('GitHub requires one of', accepted, { missing: accepted }),
      ...fact('The token has', has.length > 0 ? has : ['none']),
    ],
    next: 'Add the scope to the connection and sign in again. Without it, GitHub answers 404 for what is private.',
  }
}

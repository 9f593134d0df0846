import type { PendingSignIn, RedirectHold } from '@contract/accounts'
import { fail, ok, type Result } from '@contract/result'
import { redirectTable } from '@contract/tables/redirect-kinds'
import { responseModeTable } from '@contract/tables/response-modes'
import { responseModeOf } from '../../oauth/authorization/response-type.ts'
import { askLoginPage } from '../../oauth/redirect/ask-page.ts'
import { formMayEndAt } from '../../oauth/redirect/form-action.ts'
import { loopbackRedirectUri } from '../../oauth/redirect/redirect-uri.ts'
import type { RandomBytes } from '../../oauth/wire/encoding.ts'
import { networkFailureOf, type Fetch } from '../../oauth/wire/fetch.ts'
import type { Connection, PendingSignInRecord } from '../../records/model.ts'
import type { ConnectionStore } from '../../records/ports.ts'
import type { FlowRecorder } from '../flows/flow-recorder.ts'
import { factsOf, type SignInWish } from './sign-in-facts.ts'
import type { SignInsUnderWay } from './sign-ins-under-way.ts'

/** What is needed to find out what holds redirects, and to take another one. */
export interface HeldDependencies {
  connections: Pick<ConnectionStore, 'get'>
  fetch: Fetch
  randomBytes: RandomBytes
  recorder: FlowRecorder
  /** Stores a connection with another redirect kind, with all that is sealed for it. */
  takeLoopback: (connection: Connection) => { undo: () => void }
}

interface UnderWay {
  live: SignInsUnderWay['live']
  /** What waits under this id, unless it is another user's. */
  mine: (id: string) => PendingSignInRecord | undefined
  cancel: (record: PendingSignInRecord) => boolean
  start: (wish: SignInWish) => Promise<Result<PendingSignIn>>
}

/** Said of a sign-in that does not wait. */
export function unknownSignIn() {
  return fail('sign_in_unknown', 'This sign-in has already ended.', 'Start it again.')
}

/** What may hold the redirect of a sign-in that waits, and the way on by loopback, which is kept for the connection. */
export function createHeldRedirect(deps: HeldDependencies, underWay: UnderWay) {
  const { live, mine, cancel, start } = underWay

  async function ask(record: PendingSignInRecord, connection: Connection): Promise<RedirectHold> {
    const run = live.get(record.id)
    if (run === undefined) return unasked(connection)
    const flow = deps.recorder.signIn.begun(record.userId, record.id, factsOf(connection))
    const page = await askLoginPage(run.url, {
      fetch: flow.fetch,
      randomBytes: deps.randomBytes,
      allowInsecure: connection.allowInsecure,
    }).catch((thrown: unknown) => {
      if (networkFailureOf(thrown) === undefined) throw thrown
      return undefined
    })
    if (page === undefined) return unasked(connection)
    const at = { page: page.url, policies: page.policies }
    const { settings } = connection
    const hold = formMayEndAt(run.redirectUri, at)
      ? { ...unasked(connection), found: 'nothing' as const }
      : forbidden(
          run.redirectUri,
          takesLoopback(connection) &&
            formMayEndAt(loopbackRedirectUri(settings, settings?.loopbackPort ?? 49_152), at),
        )
    if (live.has(record.id))
      flow.checks('Headers of the login page', [
        {
          id: 'form-action',
          label: 'The redirect may follow its form',
          state: hold.found === 'nothing' ? 'valid' : 'notice',
          detail:
            hold.found === 'nothing'
              ? 'The page’s Content-Security-Policy lets its form lead to the redirect.'
              : hold.says,
          source: 'CSP Level 3 section 6.4.1',
        },
      ])
    return hold
  }

  return {
    /** What may hold the redirect: found in the headers of the provider's page, which is asked for once and without the
     *  user's session, else in words. Codes: `sign_in_unknown`, `connection_unknown`. */
    async whatHolds(id: string): Promise<Result<RedirectHold>> {
      const record = mine(id)
      const connection = record && deps.connections.get(record.userId, record.connectionId)
      if (!connection) return unknownSignIn()
      const run = live.get(id)
      const hold = run?.hold ?? ask(record, connection)
      if (run) run.hold = hold
      return ok(await hold)
    },

    /** Signs in by loopback in place of the redirect that does not come, and keeps that for the connection; where it
     *  cannot be, all stays as it was. Codes: `sign_in_unknown`, `sign_in_no_loopback`, those of `start`. */
    async byLoopback(id: string): Promise<Result<PendingSignIn>> {
      const record = mine(id)
      const connection = record && deps.connections.get(record.userId, record.connectionId)
      if (!connection) return unknownSignIn()
      if (!takesLoopback(connection))
        return fail(
          'sign_in_no_loopback',
          'This connection’s responses cannot be received on loopback.',
          'Choose another response mode or redirect in the connection.',
        )
      const wish = live.get(id)?.wish ?? { connectionId: connection.id }
      const { undo } = deps.takeLoopback(connection)
      const started = await start(wish)
      if (started.ok) cancel(record)
      else undo()
      return started
    },
  }
}

/** Whether loopback is another way, and the answers of this connection arrive there. */
export function takesLoopback({ redirectKind, settings = {} }: Connection): boolean {
  const { place } = responseModeTable[responseModeOf(settings)]
  return redirectKind !== 'loopback' && redirectTable.loopback.takes[place]
}

function unasked(connection: Connection): RedirectHold {
  const loopback = takesLoopback(connection)
  return redirectTable[connection.redirectKind].waits === 'system'
    ? {
        found: 'not-asked',
        says: 'Where you were signed in already, the browser may have dropped the redirect because you clicked nothing on the page. It may also be asking for permission to open Gatehouse.',
        next: loopback
          ? 'Go to the browser’s page and click in it once, then open the browser again. Or use loopback, which needs neither.'
          : 'Go to the browser’s page and click in it once, then open the browser again.',
        loopback,
      }
    : {
        found: 'not-asked',
        says: 'The provider may not know this redirect, or may still be asking something in the browser.',
        next: 'Check the browser’s page: it says what it is waiting for. If it shows the response in its address, paste it here.',
        loopback,
      }
}

function forbidden(redirectUri: string, loopback: boolean): RedirectHold {
  const [scheme = '', rest = ''] = redirectUri.split(/(?<=:)/, 2)
  const named = scheme.startsWith('http') ? `http:${rest.split('/', 3).join('/')}` : scheme
  return {
    found: 'form-action',
    says: `The provider’s login page does not let its form lead to ${named} (form-action in its Content-Security-Policy). Browsers based on Chromium then drop the redirect silently.`,
    next: loopback
      ? 'Use loopback, which the page allows.'
      : 'Try another browser, or the built-in window, and have the provider’s operator name this redirect in form-action.',
    loopback,
  }
}

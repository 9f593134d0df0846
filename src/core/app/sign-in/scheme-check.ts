import type { RedirectUris, SchemeState, SchemeTest } from '@contract/scheme'
import { ok, type Result } from '@contract/result'
import { base64url, type RandomBytes } from '../../oauth/wire/encoding.ts'
import { customSchemeRedirectUri, loopbackPath } from '../../oauth/redirect/redirect-address.ts'
import { readSchemePing, schemePing } from '../../oauth/redirect/scheme-ping.ts'
import type { Clock, SchemeDesk, SchemeHandler } from '../../records/ports.ts'

/** How long a test waits for its address to come back, in milliseconds: it may start a program. */
const pingTimeLimit = 10_000

interface Dependencies {
  scheme: SchemeDesk
  clock: Clock
  randomBytes: RandomBytes
  after: (milliseconds: number, then: () => void) => () => void
  copyText: (text: string) => Promise<void>
}

const redirects: RedirectUris = {
  'custom-scheme': customSchemeRedirectUri,
  loopback: `http://127.0.0.1${loopbackPath}`,
}

const elsewhere = 'Until then choose the loopback redirect in the connection, or paste the redirect address.'

/** Whether answers by our custom scheme reach this app: asks the system, registers again, and tries it out. */
export function createSchemeCheck({ scheme, clock, randomBytes, after, copyText }: Dependencies) {
  const waiting = new Map<string, () => void>()
  let testing: Promise<Result<SchemeTest>> | undefined
  let lastTest: SchemeState['lastTest']

  const stateOf = (handler: SchemeHandler): SchemeState => ({
    ...judge(handler),
    redirects,
    ...(lastTest && { lastTest }),
  })

  async function notBack(opened: boolean): Promise<SchemeTest> {
    const handler = await scheme.handler()
    const state = judge(handler)
    const what = opened
      ? `Nothing came back within ${pingTimeLimit / 1000} seconds.`
      : 'The system did not open the address.'
    return handler.kind === 'this'
      ? {
          worked: false,
          says: `${what} The system still lists this copy of Gatehouse.`,
          next: `Log out of the desktop and in again, then test again. ${elsewhere}`,
        }
      : { worked: false, says: `${what} ${state.says}`, next: state.next }
  }

  async function run(): Promise<Result<SchemeTest>> {
    const nonce = base64url(randomBytes(16))
    const from = clock.now()
    const back = new Promise<boolean>((resolve) => {
      const callOff = after(pingTimeLimit, () => resolve(false))
      waiting.set(nonce, () => {
        callOff()
        resolve(true)
      })
    })
    const opened = await scheme.open(schemePing(nonce))
    const came = opened && (await back)
    waiting.delete(nonce)
    lastTest = { worked: came, at: clock.now() }
    if (!came) return ok(await notBack(opened))
    const took = clock.now() - from
    return ok({
      worked: true,
      took,
      says: `It works: the system returned the address in ${(took / 1000).toFixed(1)} s.`,
    })
  }

  return {
    check: async (): Promise<Result<SchemeState>> => ok(stateOf(await scheme.handler())),
    async repair(): Promise<Result<SchemeState>> {
      await scheme.register()
      const handler = await scheme.handler()
      const state = stateOf(handler)
      return ok(
        handler.kind === 'this' ? state : { ...state, next: `The system did not accept it. ${elsewhere}` },
      )
    },
    test: (): Promise<Result<SchemeTest>> => {
      testing ??= run().finally(() => (testing = undefined))
      return testing
    },
    async copy({ redirect }: { redirect: keyof RedirectUris }): Promise<Result<null>> {
      await copyText(redirects[redirect])
      return ok(null)
    },
    /** Takes a ping that the system handed over; one that no one waits for is nothing. */
    receive: (url: string): void => waiting.get(readSchemePing(url) ?? '')?.(),
  }
}

function judge(handler: SchemeHandler): Omit<SchemeState, 'redirects' | 'lastTest'> {
  switch (handler.kind) {
    case 'this':
      return { registered: true, says: 'The system opens app.gatehouse.desktop with this Gatehouse.' }
    case 'other':
      return {
        registered: 'other',
        handler: handler.name,
        says: `The system opens app.gatehouse.desktop with ${handler.name}: providers’ responses go there. PKCE prevents their use, but no sign-in can finish here.`,
        next: 'Press “Repair” to have them sent here again.',
      }
    case 'gone':
      return {
        registered: false,
        handler: handler.name,
        says: `The system opens app.gatehouse.desktop with ${handler.name}, which no longer exists.`,
        next: 'Press “Repair” to have it opened by this copy of Gatehouse.',
      }
    case 'none':
      return {
        registered: false,
        says: 'No program opens app.gatehouse.desktop.',
        next: 'Press “Repair” to have it opened by this copy of Gatehouse.',
      }
    case 'unknown':
      return { registered: false, says: handler.why, next: elsewhere }
  }
}

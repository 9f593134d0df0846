import { isSchemePing } from '../../oauth/redirect/scheme-ping.ts'
import type { Clipboard, Desk, Net, Notices, Randomness, Stores, Time } from '../ports.ts'
import type { Services } from '../services.ts'
import type { Sessions } from '../vault/sessions.ts'
import type { TokenParts } from '../tokens/create-tokens.ts'
import { createCompleteSignIn } from './complete-sign-in.ts'
import { createDeviceSignIn } from './device-sign-in.ts'
import { createLogOut } from './log-out.ts'
import { createPendingSignIns } from './pending-sign-ins.ts'
import { createSchemeCheck } from './scheme-check.ts'
import { createSignIn } from './sign-in.ts'
import { createTakeLoopback } from './take-loopback.ts'

interface Dependencies {
  sessions: Pick<Sessions, 'resealing'>
  services: Services
  tokens: Pick<TokenParts, 'storeTokens'>
  isLocked: () => boolean
  time: Pick<Time, 'clock' | 'after' | 'wait'>
  random: Randomness
  net: Pick<Net, 'fetch'>
  stores: Pick<Stores, 'connections' | 'tokens' | 'pending'>
  desk: Pick<Desk, 'browser' | 'signInWindow' | 'listener' | 'scheme' | 'focus'>
  clipboard: Pick<Clipboard, 'copyText'>
  notices: Pick<Notices, 'changed' | 'signInEnded' | 'logOutEnded'>
}

/** Signing in and out through a browser, and the redirects that come back from there. */
export function createSignIns(deps: Dependencies) {
  const { services, stores, desk, notices } = deps
  const { clock, after, wait } = deps.time
  const { copyText } = deps.clipboard
  const { storeTokens } = deps.tokens
  const { connections, pending } = stores
  const takeLoopback = createTakeLoopback({
    session: services.session,
    clock,
    connections,
    resealing: deps.sessions.resealing,
    changed: () => notices.changed('connections'),
  })
  const { browser, focus } = desk
  const waiting = {
    ...services,
    ...deps.random,
    isLocked: deps.isLocked,
    clock,
    after,
    wait,
    connections,
    pending,
    tokens: stores.tokens,
    browser,
    copyText,
    focus,
    notify: notices.signInEnded,
    changed: () => notices.changed('sign-ins'),
  }
  const signIn = createPendingSignIns({
    session: services.session,
    connections,
    pending,
    browser: createSignIn({
      ...waiting,
      takeLoopback,
      fetch: deps.net.fetch,
      signInWindow: desk.signInWindow,
      listener: desk.listener,
      complete: createCompleteSignIn({ ...services, clock, storeTokens }),
    }),
    device: createDeviceSignIn({ ...waiting, storeTokens }),
  })
  const logOut = createLogOut({
    session: services.session,
    clock,
    randomBytes: deps.random.randomBytes,
    connections,
    tokens: stores.tokens,
    browser,
    listener: desk.listener,
    after,
    takeLoopback,
    focus,
    notify: notices.logOutEnded,
    changed: () => notices.changed('accounts'),
  })
  const schemeCheck = createSchemeCheck({
    scheme: desk.scheme,
    clock,
    randomBytes: deps.random.randomBytes,
    after,
    copyText,
  })
  return {
    signIn,
    logOut,
    schemeCheck,
    /** Takes a URL that the system handed over, whatever it answers. */
    receiveRedirect: async (url: string): Promise<void> => {
      if (isSchemePing(url)) schemeCheck.receive(url)
      else if (logOut.isReturn(url)) logOut.receive(url)
      else await signIn.receive(url)
    },
  }
}

import { join } from 'node:path'
import type { Desk } from '../core/app/ports.ts'
import { callbackScheme } from '../core/oauth/redirect/redirect-address.ts'
import { computer } from '../node/computer/computer.ts'
import { createLoopbackListener } from '../node/net/loopback-listener.ts'
import type { Ground } from './composition.ts'
import { launchPlayground } from './playground/playground-process.ts'
import { openSchemePing, systemBrowser } from './system/browser-opener.ts'
import { createMachine } from './system/machine.ts'
import { systemPresence } from './system/presence.ts'
import { schemeHandler, takeScheme } from './system/scheme-handler.ts'
import { registerScheme } from './system/scheme-registration.ts'
import { createSignInWindow } from './window/sign-in-window.ts'

/** Windows, browser and the operating system, as Electron has them. */
export function createDesk({ frame, file, profile }: Pick<Ground, 'frame' | 'file' | 'profile'>): Desk {
  // The system is told once, after the first picture; who needs to know whether it worked asks sooner.
  let registering: Promise<boolean> | undefined
  const schemeWorks = (): Promise<boolean> => (registering ??= registerScheme(callbackScheme))
  return {
    browser: {
      // Without the registration the browser would not know where to go with the response.
      open: (url) => schemeWorks().then(() => systemBrowser.open(url)),
    },
    signInWindow: createSignInWindow(frame.window),
    listener: createLoopbackListener(),
    schemeWorks,
    scheme: {
      // What was begun at the start is waited for: no one has the scheme in between.
      handler: () => schemeWorks().then(() => schemeHandler(callbackScheme)),
      register: () => takeScheme(callbackScheme),
      open: openSchemePing,
    },
    computer,
    focus: frame.focus,
    presence: systemPresence,
    machine: createMachine(file),
    launchPlayground: () =>
      launchPlayground(join(frame.outDirectory, 'main', 'playground.mjs'), join(profile, 'playground')),
  }
}

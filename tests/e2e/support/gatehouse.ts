import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Browser, type Page } from 'playwright/test'
import type { Home } from './home.ts'
import { devToolsAddress, pageListed, startProcess, until, type Started } from './processes.ts'
import { runtime } from './runtime.ts'

/** A running Gatehouse with its window. */
export interface Gatehouse {
  page: Page
  process: Started | undefined
  close: () => Promise<void>
}

const flags = (home: Home): string[] => [
  ...runtime().args,
  `--user-data-dir=${home.profile}`,
  '--remote-debugging-port=0',
]

/** What a start is waited for: until it can be used, or its window is there. */
export type Until = 'usable' | 'window'

const firstPage = async (browser: Browser, wanted: Until): Promise<Page> => {
  const page = await until('the window', () =>
    browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((candidate) => candidate.url().startsWith('app://')),
  )
  if (wanted === 'usable')
    await page.waitForFunction(() => performance.getEntriesByName('gatehouse:usable').length > 0)
  return page
}

/** Attaches to the app that runs on this home's profile, whoever started it. */
export const attach = async (home: Home, process?: Started, wanted: Until = 'usable'): Promise<Gatehouse> => {
  const address = await devToolsAddress(home.profile, process)
  await pageListed(address, 'app://')
  const browser = await chromium.connectOverCDP(address)
  const page = await firstPage(browser, wanted)
  return {
    page,
    process,
    async close() {
      const gone = browser.isConnected()
        ? new Promise((resolve) => browser.once('disconnected', resolve))
        : undefined
      // Closing its window ends the app; one that the system started is known by its connection only.
      await page.close().catch(() => undefined)
      await Promise.race([process ? process.exited : gone, pause(5000, undefined, { ref: false })])
      await browser.close().catch(() => undefined)
      await process?.kill()
    },
  }
}

/** Starts the built app on this home's profile, with further arguments as the system would give them. */
export const startGatehouse = async (
  home: Home,
  extra: string[] = [],
  wanted?: Until,
): Promise<Gatehouse> => {
  await forgetDevTools(home)
  const process = startProcess(runtime().electron, [...flags(home), ...extra], { env: home.environment })
  try {
    return await attach(home, process, wanted)
  } catch (error) {
    await process.kill('SIGKILL')
    throw new Error(`Gatehouse did not come up:\n${process.output().slice(-3000)}`, { cause: error })
  }
}

/** Does what the system does with a redirect: starts the app again with the URL. Answers its exit code. */
export const handOver = async (home: Home, url: string): Promise<number | null> => {
  const second = startProcess(runtime().electron, [...flags(home), url], { env: home.environment })
  return second.exited
}

/** Removes the address of an app that has ended, so that the next one's is waited for. */
export const forgetDevTools = (home: Home): Promise<void> =>
  // Of a profile that can't be written to it can't be removed either; then there is none of this start.
  rm(join(home.profile, 'DevToolsActivePort'), { force: true }).catch(() => undefined)

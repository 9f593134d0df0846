import { test as base } from 'playwright/test'
import { attach, startGatehouse, type Gatehouse, type Until } from './support/gatehouse.ts'
import { makeHome, type DefaultBrowser, type Home } from './support/home.ts'
import { startKeyring, type Keyring } from './support/keyring.ts'
import { startProvider, type Provider } from './support/provider.ts'
import { WorkbenchPage } from './pages/workbench-page.ts'

interface Options {
  /** What the system opens addresses with. */
  defaultBrowser: DefaultBrowser
}
interface Fixtures {
  home: Home
  /** Starts the app with further arguments; ended with the test. */
  launch: (extra?: string[], wanted?: Until) => Promise<Gatehouse>
  /** Attaches to an app that the system started; ended with the test. */
  attachToStarted: () => Promise<Gatehouse>
  /** A provider that runs apart from the app. */
  provider: Provider
  /** GNOME's keyring on this home's own message bus. */
  keyring: Keyring
  gatehouse: Gatehouse
  workbench: WorkbenchPage
}

/** Each test has a home folder of its own, with the app started on it. */
export const test = base.extend<Fixtures & Options>({
  defaultBrowser: ['recorder', { option: true }],
  home: async ({ defaultBrowser }, use) => {
    const home = await makeHome(defaultBrowser)
    await use(home)
    await home.remove()
  },
  launch: async ({ home }, use) => {
    const started: Gatehouse[] = []
    await use(async (extra, wanted) => {
      const gatehouse = await startGatehouse(home, extra, wanted)
      started.push(gatehouse)
      return gatehouse
    })
    for (const gatehouse of started) await gatehouse.close()
  },
  attachToStarted: async ({ home }, use) => {
    const attached: Gatehouse[] = []
    await use(async () => {
      const gatehouse = await attach(home)
      attached.push(gatehouse)
      return gatehouse
    })
    for (const gatehouse of attached) await gatehouse.close()
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from its parameter.
  provider: async ({}, use) => {
    const provider = await startProvider()
    await use(provider)
    await provider.stop()
  },
  keyring: async ({ home }, use) => {
    const keyring = await startKeyring(home)
    await use(keyring)
    await keyring.stop()
  },
  gatehouse: async ({ launch }, use) => {
    await use(await launch())
  },
  workbench: async ({ gatehouse }, use) => {
    await use(new WorkbenchPage(gatehouse.page))
  },
})

export { expect } from 'playwright/test'

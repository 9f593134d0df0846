import { chromium, type Browser, type Page } from 'playwright/test'
import type { Home } from '../support/home.ts'
import { devToolsAddress, pageListed, until } from '../support/processes.ts'

/** The browser that the system opened, on the provider's pages. */
export const attachToBrowser = async (home: Home): Promise<{ browser: Browser; page: Page }> => {
  const address = await devToolsAddress(home.browserProfile)
  await pageListed(address, 'http')
  const browser = await chromium.connectOverCDP(address)
  const page = await until('the page of the provider', () =>
    browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((candidate) => candidate.url().startsWith('http')),
  )
  return { browser, page }
}

/** Signs in and consents, as a person does. */
export const signInAndAllow = async (page: Page, username: string, password: string): Promise<void> => {
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Allow' }).click()
}

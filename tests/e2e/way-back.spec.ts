import type { Page } from 'playwright/test'
import { startOddProvider } from '../support/odd-provider.ts'
import { createBrowser } from '../support/playground-browser.ts'
import { expect, test } from './fixtures.ts'
import { handOver } from './support/gatehouse.ts'

const shots = process.env['GATEHOUSE_SHOTS']
const picture = async (page: Page, name: string): Promise<void> => {
  if (shots === undefined) return
  for (const colorScheme of ['light', 'dark'] as const)
    for (const [width, height] of [
      [1280, 800],
      [900, 600],
    ] as const) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height })
      await page.screenshot({ path: `${shots}/${name}-${colorScheme}-${width}.png` })
    }
}

test('says that the provider’s page forbids the redirect, and keeps loopback for the connection', async ({
  home,
  workbench,
}) => {
  const { page } = workbench
  const odd = await startOddProvider()
  const authorize = odd.answers['/authorize']
  // A program that asks for a page is shown one; the browser of a test is sent back.
  odd.answers['/authorize'] = (request) =>
    request.headers.accept === 'text/html'
      ? { headers: { 'content-security-policy': "form-action 'self' http://127.0.0.1:*" }, body: '<form>' }
      : (authorize?.(request) ?? {})
  try {
    await workbench.connect(odd.issuer, { clientId: odd.client.clientId, scope: 'read' })
    await workbench.signInButton().first().click()
    await home.nextOpenedUrl()
    await expect(page.getByText('The provider’s page keeps the browser from coming back')).toBeVisible()
    await picture(page, 'form-action')
    await page.getByRole('button', { name: 'Use loopback instead' }).click()
    const redirect = await odd.follow(await home.nextOpenedUrl())
    expect(redirect).toContain('http://127.0.0.1:')
    await fetch(redirect)
    await workbench.expectSignedIn('not identified')
    await page
      .getByRole('tab', { name: odd.issuer.replace('http://', '') })
      .first()
      .click()
    await expect(
      page.getByRole('row', { name: /^Redirect http:\/\/127\.0\.0\.1\/oauth\/callback/ }),
    ).toBeVisible()
  } finally {
    await odd.stop()
  }
})

test('ends a log-out that does not come back in words, and goes on by loopback', async ({
  home,
  workbench,
}) => {
  const { page } = workbench
  const browser = createBrowser()
  await workbench.startPlayground()
  await workbench.signInButton().click()
  await handOver(
    home,
    await browser.signIn(await home.nextOpenedUrl(), { username: 'alice', password: 'alice-password' }),
  )
  await workbench.expectSignedIn('alice')

  await workbench.openRoom('Flows')
  await page
    .getByLabel('List', { exact: true })
    .getByRole('button', { name: /Sign in · alice/ })
    .click({ timeout: 30_000 })
  await page.getByRole('option', { name: /As a stock client sees it/ }).click()
  await expect(page.getByText('It accepts the same messages.').first()).toBeVisible()
  await picture(page, 'stock-flow')
  await workbench.openRoom('Accounts')
  await page
    .getByRole('tab', { name: /^Playground/ })
    .first()
    .click()
  await page.getByRole('tab', { name: 'Check-up' }).click()
  const row = page.getByRole('row', { name: /A sign-in as a stock client sees it/ })
  await expect(row).toContainText('signatures checked: It accepts the same messages.')
  await row.scrollIntoViewIfNeeded()
  await picture(page, 'stock-checkup')

  await page.getByRole('tab', { name: /^alice/ }).click()
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.getByRole('button', { name: 'Log out at the provider' }).click()
  await expect(page.getByText('Waiting for you to log out in your browser')).toBeVisible()
  await home.nextOpenedUrl()
  // The user looks at the window again.
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(page.getByText('The browser did not return after the logout')).toBeVisible({
    timeout: 2_000,
  })
  await picture(page, 'log-out-waits')
  await page.getByRole('button', { name: 'Log out through loopback' }).click()
  const confirm = await browser.open(await home.nextOpenedUrl())
  const back = await browser.submit(confirm, '/confirm', {}, ['logout', 'yes'])
  expect(back.url).toContain('http://127.0.0.1:')
  await fetch(back.url)
  await expect(page.getByText('alice was logged out and removed here.')).toBeVisible()
  await expect(page.getByRole('tab', { name: /^alice/ })).toHaveCount(0)
})

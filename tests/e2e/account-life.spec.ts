import type { Page } from 'playwright/test'
import { createBrowser } from '../support/playground-browser.ts'
import { expect, test } from './fixtures.ts'
import { handOver } from './support/gatehouse.ts'

const alice = { username: 'alice', password: 'alice-password' }
/** `GATEHOUSE_SHOTS=folder` keeps a picture of each screen, light and dark. */
const shots = process.env['GATEHOUSE_SHOTS']

const picture = async (page: Page, name: string): Promise<void> => {
  if (shots === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.waitForTimeout(150)
    await page.screenshot({ path: `${shots}/${name}-${colorScheme}.png` })
  }
}

test('asks, revokes and logs out at the provider from the account page', async ({ home, workbench }) => {
  const { page } = workbench
  const browser = createBrowser()
  await workbench.startPlayground()
  await workbench.signInButton().click()
  expect(await handOver(home, await browser.signIn(await home.nextOpenedUrl(), alice))).toBe(0)
  await workbench.expectSignedIn('alice')
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByText(/refreshed once/)).toBeVisible()
  await picture(page, 'account')

  await page.getByRole('button', { name: 'Userinfo' }).click()
  await expect(page.getByText('The subject matches the ID token')).toBeVisible()
  await picture(page, 'userinfo')
  await page.setViewportSize({ width: 900, height: 600 })
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await picture(page, 'account-menu')
  await page.getByRole('menuitem', { name: 'Introspect' }).click()
  await expect(page.getByText('Active: the provider accepts it.').first()).toBeVisible()
  await picture(page, 'introspection')
  await page.getByRole('tab', { name: 'Lineage' }).click()
  await expect(page.getByText('refresh token rotated')).toBeVisible()
  await picture(page, 'lineage')

  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Revoke' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('reports the token as not active').first()).toBeVisible()
  await expect(page.getByText('The refresh token was revoked from here.')).toBeVisible()
  await picture(page, 'revoked')

  await page.getByRole('button', { name: 'Log out' }).click()
  await picture(page, 'log-out')
  await page.getByRole('button', { name: 'Log out at the provider' }).click()
  const confirm = await browser.open(await home.nextOpenedUrl())
  const back = await browser.submit(confirm, '/confirm', {}, ['logout', 'yes'])
  await handOver(home, back.url)
  await expect(page.getByText('alice was logged out and removed here.')).toBeVisible()
  await expect(page.getByRole('heading', { name: /alice/ })).toHaveCount(0)
})

test('signs in with the scope that lacks, and sends again', async ({ home, workbench }) => {
  const { page } = workbench
  const browser = createBrowser()
  await workbench.startPlayground()
  await workbench.signInButton().click()
  const untick = { ...alice, untick: ['orders:read', 'orders:write'] }
  await handOver(home, await browser.signIn(await home.nextOpenedUrl(), untick))
  await workbench.expectSignedIn('alice')
  await workbench.sendReadyRequest()
  await workbench.expectStatus(/403 Forbidden/)
  await picture(page, 'refusal')
  await page.getByRole('button', { name: 'Request the scope orders:read, sign in and resend' }).click()
  await expect(page.getByText('Waiting for you to sign in in the browser')).toBeVisible()
  await picture(page, 'waiting')
  await handOver(home, await browser.signIn(await home.nextOpenedUrl(), alice))
  await workbench.expectStatus(/200 OK/)
})

test('keeps environments apart', async ({ home, workbench }) => {
  const { page } = workbench
  await workbench.startPlayground()
  await workbench.signInButton().click()
  await handOver(home, await createBrowser().signIn(await home.nextOpenedUrl(), alice))
  await workbench.expectSignedIn('alice')
  await workbench.sendReadyRequest()
  await workbench.expectStatus(/200 OK/)

  await page.getByRole('button', { name: 'Environment: local' }).click()
  await picture(page, 'environment-menu')
  await page.getByRole('menuitem', { name: 'Environments and variables…' }).click()
  await page.getByRole('button', { name: 'New environment' }).click()
  await page.getByRole('textbox', { name: /^Name/ }).last().fill('staging')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('staging was created.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name of variable 1' }).fill('base')
  await page.getByRole('textbox', { name: 'Value of base in local' }).fill('https://api.example')
  await page.getByRole('textbox', { name: 'Name of variable 2' }).fill('key')
  await page.getByLabel('Value of key in local').fill('not-for-the-page')
  await page.getByRole('checkbox', { name: 'key is secret' }).check()
  await page.getByRole('button', { name: 'Save variables' }).click()
  await expect(page.getByText('Variables saved.')).toBeVisible()
  await picture(page, 'environments')
  expect(await page.content()).not.toContain('not-for-the-page')
  await page.getByRole('button', { name: 'Switch' }).click()
  await expect(page.getByRole('button', { name: 'Environment: staging' })).toBeVisible()

  await page
    .getByRole('tab', { name: /orders/i })
    .first()
    .click()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/^“alice” belongs to an environment other than “staging”/)).toBeVisible()
  await picture(page, 'other-environment')
  await page.getByRole('button', { name: 'Switch to local and send' }).click()
  await workbench.expectStatus(/200 OK/)
})

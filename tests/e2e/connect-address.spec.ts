import { signInAtProvider } from '../support/playground-browser.ts'
import { expect, test } from './fixtures.ts'
import { handOver } from './support/gatehouse.ts'
import { choose } from './support/choose.ts'

const shots = process.env['GATEHOUSE_SHOTS']

test('connects by the address of an API, and checks the provider up', async ({
  home,
  workbench,
  provider,
}) => {
  const { page } = workbench
  const picture = async (name: string): Promise<void> => {
    if (shots === undefined) return
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((value) => (document.documentElement.dataset['theme'] = value), theme)
      await page.screenshot({ path: `${shots}/${name}-${theme}.png` })
    }
  }
  await page.getByRole('button', { name: 'Connect a provider' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect a provider' })
  await picture('connect-empty')
  const product = dialog.getByRole('combobox', { name: /product/ })
  await product.click()
  await page.keyboard.press('Escape')
  // Escape closed the list alone.
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await expect(product).toBeFocused()
  await choose(product, 'Keycloak')
  await picture('connect-template')
  await dialog
    .getByRole('textbox', { name: /^Issuer/ })
    .fill('https://github.com/login/oauth/authorize?client_id=a1&response_type=code&scope=read:user')
  await dialog.getByRole('button', { name: 'Discover' }).click()
  await expect(dialog.getByText('An authorization URL of GitHub')).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: /^Client ID/ })).toHaveValue('a1')
  await dialog.getByText('What GitHub allows a desktop app').click()
  await picture('connect-github')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Connect a provider' }).click()
  await dialog.getByRole('button', { name: 'Start over' }).click()
  await dialog.getByRole('textbox', { name: /^Issuer/ }).fill(`${provider.api}/orders`)
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(/^A protected API that accepts tokens from/)).toBeVisible()
  await expect(dialog.getByText('Still missing')).toBeVisible()
  await picture('connect-api')
  await dialog.getByRole('textbox', { name: /^Client ID/ }).fill('gatehouse-desktop')
  await expect(dialog.getByText('Nothing is missing.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()

  await page.getByRole('tab', { name: 'Check-up' }).click()
  const report = page.getByRole('region', { name: 'Check-up' })
  await expect(report.getByRole('rowheader', { name: /PKCE with S256/ })).toBeVisible()
  await report.getByRole('button', { name: /\d more/ }).click()
  await expect(report.getByText('userinfo_endpoint', { exact: true })).toBeVisible()
  await picture('checkup')
  await report.getByRole('button', { name: /pass/ }).click()
  await expect(report.getByRole('rowheader', { name: /PKCE with S256/ })).toBeHidden()
  await expect(report.getByRole('rowheader', { name: /Encrypted endpoints/ })).toBeVisible()
  await picture('checkup-filtered')

  await workbench.signInButton().click()
  await handOver(
    home,
    await signInAtProvider(await home.nextOpenedUrl(), { username: 'alice', password: 'alice-password' }),
  )
  await workbench.expectSignedIn('alice')
})

test('registers itself where the provider allows it, and signs in', async ({ home, workbench, provider }) => {
  const { page } = workbench
  await page.getByRole('button', { name: 'Connect a provider' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect a provider' })
  await dialog.getByRole('textbox', { name: /^Issuer/ }).fill(`${provider.api}/orders`)
  await dialog.getByRole('button', { name: 'Discover' }).click()
  await dialog.getByRole('button', { name: 'Register and connect' }).click()
  await expect(dialog).toBeHidden()
  await workbench.signInButton().click()
  const alice = { username: 'alice', password: 'alice-password' }
  await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))
  await workbench.expectSignedIn('alice')
})

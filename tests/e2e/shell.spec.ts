import type { Page } from 'playwright/test'
import { signInAtProvider } from '../support/playground-browser.ts'
import { expect, test } from './fixtures.ts'
import { VaultPage } from './pages/vault-page.ts'
import { handOver } from './support/gatehouse.ts'

const zoom = (page: Page): Promise<number> => page.evaluate(() => devicePixelRatio)

test('the size of text is kept, from the first picture on', async ({ launch }) => {
  const first = await launch()
  const usual = await zoom(first.page)
  await new VaultPage(first.page).openSection('Appearance & keys')
  const sizes = first.page.getByRole('group', { name: 'Text size' })
  await sizes.getByText('125 %').click()
  await expect.poll(() => zoom(first.page)).toBeCloseTo(usual * 1.25, 2)
  await first.page.keyboard.press('Control+-')
  await expect(sizes.getByRole('radio', { name: '110 %' })).toBeChecked()
  await expect.poll(() => zoom(first.page)).toBeCloseTo(usual * 1.1, 2)
  await first.close()

  const again = await launch()
  expect(await zoom(again.page)).toBeCloseTo(usual * 1.1, 2)
  await again.page.keyboard.press('Control+0')
  await expect.poll(() => zoom(again.page)).toBeCloseTo(usual, 2)
})

test('a theme that is chosen reaches every word at once', async ({ gatehouse }) => {
  const { page } = gatehouse
  // With motion reduced the words once faded one after another, and most stayed as they were.
  await page.emulateMedia({ colorScheme: null, reducedMotion: 'reduce' })
  await new VaultPage(page).openSection('Appearance & keys')
  const inks = () =>
    page.evaluate(() => {
      const words = [...document.querySelectorAll('h1, h2, h3, th, td, legend')]
      return [...new Set(words.map((each) => getComputedStyle(each).color))].sort()
    })
  const themes = page.getByRole('group', { name: 'Theme' })
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const dark: string[][] = []
  for (let round = 0; round < 3; round += 1) {
    await themes.getByText('Dark').click()
    await expect.poll(background).toBe('rgb(20, 21, 25)')
    dark.push(await inks())
    await themes.getByText('Light').click()
    await expect.poll(background).toBe('rgb(247, 247, 248)')
    const light = await inks()
    expect(light.filter((ink) => dark[0]?.includes(ink))).toEqual([])
  }
  expect(dark).toEqual([dark[0], dark[0], dark[0]])
})

test('about tells what runs and where it lies', async ({ gatehouse, home }) => {
  const { page } = gatehouse
  await new VaultPage(page).openSection('About')
  await expect(page.getByRole('table', { name: 'Version' })).toContainText('Electron')
  const places = page.getByRole('list', { name: 'Places' })
  await expect(places).toContainText(`${home.profile}/gatehouse.db`)
  await expect(places.getByRole('button', { name: /^Show in folder/ })).toHaveCount(3)
  await page.getByRole('button', { name: 'Copy for a bug report' }).click()
  await expect(page.getByText('Copied.')).toBeVisible()
  await page.getByRole('navigation').getByRole('button', { name: 'Token bench' }).click()
  // The button takes tokens alone; whoever pastes by hand may paste anything.
  await page.getByRole('button', { name: 'Paste from the clipboard' }).click()
  await expect(page.getByText('does not look like a JWT')).toBeVisible()
  const report = page.getByLabel('Token to decode')
  await report.focus()
  await page.keyboard.press('Control+v')
  await expect(report).toHaveValue(/^Gatehouse \d+\.\d+\.\d+\nElectron [\d.]+, Chromium/)
  expect(await report.inputValue()).not.toContain(home.directory)
})

test('tabs of one title are told apart, and those that do not fit are in a menu', async ({ workbench }) => {
  const { page } = workbench
  await workbench.startPlayground()
  const tabs = page.getByRole('tab').and(page.locator('[aria-controls="tab-panel"]'))
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Playground/ })
    .click()
  await expect(tabs).toHaveText(['Playgroundconnection', 'Playground'])
  const all = page.getByRole('button', { name: /^All \d+ tabs$/ })
  await expect(all).toBeHidden()
  for (let count = 0; count < 14; count += 1) await page.keyboard.press('Control+n')
  await expect(all).toBeVisible()
  const fade = () =>
    page
      .getByRole('tablist', { name: 'Open tabs' })
      .evaluate((list) => list.parentElement && getComputedStyle(list.parentElement).maskImage)
  await expect.poll(fade).toMatch(/rgb\(0, 0, 0\) 28px/)
  await all.click()
  await page.getByRole('menuitemradio', { name: 'Playground connection' }).click()
  await expect(tabs.first()).toHaveAttribute('aria-selected', 'true')
  await expect(tabs.first()).toBeInViewport()
  await expect.poll(fade).toMatch(/100% - 28px/)
})

test('a pasted token is compared with a connection, and its signature checked, by two presses', async ({
  home,
  workbench,
}) => {
  const { page } = workbench
  await workbench.startPlayground()
  await workbench.signInButton().click()
  const alice = { username: 'alice', password: 'alice-password' }
  await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))
  await workbench.expectSignedIn('alice')
  await page.getByRole('button', { name: 'Reveal' }).click()
  const token = (await page.getByLabel('Token text').innerText()).replace(/\s/g, '')

  await workbench.openRoom('Token bench')
  await page.getByRole('button', { name: 'Show a sample' }).click()
  await expect(page.getByText('sample, not issued by anyone')).toBeVisible()
  const comparing = page.getByRole('group', { name: 'Compare with a connection' })
  await expect(comparing).toBeHidden()

  await page.getByLabel('Token to decode').fill(token)
  const checks = page.getByRole('region', { name: 'Checks' })
  await expect(checks.getByText('6 not checked')).toBeVisible()
  await comparing.getByRole('button', { name: 'Compare with Playground' }).click()
  await expect(checks.getByText('Matches the connection’s provider.')).toBeVisible()
  await expect(checks.getByText('The provider was not asked for its keys.')).toBeVisible()
  await comparing.getByRole('button', { name: 'Check the signature with its keys' }).click()
  await expect(checks.getByText(/^ES256, key .* of the issuer/)).toBeVisible()
})

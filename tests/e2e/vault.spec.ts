import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { signInAtProvider } from '../support/playground-browser.ts'
import { scanForSecrets } from '../support/scan.ts'
import { expect, test } from './fixtures.ts'
import { VaultPage } from './pages/vault-page.ts'
import { WorkbenchPage } from './pages/workbench-page.ts'
import { handOver, type Gatehouse } from './support/gatehouse.ts'
import type { Home } from './support/home.ts'

const alice = { username: 'alice', password: 'alice-password' }
const password = 'marked vault words 5521'

const signIn = async (home: Home, workbench: WorkbenchPage): Promise<void> => {
  await workbench.startPlayground()
  await workbench.signInButton().click()
  expect(await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))).toBe(0)
  await workbench.expectSignedIn('alice')
}

/** The texts of the account's tokens, revealed one after another. */
const reveal = async ({ page }: Gatehouse): Promise<Record<string, string>> => {
  const texts: Record<string, string> = {}
  for (const kind of ['Access token', 'Refresh token', 'ID token']) {
    await page.getByRole('tab', { name: kind }).click()
    await page.getByRole('button', { name: 'Reveal' }).click()
    await expect(page.getByRole('button', { name: 'Hide' })).toBeVisible()
    texts[kind] = (await page.getByLabel('Token text').innerText()).replace(/\s/g, '')
    await page.getByRole('button', { name: 'Hide' }).click()
  }
  return texts
}

test('without a keyring a password keeps the tokens: set, restart, wrong, unlock', async ({
  home,
  launch,
}) => {
  const first = await launch()
  const workbench = new WorkbenchPage(first.page)
  const vault = new VaultPage(first.page)
  await signIn(home, workbench)
  const tokens = await reveal(first)
  await vault.openSection('User & vault')
  await expect(first.page.getByText('Memory only').first()).toBeVisible()
  await vault.setPassword(password)
  await expect(vault.protection()).toContainText('Password')
  await first.close()

  const second = await launch()
  const again = new VaultPage(second.page)
  await expect(again.lockScreen()).toBeVisible()
  await expect(second.page.getByText('alice')).toHaveCount(0)
  await again.tryPassword('not the password')
  await expect(second.page.getByText('Wrong password.')).toBeVisible()
  await again.unlock(password)
  await second.page
    .getByRole('tab', { name: /^alice/ })
    .and(second.page.locator('[aria-controls="tab-panel"]'))
    .click()
  expect(await reveal(second)).toEqual(tokens)
  await second.close()

  expect(await scanForSecrets(home.profile, { ...tokens, password, alice: alice.password })).toEqual([])
})

test('a lock clears the page, and the unlock shows the same tabs', async ({ home, launch }) => {
  const gatehouse = await launch()
  const { page } = gatehouse
  const workbench = new WorkbenchPage(page)
  const vault = new VaultPage(page)
  await signIn(home, workbench)
  await vault.setPassword(password)
  await workbench.openRoom('Requests')
  await page.keyboard.press('Control+n')
  const url = page.getByRole('textbox', { name: 'URL' })
  await url.fill('https://api.example/half-typed')
  await expect(page.getByRole('tab', { name: /half-typed/ })).toBeVisible()
  await page.getByRole('tab', { name: /alice/ }).click()
  await page.getByRole('button', { name: 'Reveal' }).click()
  const token = await page.getByLabel('Token text').first().innerText()
  // The tabs are handed over a moment after the last change.
  await expect
    .poll(() => page.evaluate<string>("window.bridge.call['page:kept']({}).then(JSON.stringify)"))
    .toContain('half-typed')

  await vault.lock()
  const content = await page.content()
  for (const text of ['alice', 'half-typed', 'Playground', token.slice(0, 40)])
    expect(content).not.toContain(text)
  const refused = await page.evaluate<unknown>("window.bridge.call['accounts:list']({})")
  expect(refused).toMatchObject({ ok: false, error: { code: 'vault_locked' } })
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await vault.unlock(password)
  await expect(page.getByRole('tab', { name: /alice/ })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('button', { name: 'Reveal' })).toBeVisible()
  await page.getByRole('tab', { name: /half-typed/ }).click()
  await expect(url).toHaveValue('https://api.example/half-typed')
})

test('a redirect that comes while locked finishes the sign-in after the unlock', async ({ home, launch }) => {
  const { page } = await launch()
  const workbench = new WorkbenchPage(page)
  const vault = new VaultPage(page)
  await workbench.startPlayground()
  await vault.setPassword(password)
  await workbench.openRoom('Accounts')
  await workbench.signInButton().click()
  const redirect = await signInAtProvider(await home.nextOpenedUrl(), alice)
  await vault.lock()
  expect(await handOver(home, redirect)).toBe(0)
  await expect(vault.lockScreen()).toBeVisible()
  await vault.unlock(password)
  await workbench.expectSignedIn('alice')
})

test('several wrong passwords in a row have to wait, and the wait is counted down', async ({ launch }) => {
  const { page } = await launch()
  const vault = new VaultPage(page)
  await vault.setPassword(password)
  await vault.lock()
  for (let tries = 0; tries < 4; tries += 1) {
    await vault.tryPassword(`wrong ${tries}`)
    await expect(page.getByText(/Wrong password|try again in/).first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Unlock' })).not.toHaveAttribute('aria-busy', 'true')
  }
  await expect(page.getByText('Too many wrong passwords')).toBeVisible()
  await page.getByLabel(/^Password of/).fill(password)
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeEnabled({ timeout: 10_000 })
  await vault.unlock(password)
})

test('users are made, switched between and deleted', async ({ launch }) => {
  const { page } = await launch()
  const vault = new VaultPage(page)
  await vault.openSection('User & vault')
  await page.getByRole('button', { name: 'New user' }).click()
  const making = page.getByRole('dialog', { name: 'New user' })
  await making.getByRole('textbox', { name: 'Name' }).fill('Default')
  await making.getByRole('button', { name: 'Create' }).click()
  await expect(making.getByText(/A user named "default" already exists/)).toBeVisible()
  await making.getByRole('textbox', { name: 'Name' }).fill('second')
  await making.getByLabel('Password').fill(password)
  await making.getByRole('button', { name: 'Create' }).click()
  await expect(making).toBeHidden()

  await page.getByRole('button', { name: 'Switch to second' }).click()
  const switching = page.getByRole('dialog', { name: 'Switch to second' })
  await switching.getByLabel('Password of the user “second”').fill('not this one')
  await switching.getByRole('button', { name: 'Switch' }).click()
  await expect(switching.getByText('Wrong password.')).toBeVisible()
  await switching.getByLabel('Password of the user “second”').fill(password)
  await switching.getByRole('button', { name: 'Switch' }).click()
  await expect(vault.protection()).toContainText('second')

  await vault.lock()
  await page.getByRole('radio', { name: /default/ }).check()
  await page.getByRole('button', { name: 'Continue as default' }).click()
  await expect(vault.protection()).toContainText('default')
  await vault.openSection('User & vault')
  await page.getByRole('button', { name: 'Delete second' }).click()
  const deleting = page.getByRole('dialog', { name: 'Delete second' })
  await deleting.getByLabel(/Type/).fill('second')
  await deleting.getByLabel('Password of the user “second”').fill(password)
  await deleting.getByRole('button', { name: 'Delete permanently' }).click()
  await expect(deleting).toBeHidden()
  await expect(page.getByRole('button', { name: 'Delete second' })).toHaveCount(0)
})

test('a backup brings back what was there, in the running app', async ({ home, launch }) => {
  const { page } = await launch()
  const workbench = new WorkbenchPage(page)
  const vault = new VaultPage(page)
  await signIn(home, workbench)
  await vault.setPassword(password)
  await vault.openSection('Backups')
  await page.getByRole('button', { name: 'Back up now' }).click()
  await expect(page.getByText(/A backup of .* was made/)).toBeVisible()
  await page.getByRole('button', { name: 'Check everything' }).click()
  await expect(page.getByText('The database is intact')).toBeVisible()
  await vault.openSection('User & vault')
  await page.getByRole('button', { name: 'Rename default' }).click()
  const renaming = page.getByRole('dialog', { name: 'Rename default' })
  await renaming.getByRole('textbox', { name: 'Name' }).fill('another name')
  await renaming.getByRole('button', { name: 'Rename' }).click()
  await expect(vault.protection()).toContainText('another name')

  await vault.openSection('Backups')
  await page.getByRole('table', { name: 'Backups' }).getByRole('button', { name: 'Restore…' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
  await expect(vault.lockScreen()).toBeVisible()
  await expect(page.getByLabel('Password of the user “default”')).toBeVisible()
  await vault.unlock(password)
  await expect(vault.protection()).toContainText('default')
  await vault.openSection('Backups')
  await expect(page.getByText('kept before a restore')).toBeVisible()
  await workbench.openRoom('Accounts')
  await expect(page.getByRole('button', { name: /^alice/ }).first()).toBeVisible()
})

test('a damaged database is told, kept aside, and mended by a backup', async ({ home, launch }) => {
  const first = await launch()
  const vault = new VaultPage(first.page)
  await vault.openSection('User & vault')
  await first.page.getByRole('button', { name: 'Rename default' }).click()
  const renaming = first.page.getByRole('dialog', { name: 'Rename default' })
  await renaming.getByRole('textbox', { name: 'Name' }).fill('from the backup')
  await renaming.getByRole('button', { name: 'Rename' }).click()
  await vault.openSection('Backups')
  await first.page.getByRole('button', { name: 'Back up now' }).click()
  await expect(first.page.getByText(/A backup of .* was made/)).toBeVisible()
  await first.close()
  const file = join(home.profile, 'gatehouse.db')
  const damaged = await readFile(file)
  damaged.fill(0x5a, 100, 8_192)
  await writeFile(file, damaged)

  const { page } = await launch()
  await expect(page.getByRole('heading', { name: 'Your data is damaged' })).toBeVisible()
  await page.getByRole('button', { name: 'Show backups' }).click()
  await page.getByRole('button', { name: 'Restore' }).first().click()
  await expect(new VaultPage(page).protection()).toContainText('from the backup')
  const kept = (await readdir(home.profile)).find((name) => /before-restore-\d+$/.test(name))
  expect(kept && damaged.equals(await readFile(join(home.profile, kept)))).toBe(true)
})

test('an older database that was put back is told once, with the backups at hand', async ({
  home,
  launch,
}) => {
  const first = await launch()
  await new VaultPage(first.page).openSection('Backups')
  await first.page.getByRole('button', { name: 'Back up now' }).click()
  await expect(first.page.getByText(/A backup of .* was made/)).toBeVisible()
  await first.close()
  const file = join(home.profile, 'gatehouse.db')
  const old = await readFile(file)
  const second = await launch()
  await new VaultPage(second.page).openSection('User & vault')
  await second.page.getByRole('button', { name: 'Rename default' }).click()
  const renaming = second.page.getByRole('dialog', { name: 'Rename default' })
  await renaming.getByRole('textbox', { name: 'Name' }).fill('newer')
  await renaming.getByRole('button', { name: 'Rename' }).click()
  await expect(renaming).toBeHidden()
  await second.close()
  await writeFile(file, old)

  const third = await launch()
  const told = third.page.getByText(/is not the database that Gatehouse last wrote/)
  await expect(told).toBeVisible()
  await third.page.getByRole('button', { name: 'Backups', exact: true }).first().click()
  await expect(third.page.getByRole('button', { name: 'Back up now' })).toBeVisible()
  await third.close()
  const fourth = await launch()
  await expect(new VaultPage(fourth.page).protection()).toContainText('default')
  await expect(fourth.page.getByText(/is not the database that Gatehouse last wrote/)).toBeHidden()
})

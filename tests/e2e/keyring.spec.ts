import { cp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { signInAtProvider } from '../support/playground-browser.ts'
import { scanForSecrets } from '../support/scan.ts'
import { expect, test } from './fixtures.ts'
import { VaultPage } from './pages/vault-page.ts'
import { WorkbenchPage } from './pages/workbench-page.ts'
import { handOver, startGatehouse, type Gatehouse } from './support/gatehouse.ts'
import type { Home } from './support/home.ts'
import { dismissPrompts, startKeyring } from './support/keyring.ts'

const alice = { username: 'alice', password: 'alice-password' }
const withKeyring = ['--password-store=gnome-libsecret']
/** Where GNOME's keyring keeps its files in a home. */
const keyrings = (home: Home): string => join(home.directory, '.local', 'share', 'keyrings')

const signIn = async (home: Home, { page }: Gatehouse): Promise<void> => {
  const workbench = new WorkbenchPage(page)
  await workbench.startPlayground()
  await workbench.signInButton().click()
  const redirect = await signInAtProvider(await home.nextOpenedUrl(), alice)
  expect(await handOver(home, redirect)).toBe(0)
  await workbench.expectSignedIn('alice')
}
const accessToken = async ({ page }: Gatehouse): Promise<string> => {
  await page.getByRole('button', { name: 'Reveal' }).click()
  await expect(page.getByRole('button', { name: 'Hide' })).toBeVisible()
  const text = await page.getByLabel('Token text').innerText()
  await page.getByRole('button', { name: 'Hide' }).click()
  return text.replace(/\s/g, '')
}
const openAlice = ({ page }: Gatehouse) =>
  page
    .getByRole('button', { name: /^alice/ })
    .first()
    .click()

type Launch = (options: string[]) => Promise<Gatehouse>

/** Signs in while the keyring is open; answers the token that it has sealed. */
const sealToken = async (home: Home, launch: Launch): Promise<string> => {
  const keyring = await startKeyring(home)
  try {
    const gatehouse = await launch(withKeyring)
    await signIn(home, gatehouse)
    const token = await accessToken(gatehouse)
    await gatehouse.close()
    return token
  } finally {
    await keyring.stop()
  }
}
/** The keyring of that time opens it again. */
const expectToken = async (home: Home, launch: Launch, token: string): Promise<void> => {
  const keyring = await startKeyring(home)
  try {
    const gatehouse = await launch(withKeyring)
    await openAlice(gatehouse)
    expect(await accessToken(gatehouse)).toBe(token)
    await gatehouse.close()
  } finally {
    await keyring.stop()
  }
}

test.describe('the GNOME keyring @os', () => {
  test('protects the tokens over a restart, and is named truthfully', async ({ home, keyring, launch }) => {
    expect(keyring).toBeDefined()
    const first = await launch(withKeyring)
    await signIn(home, first)
    await expect(new VaultPage(first.page).protection()).toContainText('GNOME keyring')
    const token = await accessToken(first)
    await first.close()
    const second = await launch(withKeyring)
    await openAlice(second)
    expect(await accessToken(second)).toBe(token)
    await new VaultPage(second.page).openSection('User & vault')
    await expect(second.page.getByText('It does not protect against other programs').first()).toBeVisible()
    await second.close()
    expect(await scanForSecrets(home.profile, { token })).toEqual([])
  })

  test('that has another key is noticed, nothing is deleted, and the old one opens all again', async ({
    home,
    launch,
  }) => {
    const token = await sealToken(home, launch)
    const kept = join(home.directory, 'old-keyrings')
    await rename(keyrings(home), kept)

    const other = await startKeyring(home, 'another keyring password')
    try {
      const second = await launch(withKeyring)
      await expect(second.page.getByRole('alert').first()).toContainText(/keyring/i)
      await second.page.getByRole('button', { name: 'What you can do' }).first().click()
      await expect(second.page.getByText('Nothing was deleted').first()).toBeVisible()
      await second.page.getByRole('button', { name: 'Try again' }).click()
      await expect(second.page.getByRole('button', { name: 'Set the key aside…' })).toBeVisible()
      await second.close()
    } finally {
      await other.stop()
    }

    await rm(keyrings(home), { recursive: true, force: true })
    await cp(kept, keyrings(home), { recursive: true })
    await expectToken(home, launch, token)
  })

  test('that is locked leaves everything as it is until it is open', async ({ home, launch }) => {
    const token = await sealToken(home, launch)
    const locked = await startKeyring(home, null)
    const stopDismissing = dismissPrompts(home)
    try {
      const second = await startGatehouse(home, withKeyring)
      try {
        await expect(second.page.getByRole('alert').first()).toContainText(/keyring/i)
        await expect(new VaultPage(second.page).protection()).toContainText('Memory only')
      } finally {
        await second.close()
      }
    } finally {
      await stopDismissing()
      await locked.stop()
    }
    await expectToken(home, launch, token)
  })

  test('that is gone is told apart from one that never was', async ({ home, launch }) => {
    const none = await launch()
    const vault = new VaultPage(none.page)
    await expect(vault.protection()).toContainText('Memory only')
    await vault.openSection('User & vault')
    await expect(none.page.getByRole('button', { name: 'Set a password' })).toBeVisible()
    await expect(none.page.getByRole('alert')).toHaveCount(0)
    await none.close()
    const keyring = await startKeyring(home)
    try {
      const first = await launch(withKeyring)
      await expect(new VaultPage(first.page).protection()).toContainText('GNOME keyring')
      await first.close()
    } finally {
      await keyring.stop()
    }
    const gone = await launch()
    await expect(gone.page.getByRole('alert').first()).toContainText(/keyring/i)
    await gone.close()
  })
})

import { execFile } from 'node:child_process'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright/test'
import { expect, test } from './fixtures.ts'
import type { Home } from './support/home.ts'

const run = promisify(execFile)
const mime = 'x-scheme-handler/app.gatehouse.desktop'

test.skip(process.platform !== 'linux', 'asks the desktop of Linux')

const handlerOf = async (home: Home): Promise<string> =>
  (await run('xdg-mime', ['query', 'default', mime], { env: home.environment })).stdout.trim()

/** A program that takes the scheme, and writes down what it gets. */
const installRival = async (home: Home): Promise<string> => {
  const got = join(home.directory, 'rival-got')
  const script = join(home.directory, 'rival.sh')
  const applications = join(home.directory, '.local', 'share', 'applications')
  await writeFile(script, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${got}'\n`)
  await chmod(script, 0o755)
  const entry = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Rival',
    `Exec=${script} %u`,
    `MimeType=${mime};`,
    '',
  ]
  await writeFile(join(applications, 'rival.desktop'), entry.join('\n'))
  await run('update-desktop-database', [applications], { env: home.environment })
  await run('xdg-mime', ['default', 'rival.desktop', mime], { env: home.environment })
  return got
}

const openSection = async (page: Page): Promise<void> => {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Settings/ })
    .click()
  await page.getByRole('tab', { name: 'Sign-in redirect' }).click()
}

test('tests the redirect through the operating system @os', async ({ home, gatehouse }) => {
  const { page } = gatehouse
  await openSection(page)
  await expect(page.getByText('Redirects reach Gatehouse')).toBeVisible()
  expect(await handlerOf(home)).toBe('app.gatehouse.desktop.desktop')
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByText('The test worked')).toBeVisible()
})

test('notices another handler, tells the truth about it, and repairs it @os', async ({ home, gatehouse }) => {
  const { page } = gatehouse
  await openSection(page)
  await expect(page.getByText('Redirects reach Gatehouse')).toBeVisible()
  const got = await installRival(home)
  await page.getByRole('tab', { name: 'About' }).click()
  await page.getByRole('tab', { name: 'Sign-in redirect' }).click()
  await expect(page.getByText('Redirects go to another program')).toBeVisible()
  await expect(page.getByRole('cell', { name: 'Rival (rival.desktop)' })).toBeVisible()

  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByText('The test did not return')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/Nothing came back within 10 seconds\..*Rival/)).toBeVisible()
  expect(await readFile(got, 'utf8')).toMatch(/^app\.gatehouse\.desktop:\/+ping\?[\w-]{22}\n$/)

  await page.getByRole('button', { name: 'Repair' }).click()
  await expect(page.getByText('Redirects reach Gatehouse')).toBeVisible()
  expect(await handlerOf(home)).toBe('app.gatehouse.desktop.desktop')
  await page.getByRole('button', { name: 'Test' }).click()
  await expect(page.getByText('The test worked')).toBeVisible()
})

test('a sign-in that waits long shows who gets its response @os', async ({ home, workbench }) => {
  await workbench.startPlayground()
  await installRival(home)
  await workbench.signInButton().click()
  await expect(workbench.page.getByText('Redirects go to another program')).toBeVisible({ timeout: 30_000 })
  await workbench.page.getByRole('button', { name: 'Repair' }).click()
  await expect(workbench.page.getByText('Redirects reach Gatehouse')).toBeVisible()
})

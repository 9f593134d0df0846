import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import type { Page } from 'playwright/test'
import { ballastSize } from '../../src/node/sqlite/ballast.ts'
import { migrations } from '../../src/node/sqlite/migrations/index.ts'
import { openDatabase } from '../../src/node/sqlite/open.ts'
import { expect, test } from './fixtures.ts'
import { VaultPage } from './pages/vault-page.ts'
import { violationsOf } from './support/axe.ts'
import { createCamera } from './support/camera.ts'
import { canMount, onSmallDisk, type SmallDisk } from './support/disk.ts'
import type { Gatehouse } from './support/gatehouse.ts'
import type { Home } from './support/home.ts'

// What the disk can do to a profile: each is told with its reason and a next step, and nothing is lost. `npm run
// screenshots` takes their pictures.

const password = 'marked vault words 5521'
const databaseOf = (home: Home): string => join(home.profile, 'gatehouse.db')
const again = (page: Page) => page.getByRole('button', { name: 'Try again' })
const usual = (page: Page) => page.getByRole('navigation').first()

const shoot = async (page: Page, name: string): Promise<void> => {
  if (process.env['GATEHOUSE_SCREENSHOTS'] !== '1') return
  const camera = createCamera(page)
  await camera.prepare()
  await camera.shoot(name, { lightOnly: true })
}

/** The whole window is the reason, in a form that everyone can read. */
const expectTold = async (
  { page }: Gatehouse,
  title: string,
  ...texts: (string | RegExp)[]
): Promise<void> => {
  const screen = page.getByRole('alert')
  await expect(screen.getByRole('heading', { name: title })).toBeVisible()
  for (const text of texts) await expect(screen).toContainText(text)
  expect(await violationsOf(page)).toEqual([])
}

/** Closes it; whoever started it from a script learns that it did not run. */
const expectFailedExit = async ({ page, process: started }: Gatehouse, ...texts: string[]): Promise<void> => {
  await page.close()
  expect(await started?.exited).toBe(1)
  for (const text of ['Gatehouse could not start', ...texts]) expect(started?.output()).toContain(text)
}

/** Chromium gives room back when it cannot write its caches. */
const leaveOwnFiles = (home: Home): void => {
  for (const name of readdirSync(home.profile))
    if (!/^(gatehouse\.db|ballast|settings)/.test(name)) rmSync(join(home.profile, name), { recursive: true })
}

const rename = async (page: Page, name: string): Promise<void> => {
  await new VaultPage(page).openSection('User & vault')
  await page.getByRole('button', { name: /^Rename / }).click()
  const dialog = page.getByRole('dialog', { name: /^Rename / })
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog.getByRole('button', { name: 'Rename' }).click()
  await expect(dialog).toBeHidden()
}

const backUp = async (page: Page): Promise<void> => {
  await new VaultPage(page).openSection('Backups')
  await page.getByRole('button', { name: 'Back up now' }).click()
  await expect(page.getByText(/A backup of .* was made/)).toBeVisible()
}

test.describe('on a disk of its own', () => {
  test.skip(!canMount, 'only root on Linux can mount one')
  let disk: SmallDisk | undefined
  test.afterEach(() => disk?.unmount())

  test('a read-only profile is explained @screenshots', async ({ home, launch }) => {
    disk = await onSmallDisk(home, 64)
    await (await launch()).close()
    const before = readFileSync(databaseOf(home))
    disk.setReadOnly(true)
    const gatehouse = await launch()
    await expectTold(
      gatehouse,
      'Gatehouse cannot write to your data',
      home.profile,
      'Make the folder writable',
    )
    await shoot(gatehouse.page, 'start-read-only')
    expect(readFileSync(databaseOf(home)).equals(before)).toBe(true)
    await expectFailedExit(gatehouse, 'may not write to its profile folder')

    const second = await launch()
    await expectTold(second, 'Gatehouse cannot write to your data')
    disk.setReadOnly(false)
    await again(second.page).click()
    await expect(usual(second.page)).toBeVisible()
    await second.page.close()
    expect(await second.process?.exited).toBe(0)
  })

  test('a full disk is explained at the first start @screenshots', async ({ home, launch }) => {
    disk = await onSmallDisk(home, 16)
    disk.fill()
    const gatehouse = await launch()
    await expectTold(gatehouse, 'The disk is full', 'Free up some space')
    await shoot(gatehouse.page, 'start-disk-full')
    disk.free()
    await again(gatehouse.page).click()
    await expect(usual(gatehouse.page)).toBeVisible()
  })

  test('on a full disk the reserve lets a vault start and unlock, and its end is explained @screenshots', async ({
    home,
    launch,
  }) => {
    disk = await onSmallDisk(home, 64)
    const first = await launch()
    await new VaultPage(first.page).setPassword(password)
    await first.close()
    // As the app makes it half a minute after its start.
    writeFileSync(join(home.profile, 'ballast'), Buffer.alloc(ballastSize, 7))
    leaveOwnFiles(home)
    disk.fill()

    const second = await launch()
    const vault = new VaultPage(second.page)
    await expect(vault.lockScreen()).toBeVisible()
    const told = second.page.getByText(/The disk is full. Gatehouse used up the space/)
    await expect(told).toBeVisible()
    await shoot(second.page, 'disk-full-locked')
    // Filled again, and nothing left to give: wrong passwords are counted in memory.
    disk.fill()
    await vault.tryPassword('not this one')
    await expect(second.page.getByText('Wrong password.')).toBeVisible()
    await vault.unlock(password)
    await expect(vault.protection()).toContainText('default')
    // By now it may be the routine backup that says so.
    await expect(second.page.getByText(/^The disk is full/)).toBeVisible()
    await second.close()

    leaveOwnFiles(home)
    disk.fill()
    const third = await launch()
    await expectTold(third, 'The disk is full', 'Free up some space')
    disk.free()
    await again(third.page).click()
    await expect(new VaultPage(third.page).lockScreen()).toBeVisible()
    writeFileSync(join(home.profile, 'ballast'), Buffer.alloc(ballastSize, 7))
    disk.fill()
    await new VaultPage(third.page).unlock(password)
    await expect(third.page.getByText(/^The disk is full/)).toBeVisible()
    expect(existsSync(join(home.profile, 'ballast'))).toBe(false)
    await shoot(third.page, 'disk-full-unlocked')
  })
})

/** Holds the database as another program does. */
const hold = (home: Home): SqliteDatabase.Database => {
  const other = new SqliteDatabase(databaseOf(home))
  other.pragma('locking_mode = EXCLUSIVE')
  other.exec('BEGIN EXCLUSIVE')
  return other
}

test('data that takes long to open is announced, and then it is there @screenshots', async ({
  home,
  launch,
}) => {
  // Of an earlier format: whoever holds it up holds up the copy that is kept before the update.
  const older = openDatabase(databaseOf(home), { migrations: migrations.slice(0, -1) })
  expect(older.ok).toBe(true)
  if (older.ok) older.value.close()
  const other = hold(home)
  try {
    const { page } = await launch([], 'window')
    const told = page.getByRole('status').filter({ hasText: 'Opening your data' })
    await expect(told).toContainText('when a backup is made first')
    await shoot(page, 'start-opening')
    await expect(told).toBeVisible()
    other.close()
    await expect(usual(page)).toBeVisible()
    await expect(told).toBeHidden()
    expect(readdirSync(home.profile).join()).toContain('gatehouse.db.before-format-')
  } finally {
    other.close()
  }
})

test('a database that another program holds is explained @screenshots', async ({ home, launch }) => {
  await (await launch()).close()
  const other = hold(home)
  try {
    const gatehouse = await launch()
    await expectTold(
      gatehouse,
      'Another program is using your data',
      databaseOf(home),
      'Close the other program',
    )
    await shoot(gatehouse.page, 'start-database-locked')
    await expectFailedExit(gatehouse, 'Another program is using')
    const second = await launch()
    await expectTold(second, 'Another program is using your data')
    other.close()
    await again(second.page).click()
    await expect(usual(second.page)).toBeVisible()
  } finally {
    other.close()
  }
})

test('a profile that is no folder is explained', async ({ home, launch }) => {
  writeFileSync(home.profile, 'a file')
  const gatehouse = await launch()
  await expectTold(gatehouse, 'The profile folder cannot be used', home.profile, 'Check that it is a folder')
  rmSync(home.profile)
  await again(gatehouse.page).click()
  await expect(usual(gatehouse.page)).toBeVisible()
})

test('a profile that was rolled back is told @screenshots', async ({ home, launch }) => {
  const first = await launch()
  await backUp(first.page)
  await first.close()
  const old = join(home.directory, 'old.db')
  copyFileSync(databaseOf(home), old)
  const second = await launch()
  await rename(second.page, 'newer')
  await second.close()
  copyFileSync(old, databaseOf(home))

  const { page } = await launch()
  await expect(page.getByText(/is not the database that Gatehouse last wrote/)).toBeVisible()
  await shoot(page, 'rolled-back')
  await page.getByRole('button', { name: 'Backups', exact: true }).first().click()
  await expect(page.getByRole('table', { name: 'Backups' })).toBeVisible()
})

test('an empty database beside backups is explained, and a backup mends it @screenshots', async ({
  home,
  launch,
}) => {
  const first = await launch()
  await rename(first.page, 'from the backup')
  await backUp(first.page)
  await first.close()
  truncateSync(databaseOf(home), 0)

  const gatehouse = await launch()
  await expectTold(gatehouse, 'Your data is missing, but there are backups', 'No new database was created')
  const { page } = gatehouse
  await page.getByRole('button', { name: 'Show backups' }).click()
  // The program may have made one by itself meanwhile; the newest is first.
  const restore = page.getByRole('button', { name: 'Restore' }).first()
  await expect(restore).toBeVisible()
  await shoot(page, 'start-empty-database')
  await restore.click()
  await expect(new VaultPage(page).protection()).toContainText('from the backup')
})

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { startGatehouse } from '../support/gatehouse.ts'
import { makeHome, type Home } from '../support/home.ts'
import { until } from '../support/processes.ts'

let home: Home

test.beforeEach(async () => {
  home = await makeHome('recorder')
  mkdirSync(home.profile, { recursive: true })
})
test.afterEach(() => home.remove())

test('a damaged database is explained, logged and left as it is', async () => {
  const file = join(home.profile, 'gatehouse.db')
  const damaged = Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8_176, 0xa5)])
  writeFileSync(file, damaged)
  const gatehouse = await startGatehouse(home)
  try {
    const screen = gatehouse.page.getByRole('alert')
    await expect(screen.getByRole('heading')).toHaveText(/damaged|could not start/)
    await expect(screen).toContainText(file)
    await expect(screen).toContainText(/Nothing was deleted|Check that/)
    const answer = await gatehouse.page.evaluate(() =>
      (
        window as unknown as { bridge: { call: Record<string, (input: object) => Promise<unknown>> } }
      ).bridge.call['accounts:list']?.({}),
    )
    expect(answer).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^database_/) } })
    expect(readFileSync(file).equals(damaged)).toBe(true)
    const log = await until('the log', () => {
      try {
        return readFileSync(join(home.profile, 'logs', 'gatehouse.log'), 'utf8')
      } catch {
        return undefined
      }
    })
    expect(log).toContain('"code":"start_failed"')
    expect(log).not.toContain(home.directory)
  } finally {
    await gatehouse.close()
  }
})

test('once the cause is mended, trying again is enough', async () => {
  const file = join(home.profile, 'gatehouse.db')
  writeFileSync(file, 'not a database at all, but long enough to be looked at as one '.repeat(20))
  const gatehouse = await startGatehouse(home)
  try {
    const again = gatehouse.page.getByRole('button', { name: /try again/i })
    await expect(again).toBeVisible()
    writeFileSync(file, '')
    chmodSync(file, 0o600)
    await again.click()
    await expect(again).toBeHidden()
    await expect(gatehouse.page.getByRole('navigation').first()).toBeVisible()
  } finally {
    await gatehouse.close()
  }
})

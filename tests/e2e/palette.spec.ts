import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright/test'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'

const server = createServer((_request, response) => {
  response.setHeader('Content-Type', 'text/plain').end('answered')
})
let origin = ''
test.beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Does by the palette what fits these words best. */
const doBy = async (page: Page, words: string): Promise<void> => {
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await palette.getByRole('combobox').fill(words)
  await expect(palette.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(palette).toHaveCount(0)
}

test('the palette sends, saves, opens a section of the settings, and forgives a mistake', async ({
  gatehouse,
}) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}/palette`)
  await doBy(page, 'send')
  await expect(requests.answer().getByText(/^200/)).toBeVisible()
  await doBy(page, 'save')
  await page.getByRole('dialog', { name: 'Save the request' }).getByLabel('Name').fill('By palette')
  await page.keyboard.press('Enter')
  await expect(requests.row('By palette')).toBeVisible()
  await doBy(page, 'curl')
  await expect(page.getByText('Command copied.', { exact: true })).toBeVisible()
  await doBy(page, 'settings bakcups')
  await expect(page.getByRole('tab', { name: 'Backups' })).toHaveAttribute('aria-selected', 'true')
})

test('the palette finds what is in a section, and what begins with a dialog', async ({ workbench }) => {
  const { page } = workbench
  for (const [words, section] of [
    ['client certificates', 'Network'],
    ['password', 'User & vault'],
    ['shortcuts', 'Appearance & keys'],
    ['restore', 'Bin'],
  ] as const) {
    await doBy(page, words)
    await expect(page.getByRole('tab', { name: section })).toHaveAttribute('aria-selected', 'true')
  }
  await doBy(page, 'new collection')
  const dialog = page.getByRole('dialog', { name: 'New collection' })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(page.locator('body')).not.toBeFocused()
  const size = () => page.evaluate<number>('devicePixelRatio')
  const before = await size()
  await doBy(page, 'larger text')
  await expect.poll(size).toBeGreaterThan(before)
  await doBy(page, 'default text size')
  await expect.poll(size).toBe(before)
})

test('the palette switches the faults of the playground', async ({ workbench }) => {
  const { page } = workbench
  await workbench.startPlayground()
  await doBy(page, 'clock skew')
  await expect(page.getByText('Clock skew: on.')).toBeVisible()
  await workbench.openRoom('Playground')
  await expect(page.getByRole('switch', { name: /^Clock skew/ })).toBeChecked()
  await doBy(page, 'turn off clock')
  await expect(page.getByRole('switch', { name: /^Clock skew/ })).not.toBeChecked()
})

test('a pointer that lies still where the palette opens chooses nothing', async ({ workbench }) => {
  const { page } = workbench
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  const options = palette.getByRole('option')
  await page.keyboard.press('Control+k')
  const place = await options.nth(3).boundingBox()
  if (!place) throw new Error('No fourth command in the palette.')
  await page.keyboard.press('Escape')
  await expect(palette).toHaveCount(0)
  const [x, y] = [place.x + 20, place.y + place.height / 2]
  await page.mouse.move(x, y)
  await page.keyboard.press('Control+k')
  await expect(options.first()).toHaveAttribute('aria-selected', 'true')
  await page.mouse.move(x, y)
  await expect(options.first()).toHaveAttribute('aria-selected', 'true')
  await page.mouse.move(x + 1, y)
  await expect(options.nth(3)).toHaveAttribute('aria-selected', 'true')
})

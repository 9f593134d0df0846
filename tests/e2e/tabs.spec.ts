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

const tabs = (page: Page) => page.getByRole('tab').and(page.locator('[aria-controls="tab-panel"]'))
const tab = (page: Page, name: string) => tabs(page).filter({ hasText: name })
const names = async (page: Page) => (await tabs(page).allInnerTexts()).map((text) => /\/\w+/.exec(text)?.[0])

/** Opens new requests with these paths. */
const openAll = async (page: Page, paths: string[]): Promise<void> => {
  for (const path of paths) {
    await page.keyboard.press('Control+n')
    await expect(page.getByRole('textbox', { name: 'URL' })).toHaveValue('')
    await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}${path}`)
  }
  await expect(tabs(page)).toHaveCount(paths.length)
}

test('tabs are moved by pointer, keys and menu, and stay where they were put', async ({ launch }) => {
  const { page, process } = await launch()
  await openAll(page, ['/a', '/b', '/c'])
  const [from, to] = [await tab(page, '/c').boundingBox(), await tab(page, '/a').boundingBox()]
  if (!from || !to) throw new Error('no tabs to drag')
  const middle = from.y + from.height / 2
  await page.mouse.move(from.x + 20, middle)
  await page.mouse.down()
  await page.mouse.move(from.x, middle, { steps: 3 })
  await page.mouse.move(to.x + 4, middle, { steps: 6 })
  await expect.poll(() => names(page)).toEqual(['/c', '/a', '/b'])
  await page.keyboard.press('Escape')
  await expect.poll(() => names(page)).toEqual(['/a', '/b', '/c'])
  await page.mouse.move(to.x + 20, middle, { steps: 3 })
  expect(await names(page)).toEqual(['/a', '/b', '/c'])
  await page.mouse.up()

  await tab(page, '/c').focus()
  await page.keyboard.press('Control+Shift+PageUp')
  await expect.poll(() => names(page)).toEqual(['/a', '/c', '/b'])
  await expect(tab(page, '/c')).toBeFocused()
  await page.keyboard.press('Control+Shift+PageDown')
  await page.keyboard.press('Control+Shift+PageDown')
  await expect.poll(() => names(page)).toEqual(['/a', '/b', '/c'])
  await expect(tab(page, '/c')).toBeFocused()
  await page.keyboard.press('ContextMenu')
  await page.getByRole('menuitem', { name: /^Move left/ }).click()
  await expect.poll(() => names(page)).toEqual(['/a', '/c', '/b'])
  await page.close({ runBeforeUnload: true })
  await process?.exited

  expect(await names((await launch()).page)).toEqual(['/a', '/c', '/b'])
})

test("a tab's menu closes others and those to the right, which open again", async ({ gatehouse }) => {
  const { page } = gatehouse
  await openAll(page, ['/a', '/b', '/c', '/d'])
  await tab(page, '/b').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Close to the right' }).click()
  await expect.poll(() => names(page)).toEqual(['/a', '/b'])
  await expect(tab(page, '/b')).toBeFocused()
  await page.keyboard.press('Control+Shift+T')
  await tab(page, '/a').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Close others' }).click()
  await expect.poll(() => names(page)).toEqual(['/a'])
  await tab(page, '/a').click({ button: 'right' })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(tab(page, '/a')).toBeFocused()
})

test('clicks in the history share one tab, until it is edited or clicked twice', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  for (const path of ['/one', '/two', '/three', '/four']) await requests.get(`${origin}${path}`)
  await page.keyboard.press('Control+w')
  await requests.history('/one').click()
  await expect(tab(page, '/one')).toHaveAccessibleName(/, preview/)
  await requests.history('/two').click()
  await expect.poll(() => names(page)).toEqual(['/two'])
  await expect(page.getByText('answered')).toBeVisible()
  await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}/edited`)
  await expect(tab(page, '/edited')).not.toHaveAccessibleName(/, preview/)
  await requests.history('/three').dblclick()
  await requests.history('/four').click()
  await expect.poll(() => names(page)).toEqual(['/edited', '/three', '/four'])
  await tab(page, '/four').dblclick()
  await requests.history('/one').click()
  await expect.poll(() => names(page)).toEqual(['/edited', '/three', '/four', '/one'])
})

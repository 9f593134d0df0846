import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'
import { violationsOf } from './support/axe.ts'
import { openCollection } from './support/open-collection.ts'

let server: Server
let origin: string
let seen: string[] = []
test.beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request.url ?? '')
    response.setHeader('Content-Type', 'application/json').end('{}')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.beforeEach(() => {
  seen = []
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('the query is one thing in the address and in rows, and goes as it was typed', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  const url = page.getByRole('textbox', { name: 'URL' })
  const name = (row: number) => page.getByLabel(`Name of parameter ${row}`)
  const value = (row: number) => page.getByLabel(`Value of parameter ${row}`)
  await url.fill(`${origin}/x?q=%2F+%E9&flag`)
  await expect(value(1)).toHaveValue('%2F+%E9')
  await expect(name(2)).toHaveValue('flag')
  await name(3).fill('note')
  await value(3).pressSequentially('a&b c')
  await expect(url).toHaveValue(`${origin}/x?q=%2F+%E9&flag&note=a%26b%20c`)
  // The caret stays where it was, although more was written than typed.
  await value(3).press('Home')
  await value(3).pressSequentially('# x')
  await expect(value(3)).toHaveValue('%23%20xa%26b%20c')
  await page.getByLabel('Use parameter 1').uncheck()
  await expect(url).toHaveValue(`${origin}/x?flag&note=%23%20xa%26b%20c`)
  await url.fill(`${origin}/x?flag&note=1&more=%`)
  await expect(value(1)).toHaveValue('%2F+%E9')
  await expect(value(3)).toHaveValue('1')
  await page.getByLabel('Use parameter 1').check()
  await expect(url).toHaveValue(`${origin}/x?q=%2F+%E9&flag&note=1&more=%`)
  await page.getByRole('button', { name: 'Remove parameter 3' }).click()
  await page.keyboard.press('Control+Enter')
  await expect(requests.answer().getByText(/^200/)).toBeVisible()
  expect(seen).toEqual(['/x?q=%2F+%E9&flag&more=%'])
})

test('rows are text to paste, and lines that are pasted are rows', async ({ gatehouse }) => {
  const { page } = gatehouse
  await new RequestPage(page).open()
  const url = page.getByRole('textbox', { name: 'URL' })
  await url.fill('https://api.example/x')
  await page.getByRole('button', { name: 'Edit as text' }).click()
  const text = page.getByRole('textbox', { name: 'All parameters' })
  await text.fill('a=%2F\n# b=off\nflag\n?c=1&d=2')
  await expect(url).toHaveValue('https://api.example/x?a=%2F&flag&c=1&d=2')
  // The address may be edited meanwhile.
  await url.fill('https://api.example/x?a=%2F&flag&c=1')
  await expect(text).toHaveValue('a=%2F\n# b=off\nflag\nc=1')
  await page.getByRole('button', { name: 'Edit as rows' }).click()
  await expect(page.getByLabel('Use parameter 2')).not.toBeChecked()
  await page.getByRole('button', { name: 'Edit as text' }).click()
  await text.fill('Accept: text/plain\n# X-Old: 1\nX-New=2')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')

  const parts = page.getByRole('tablist', { name: 'Parts of the request' })
  await parts.getByRole('tab', { name: 'Headers' }).click()
  await page.getByLabel('Name of header 1').focus()
  await page.keyboard.press('Control+v')
  await expect(page.getByLabel('Value of header 1')).toHaveValue('text/plain')
  await expect(page.getByLabel('Use header 2')).not.toBeChecked()
  await expect(page.getByLabel('Name of header 3')).toHaveValue('X-New')
  await expect(page.getByLabel('Value of header 3')).toHaveValue('2')
  await page.getByRole('button', { name: 'Edit as text' }).click()
  expect(await violationsOf(page)).toEqual([])
})

test('a collection’s file has the query in its address and the same as rows, as Bruno has it', async ({
  home,
  gatehouse,
}) => {
  const { page } = gatehouse
  const folder = openCollection(home, 'runner')
  const requests = new RequestPage(page)
  await requests.open()
  const tree = page.getByRole('tree', { name: 'Collections' })
  await tree
    .getByRole('treeitem', { name: /get-users|Get users/i })
    .first()
    .click()
  await requests.expectShown('Get Users')
  const url = page.getByRole('textbox', { name: 'URL' })
  await url.fill(`${origin}/u?q=%2F&flag`)
  await page.getByLabel('Name of parameter 3').fill('page')
  await page.getByLabel('Value of parameter 3').fill('a b')
  await page.keyboard.press('Control+s')
  const file = join(folder, 'get-users.yml')
  await expect(() => {
    const text = readFileSync(file, 'utf8')
    expect(text).toContain(`url: ${origin}/u?q=%2F&flag&page=a%20b\n`)
    expect(text).toContain('- name: q\n      value: "%2F"\n      type: query\n')
    expect(text).toContain('- name: page\n      value: a%20b\n      type: query\n')
  }).toPass()
})

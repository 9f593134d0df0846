import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright/test'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'
import { VaultPage } from './pages/vault-page.ts'
import { WorkbenchPage } from './pages/workbench-page.ts'

/** A server on this computer, for as long as the work takes. */
const withServer = async (
  answer: RequestListener,
  work: (origin: string) => Promise<void>,
): Promise<void> => {
  const server = createServer(answer)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
const undo = (page: Page): Promise<void> =>
  page.getByRole('status', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).last().click()

/** Restores what is named so from the bin, after a restart. */
const restore = async (page: Page, name: string): Promise<void> => {
  await new WorkbenchPage(page).openRoom('Settings')
  await new VaultPage(page).openSection('Bin')
  const bin = page.getByRole('list', { name: 'Bin' })
  await bin.getByRole('listitem').filter({ hasText: name }).getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText('The bin is empty.')).toBeVisible()
}

const password = 'marked vault words 7719'

test('a removed cookie comes back by Undo, and from the bin after a restart, and is sent again', async ({
  launch,
}) => {
  const got: (string | undefined)[] = []
  const answer: RequestListener = (request, response) => {
    got.push(request.headers.cookie)
    if (request.url === '/set') response.setHeader('set-cookie', 'sid=dear-cookie-4711; Path=/')
    response.end('done')
  }
  await withServer(answer, async (origin) => {
    const first = await launch()
    const { page } = first
    await new VaultPage(page).setPassword(password)
    const requests = new RequestPage(page)
    await requests.open()
    await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}/set`)
    await page.keyboard.press('Control+Enter')
    await expect(requests.answer().getByText(/^200/)).toBeVisible()
    const openCookies = async (of: Page) => {
      await new WorkbenchPage(of).openRoom('Settings')
      await new VaultPage(of).openSection('Cookies')
      return of.getByRole('table', { name: /^Cookies: / }).getByRole('row', { name: /^sid/ })
    }
    const row = await openCookies(page)
    await row.getByRole('button', { name: 'Remove sid' }).click()
    await expect(row).toHaveCount(0)
    await undo(page)
    await row.getByRole('button', { name: 'Show sid' }).click()
    await expect(row).toContainText('dear-cookie-4711')
    await row.getByRole('button', { name: 'Remove sid' }).click()
    await expect(row).toHaveCount(0)
    await page.close({ runBeforeUnload: true })
    await first.process?.exited

    const again = (await launch()).page
    await new VaultPage(again).unlock(password)
    await restore(again, 'sid')
    await expect(await openCookies(again)).toHaveCount(1)
    const afterwards = new RequestPage(again)
    await afterwards.open()
    await again.getByRole('textbox', { name: 'URL' }).fill(`${origin}/again`)
    await again.keyboard.press('Control+Enter')
    await expect(afterwards.answer().getByText(/^200/)).toBeVisible()
    expect(got).toEqual([undefined, 'sid=dear-cookie-4711'])
  })
})

test('a removed server rule comes back by Undo, and from the bin after a restart', async ({ launch }) => {
  const first = await launch()
  const { page } = first
  const openNetwork = async (of: Page) => {
    await new WorkbenchPage(of).openRoom('Settings')
    await new VaultPage(of).openSection('Network')
    return of.getByRole('list', { name: 'Individual servers' }).getByRole('listitem')
  }
  await new VaultPage(page).setPassword(password)
  const rule = await openNetwork(page)
  await page.getByRole('button', { name: 'Add a server' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a server' })
  await dialog.getByRole('textbox', { name: /^Server/ }).fill('api.example.com')
  await dialog.getByRole('textbox', { name: /^Address/ }).fill('127.0.0.1')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(rule).toContainText('api.example.com')
  const remove = async (): Promise<void> => {
    await rule.getByRole('button', { name: 'Remove api.example.com' }).click()
    await expect(rule).toHaveCount(0)
  }
  await remove()
  await undo(page)
  await expect(rule).toContainText('at 127.0.0.1')
  await remove()
  await page.close({ runBeforeUnload: true })
  await first.process?.exited

  const again = (await launch()).page
  await new VaultPage(again).unlock(password)
  await restore(again, 'api.example.com')
  await expect(await openNetwork(again)).toContainText('at 127.0.0.1')
})

test('after a failed discovery nothing of the former one stays', async ({
  gatehouse: { page },
  provider,
}) => {
  await page.getByRole('button', { name: 'Connect a provider' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect a provider' })
  const issuer = dialog.getByRole('textbox', { name: /^Issuer/ })
  const resource = dialog.getByRole('textbox', { name: /^Resource/ })
  const fields = dialog.getByRole('textbox', { name: /^(Resource|Scope|Name|Client ID)/ })
  const texts = () => fields.evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value))
  const before = await texts()
  await issuer.fill(`${provider.api}/orders`)
  await dialog.getByRole('button', { name: 'Discover' }).click()
  const told = dialog.getByRole('region', { name: 'What this address is' })
  await expect(told).toContainText('A protected API')
  await expect(resource).toHaveValue(provider.api)
  await expect(dialog.getByText('Scopes:', { exact: true })).toBeVisible()

  // Nothing listens there anymore.
  let gone = ''
  await withServer(
    (_request, response) => response.end(),
    (origin) => Promise.resolve(void (gone = origin)),
  )
  await issuer.fill(gone)
  await dialog.getByRole('button', { name: 'Discover' }).click()
  await expect(dialog.getByText(/refused the connection/).first()).toBeVisible()
  await expect(told).toHaveCount(0)
  await expect(dialog.getByText('Scopes:', { exact: true })).toHaveCount(0)
  await expect.poll(texts).toEqual(before)
  await expect(dialog.getByText(new URL(provider.api).host)).toHaveCount(0)
})

test('a 429 counts down to when it may be sent again', async ({ gatehouse: { page } }) => {
  const answer: RequestListener = (_request, response) =>
    response.writeHead(429, { 'retry-after': '3', 'content-type': 'application/json' }).end('{}')
  await withServer(answer, async (origin) => {
    const requests = new RequestPage(page)
    await requests.open()
    await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}/orders`)
    await page.keyboard.press('Control+Enter')
    const timer = page.getByRole('region', { name: 'Why it was refused' }).getByRole('timer')
    const seen = new Set<string>()
    await expect(timer).toContainText('You can send again in')
    await expect
      .poll(async () => seen.add(await timer.innerText()).size, { intervals: [200] })
      .toBeGreaterThanOrEqual(2)
    await expect(timer).toHaveText('You can send again now.')
  })
})

test('rows that were removed, and changes that were discarded, come back by Undo', async ({
  gatehouse: { page },
}) => {
  const parts = page.getByRole('tablist', { name: 'Parts of the request' })
  const news = page.getByRole('status', { name: 'Notifications' })
  const requests = new RequestPage(page)
  await requests.open()
  await page.getByRole('textbox', { name: 'URL' }).fill('https://api.example/rows?page=2&size=5')
  const rows: [part: RegExp, first: string, name: string][] = [
    [/^Headers/, 'Name of header 1', 'X-Dear'],
    [/^Variables/, 'Name of variable 1', 'dear'],
    [/^Checks/, 'Subject of check 1', 'res.dear'],
  ]
  for (const [part, first, name] of rows) {
    await parts.getByRole('tab', { name: part }).click()
    const field = page.getByLabel(first, { exact: true })
    await field.fill(name)
    await page.keyboard.press('Escape')
    await page
      .getByRole('button', { name: /^Remove / })
      .first()
      .click()
    await expect(field).toHaveValue('')
    await expect(page.locator('body')).not.toBeFocused()
    await expect(news).toContainText(`“${name}” was removed.`)
    await undo(page)
    await expect(field).toHaveValue(name)
  }

  // Two of them, each to its place; what another part or tab shows takes nothing in.
  await parts
    .getByRole('tab', { name: /^Query/ })
    .or(parts.getByRole('tab', { name: /^Param/ }))
    .click()
  const url = page.getByRole('textbox', { name: 'URL' })
  await page.getByRole('button', { name: 'Remove parameter 1' }).click()
  await expect(url).toHaveValue('https://api.example/rows?size=5')
  await page.getByRole('button', { name: 'Remove parameter 1' }).click()
  await undo(page)
  await undo(page)
  await expect(url).toHaveValue('https://api.example/rows?page=2&size=5')
  await page.getByRole('button', { name: 'Remove parameter 1' }).click()
  await page.keyboard.press('Control+n')
  await expect(news.getByRole('button', { name: 'Undo' })).toHaveCount(0)

  await new WorkbenchPage(page).openRoom('Settings')
  await new VaultPage(page).openSection('Environments')
  await page.getByLabel('Name of variable 1').fill('host')
  await page.getByLabel('Value of host').fill('https://typed.example')
  await page.getByRole('button', { name: 'Discard changes' }).click()
  await expect(page.getByLabel('Value of host')).toHaveCount(0)
  await undo(page)
  await expect(page.getByLabel('Value of host')).toHaveValue('https://typed.example')
  await page.getByRole('button', { name: /^Remove (host|variable 1)$/ }).click()
  await undo(page)
  await expect(page.getByLabel('Value of host')).toHaveValue('https://typed.example')
})

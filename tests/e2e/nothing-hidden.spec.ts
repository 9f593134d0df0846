import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Locator } from 'playwright/test'
import { signInAtProvider } from '../support/playground-browser.ts'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'
import { WorkbenchPage } from './pages/workbench-page.ts'
import { handOver } from './support/gatehouse.ts'
import { choose } from './support/choose.ts'

const alice = { username: 'alice', password: 'alice-password' }
let server: Server
let origin: string

test.beforeAll(async () => {
  server = createServer((request, response) => {
    // Never answered: for what is to be cancelled.
    if (request.url !== '/slow') response.setHeader('Content-Type', 'application/json').end('{}')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('what a connection lacks is said at its field, and the first has the focus', async ({ gatehouse }) => {
  const { page } = gatehouse
  await page.getByRole('button', { name: 'Connect a provider' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect a provider' })
  const issuer = dialog.getByRole('textbox', { name: /^Issuer/ })
  const clientId = dialog.getByRole('textbox', { name: /^Client ID/ })
  await choose(
    dialog.getByRole('combobox', { name: /^Client authentication/ }),
    'Secret in the Authorization header (basic)',
  )
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(issuer).toBeFocused()
  await expect(issuer).toHaveAttribute('aria-invalid', 'true')
  await expect(issuer).toHaveAccessibleDescription(/Enter the issuer/)
  await expect(clientId).toHaveAttribute('aria-invalid', 'true')
  const secret = dialog.getByRole('textbox', { name: /^Client secret/ })
  await expect(secret).toHaveAccessibleDescription(/client secret/)
  await issuer.fill('https://login.example')
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(clientId).toBeFocused()
  await expect(issuer).not.toHaveAttribute('aria-invalid')
})

test('one press sends as the account that fits, keys send and cancel, and an old answer says so', async ({
  home,
  launch,
}) => {
  const { page } = await launch()
  const workbench = new WorkbenchPage(page)
  const requests = new RequestPage(page)
  await workbench.startPlayground()
  await workbench.signInButton().click()
  expect(await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))).toBe(0)
  await workbench.expectSignedIn('alice')
  await workbench.sendReadyRequest()
  await workbench.expectStatus(/^200/)
  const url = page.getByRole('textbox', { name: 'URL' })
  const orders = await url.inputValue()

  await requests.open()
  await url.fill(orders)
  await page.getByRole('button', { name: 'Call as alice' }).last().click()
  await page.keyboard.press('Control+Enter')
  await expect(requests.answer().getByText(/^200/)).toBeVisible()

  await url.fill(`${origin}/one`)
  await expect(requests.answer().getByText('before your changes')).toBeVisible()
  await page
    .getByRole('button', { name: /^Auth: / })
    .first()
    .click()
  await page.getByRole('menuitemradio', { name: 'No auth' }).click()
  await page.keyboard.press('Control+Enter')
  await expect(requests.answer().getByText(/^200/)).toBeVisible()
  await expect(requests.answer().getByText('before your changes')).toHaveCount(0)

  await url.fill(`${origin}/slow`)
  await page.keyboard.press('Control+Enter')
  const outcome = page.getByRole('status', { name: 'Outcome' })
  const waiting = page.getByText('Waiting for the response').and(page.locator(':not([role])'))
  await expect(outcome).toHaveText('Waiting for the response')
  await expect(waiting).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(waiting).toHaveCount(0)
  await expect(outcome).not.toHaveText('Waiting for the response')

  await workbench.openRoom('Playground')
  await page.getByRole('button', { name: /^Stop/ }).click()
  await workbench.openRoom('Requests')
  await url.fill(orders)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Start the playground' }).click()
  await expect(requests.answer().getByText(/^(200|401)/)).toBeVisible({ timeout: 30_000 })
})

test('an empty list of accounts says which environment has some', async ({ gatehouse }) => {
  const { page } = gatehouse
  const workbench = new WorkbenchPage(page)
  await workbench.startPlayground()
  await page.evaluate(
    "window.bridge.call['environments:create']({ name: 'staging' }).then(({ value }) => window.bridge.call['environments:use']({ id: value.id }))",
  )
  await workbench.openRoom('Accounts')
  await page.getByRole('button', { name: 'local: 1 connection' }).click()
  await expect(page.getByRole('button', { name: /^Playground ·/ })).toBeVisible()
})

test('what a form of the settings refuses is said at its field, which has the focus', async ({
  gatehouse: { page },
}) => {
  await new WorkbenchPage(page).openRoom('Settings')
  const open = (name: string) => page.getByRole('tab', { name, exact: true }).click()
  const expectFault = async (field: Locator, says: RegExp) => {
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toHaveAccessibleDescription(says)
    await expect(field).toBeFocused()
  }
  await open('Network')
  await page.getByRole('radio', { name: /^Manual/ }).check()
  const proxy = page.getByRole('textbox', { name: /^Proxy/ })
  await proxy.fill('no proxy here')
  await page.getByRole('button', { name: 'Save the proxy' }).click()
  await expectFault(proxy, /not the address of a proxy/)

  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Add a server' }).click()
  await dialog.getByRole('textbox', { name: /^Server/ }).fill('bad host ///')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expectFault(dialog.getByRole('textbox', { name: /^Server/ }), /not a server name/)
  await dialog.getByRole('textbox', { name: /^Server/ }).fill('good.example')
  await dialog.getByRole('textbox', { name: /^Address/ }).fill('10.0.0.1:80')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expectFault(dialog.getByRole('textbox', { name: /^Address/ }), /not the address of a server/)
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Add a password' }).click()
  await dialog.getByRole('textbox', { name: /^Proxy/ }).fill('quic://proxy.example')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('ann')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expectFault(dialog.getByRole('textbox', { name: /^Proxy/ }), /HTTP, HTTPS and SOCKS/)
  await page.keyboard.press('Escape')

  // A name that is taken is not lost.
  await open('Environments')
  await page.getByRole('button', { name: 'New environment' }).click()
  const name = dialog.getByRole('textbox', { name: /^Name/ })
  await name.fill('local')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expectFault(name, /already exists/)
  await name.fill('staging')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('staging was created.')).toBeVisible()

  await open('User & vault')
  await page.getByRole('button', { name: 'New user' }).click()
  await name.fill('default')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expectFault(name, /already exists/)
})

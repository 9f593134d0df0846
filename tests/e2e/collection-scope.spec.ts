import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import type { Locator, Page } from 'playwright/test'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'
import { choose } from './support/choose.ts'
import type { Home } from './support/home.ts'
import { keepShots } from './support/shots.ts'
import { rememberCollection } from './support/open-collection.ts'

let server: Server
let origin: string
let seen: { url: string; headers: IncomingHttpHeaders }[] = []
test.beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers })
    response.setHeader('Content-Type', 'application/json')
    if (request.url === '/pages') response.setHeader('Link', '</pages/2>; rel="next"')
    response.end('{"ok":true}')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})
test.beforeEach(() => {
  seen = []
})

/** A collection with a folder, two environments and a secret. */
function shop(home: Home): string {
  const folder = join(home.directory, 'collections', 'shop')
  const files: Record<string, string> = {
    'opencollection.yml': `opencollection: 1.0.0
info:
  name: Shop
request:
  headers:
    - name: X-Team
      value: storefront
    - name: Accept-Language
      value: en
  variables:
    - name: version
      value: v2
`,
    'orders/folder.yml': `info:
  name: Orders
request:
  headers:
    - name: X-Team
      value: orders # ours
  variables:
    - name: base
      value: "{{host}}/{{version}}"
`,
    'orders/one.yml': `info:
  name: One order
  type: http
http:
  method: GET
  url: "{{base}}/orders/:id"
  params:
    - name: id
      value: A-17
      type: path
  headers:
    - name: X-Key
      value: "{{apiKey}}"
`,
    'environments/dev.yml': `name: Development
variables:
  - name: host
    value: ${origin}
  - secret: true
    name: apiKey
`,
    'environments/prod.yml':
      'name: Production\nvariables:\n  - name: host\n    value: https://shop.example\n',
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  rememberCollection(home, folder)
  return folder
}
const item = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('tree', { name: 'Collections' }).getByRole('treeitem', { name })
const part = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click()
async function openOrder(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
  await item(page, 'Orders folder').click()
  await item(page, 'GET One order').click()
}

test('a request gets headers and variables from where it is, and a secret is asked for once', async ({
  home,
  gatehouse,
}) => {
  const { page } = gatehouse
  const folder = shop(home)
  await openOrder(page)
  await expect(page.getByText('Unknown variables')).toBeVisible()
  await choose(page.getByRole('combobox', { name: 'Environment of Shop' }), 'Development')
  await expect(page.getByText('Unknown variables')).toHaveCount(0)
  await page.getByRole('textbox', { name: 'URL' }).press('Home')
  await expect(page.getByRole('tooltip')).toHaveText('{{base}}: {{host}}/{{version}} (folder Orders)')
  await part(page, 'Headers')
  const inherited = page.getByRole('region', { name: 'Inherited' })
  await expect(inherited.getByRole('listitem')).toHaveText([
    'Accept-Languageenfrom collection Shop',
    'X-Teamordersfrom folder Orders',
  ])

  // Nothing goes before the secret is there.
  await page.keyboard.press('Control+Enter')
  await expect(
    page.getByRole('alert').getByText('{{apiKey}} is a secret that you have not entered yet.'),
  ).toBeVisible()
  expect(seen).toEqual([])
  await page.getByRole('button', { name: 'Enter apiKey…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Enter apiKey' })
  await dialog.getByLabel('Value').fill('k3y-of-mine')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Enter apiKey…' })).toHaveCount(0)
  await page.keyboard.press('Control+Enter')
  await expect(new RequestPage(page).answer().getByText(/^200/)).toBeVisible()
  expect(seen).toMatchObject([
    {
      url: '/v2/orders/A-17',
      headers: {
        'x-team': 'orders',
        'accept-language': 'en',
        'x-key': 'k3y-of-mine',
      },
    },
  ])

  await part(page, 'Params')
  await page.getByRole('textbox', { name: 'Value of :id in the path' }).fill('B-2')
  await part(page, 'Variables')
  await page.getByRole('textbox', { name: 'Name of variable 1' }).fill('version')
  await page.getByRole('textbox', { name: 'Value of variable 1' }).fill('v3')
  await expect(page.getByRole('region', { name: 'Inherited' })).toContainText('replaced here')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved in one.yml.')).toBeVisible()
  const text = readFileSync(join(folder, 'orders/one.yml'), 'utf8')
  expect(text).toContain('      value: B-2\n      type: path\n')
  expect(text).toContain('runtime:\n  variables:\n    - name: version\n      value: v3\n')
  expect(text).not.toContain('k3y-of-mine')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => seen.at(-1)?.url).toBe('/v3/orders/B-2')
})

test('what a folder passes on is changed in its own lines, and so is an environment', async ({
  home,
  gatehouse,
}) => {
  const { page } = gatehouse
  const folder = shop(home)
  await openOrder(page)
  const file = join(folder, 'orders/folder.yml')
  const before = readFileSync(file, 'utf8')
  await item(page, 'Orders folder').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Folder settings…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Folder Orders' })
  await dialog.getByRole('textbox', { name: 'Value of header 1' }).fill('fulfilment')
  await dialog.getByRole('tab', { name: 'Variables' }).click()
  await dialog.getByRole('textbox', { name: 'Name of variable 2' }).fill('pin')
  await dialog.getByRole('checkbox', { name: 'pin is secret' }).check()
  await dialog.getByLabel('Value of variable 2').fill('s3cret-pin')
  await dialog.getByRole('tab', { name: 'Auth' }).click()
  await choose(dialog.getByRole('combobox', { name: 'Auth for requests that inherit it' }), 'Bearer token')
  await dialog.getByLabel('Token', { exact: true }).fill('{{pin}}')
  await keepShots(page, 'folder-auth')
  await dialog.getByRole('tab', { name: 'Settings' }).click()
  await dialog.getByRole('spinbutton', { name: /^Total timeout/ }).fill('5')
  await choose(dialog.getByRole('combobox', { name: 'Follow redirects' }), 'No')
  await keepShots(page, 'folder-settings')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
  expect(readFileSync(file, 'utf8')).toBe(
    `${before.replace('value: orders', 'value: fulfilment').replace('  variables:', '  auth:\n    type: bearer\n    token: "{{pin}}"\n  variables:')}    - name: pin\n      secret: true\n  settings:\n    http:\n      timeout: 5000\n      followRedirects: false\n`,
  )
  await part(page, 'Settings')
  await expect(page.getByText('Inherited: 5 s, from folder Orders.')).toBeVisible()
  await part(page, 'Headers')
  await expect(page.getByRole('region', { name: 'Inherited' })).toContainText('fulfilment')

  await choose(page.getByRole('combobox', { name: 'Environment of Shop' }), 'Production')
  await page.getByRole('button', { name: 'Edit…' }).click()
  const environment = page.getByRole('dialog', {
    name: 'Environment Production',
  })
  await environment.getByLabel('Value of variable 1').fill('https://eu.shop.example')
  await environment.getByRole('button', { name: 'Save' }).click()
  await expect(environment).toHaveCount(0)
  expect(readFileSync(join(folder, 'environments/prod.yml'), 'utf8')).toBe(
    'name: Production\nvariables:\n  - name: host\n    value: https://eu.shop.example\n',
  )
  await item(page, /(?<!My requests) collection$/).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'New environment…' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Staging')
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('combobox', { name: 'Environment of Shop' })).toHaveText('Staging')
})

test('a secret that only the inherited auth names is asked for before anything is sent', async ({
  home,
  gatehouse: { page },
}) => {
  const folder = join(home.directory, 'collections', 'keyed')
  mkdirSync(join(folder, 'environments'), { recursive: true })
  const head = 'opencollection: 1.0.0\ninfo:\n  name: Keyed\n'
  writeFileSync(
    join(folder, 'opencollection.yml'),
    `${head}request:\n  auth:\n    type: bearer\n    token: "{{service}}"\n  variables:\n    - secret: true\n      name: service\n`,
  )
  writeFileSync(
    join(folder, 'list.yml'),
    `info:\n  name: List\n  type: http\nhttp:\n  method: GET\n  url: ${origin}/list\n  auth: inherit\n`,
  )
  rememberCollection(home, folder)
  await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
  await item(page, 'GET List').click()
  await page.getByRole('button', { name: 'Enter service…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('s3rvice-token')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Enter service…' })).toHaveCount(0)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('group', { name: 'Response', exact: true }).getByText(/^200/)).toBeVisible()
  expect(seen.at(-1)?.headers['authorization']).toBe('Bearer s3rvice-token')
})

test('a response says that it came in another environment, until that is chosen again', async ({
  home,
  gatehouse: { page },
}) => {
  const folder = join(home.directory, 'collections', 'two')
  mkdirSync(join(folder, 'environments'), { recursive: true })
  writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Two\n')
  for (const name of ['One', 'Other'])
    writeFileSync(
      join(folder, `environments/${name}.yml`),
      `name: ${name}\nvariables:\n  - name: api\n    value: ${origin}/${name}\n`,
    )
  writeFileSync(
    join(folder, 'list.yml'),
    'info:\n  name: List\n  type: http\nhttp:\n  method: GET\n  url: "{{api}}/list"\n',
  )
  rememberCollection(home, folder)
  await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
  await item(page, 'GET List').click()
  const environment = page.getByRole('combobox', { name: 'Environment of Two' })
  const response = page.getByRole('group', { name: 'Response', exact: true })
  await choose(environment, 'One')
  await page.keyboard.press('Control+Enter')
  await expect(response.getByText(/^200/)).toBeVisible()
  await choose(environment, 'Other')
  await expect(response).toContainText('other environment')
  await keepShots(page, 'other-environment')
  await choose(environment, 'One')
  await expect(response).not.toContainText('other environment')
  await choose(environment, 'Other')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => seen.at(-1)?.url).toBe('/Other/list')
  await expect(response).not.toContainText('other environment')
})

test('a link is followed with what the request inherits, and is in no file', async ({ home, launch }) => {
  const first = await launch()
  const folder = join(home.directory, 'collections', 'paged')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'opencollection.yml'),
    'opencollection: 1.0.0\ninfo:\n  name: Paged\nrequest:\n  headers:\n    - name: X-Team\n      value: storefront\n  auth:\n    type: apikey\n    key: X-Key\n    value: "{{kind}}-key"\n    placement: header\n  variables:\n    - name: kind\n      value: shop\n',
  )
  writeFileSync(
    join(folder, 'pages.yml'),
    `info:\n  name: Pages\n  type: http\nhttp:\n  method: GET\n  url: ${origin}/pages\n  auth: inherit\n`,
  )
  rememberCollection(home, folder)
  await first.page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
  await item(first.page, 'GET Pages').click()
  await first.page.keyboard.press('Control+Enter')
  await first.page.getByRole('button', { name: /^next/ }).click()
  await expect(first.page.getByRole('textbox', { name: 'URL' })).toHaveValue(`${origin}/pages/2`)
  await first.page.close({ runBeforeUnload: true })
  await first.process?.exited

  // The place is kept with the tab.
  const { page } = await launch()
  await expect(page.getByRole('button', { name: 'Auth: API key from collection Paged' })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('group', { name: 'Response', exact: true }).getByText(/^200/)).toBeVisible()
  expect(seen.at(-1)?.url).toBe('/pages/2')
  expect(seen.at(-1)?.headers).toMatchObject({ 'x-key': 'shop-key', 'x-team': 'storefront' })
  await page.keyboard.press('Control+s')
  await expect(page.getByRole('dialog', { name: 'Save the request' })).toBeVisible()
  expect(readFileSync(join(folder, 'pages.yml'), 'utf8')).not.toContain('/pages/2')
})

import { expect, type Locator, type Page } from 'playwright/test'
import { EnvironmentsPage } from '../pages/environments-page.ts'
import { choose } from './choose.ts'
import { noToasts } from './every-screen.ts'
import type { Gatehouse } from './gatehouse.ts'
import type { Home } from './home.ts'
import { openShop } from './shop.ts'
import { RequestPage } from '../pages/request-page.ts'

/** Called at every screen; `small`: it matters in a small window. */
type Look = (screen: string, options?: { small?: boolean }) => Promise<void>

interface Day {
  home: Home
  gatehouse: Gatehouse
  /** Where the shop's API is. */
  origin: string
  look: Look
}

/** What a person does in the window, in few words. */
function hands(page: Page) {
  const tree = page.getByRole('tree', { name: 'Collections' })
  const row = (name: string): Locator => tree.getByRole('treeitem', { name })
  const response = page.getByRole('group', { name: 'Response' })
  /** Scrolls the tree to a row: those that are far from sight are not drawn. */
  const reveal = async (name: string): Promise<Locator> => {
    for (let top = 0; (await row(name).count()) === 0 && top < 3_000; top += 160) {
      await tree.evaluate((element, to) => element.parentElement?.scrollTo(0, to), top)
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0)))),
      )
    }
    await row(name).scrollIntoViewIfNeeded()
    return row(name)
  }
  return {
    tree,
    row,
    reveal,
    response,
    /** Opens a folder of the tree, or a request of it. */
    async press(name: string): Promise<void> {
      await (await reveal(name)).click()
      const [, request] = /^[A-Z]+ (.+)$/.exec(name) ?? []
      if (request !== undefined) await new RequestPage(page).expectShown(request)
    },
    part: (name: string): Promise<void> =>
      page
        .getByRole('tablist', { name: 'Parts of the request' })
        .getByRole('tab', { name: new RegExp(`^${name}`) })
        .click(),
    came: (name: string): Promise<void> =>
      page
        .getByRole('tablist', { name: 'Parts of the response' })
        .getByRole('tab', { name: new RegExp(`^${name}`) })
        .click(),
    async send(status: string): Promise<void> {
      await page.keyboard.press('Control+Enter')
      await expect(response.getByText(new RegExp(`^${status}`)).first()).toBeVisible()
    },
    /** How the body is shown. */
    as: (mode: string): Promise<void> =>
      page.getByRole('group', { name: 'Body view' }).getByText(mode, { exact: true }).click(),
    /** Shows the list of requests anew. */
    async room(): Promise<void> {
      await page.getByRole('navigation').getByRole('button', { name: 'Accounts' }).click()
      await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
    },
  }
}

/** A working day with a collection of forty requests: every part of a request, each kind of response, a run, the
 *  history, and what the tree can do. */
export async function walkDay(day: Day): Promise<void> {
  const { page } = day.gatehouse
  page.setDefaultTimeout(10_000)
  openShop(day.home, day.origin)
  await hands(page).room()
  for (const part of [lookAtRequests, lookAtBodies, lookAtResponses, lookAtTree, lookAtRun, lookAtSettings])
    await part(day)
}

async function lookAtRequests({ gatehouse: { page }, look }: Day): Promise<void> {
  const { press, part, came, send } = hands(page)
  for (const folder of ['Orders', 'Customers']) await press(`${folder} folder`)
  await press('GET List customers')
  await choose(page.getByRole('combobox', { name: 'Environment of Shop API' }), 'Local')
  await send('200')
  await look('day-params', { small: true })
  await part('Headers')
  await look('day-headers')
  await part('Auth')
  await came('Headers')
  await look('day-auth')
  await part('Variables')
  await came('Checks')
  await look('day-variables')
  await part('Checks')
  await look('day-checks', { small: true })
  await part('Settings')
  await came('Timing')
  await look('day-settings')
  await press('GET List orders')
  await send('200')
  await part('Variables')
  await came('Captured')
  await look('day-captures')
}

async function lookAtBodies({ gatehouse: { page }, look }: Day): Promise<void> {
  const { press, part, send } = hands(page)
  await press('POST Place an order')
  await send('201')
  await look('day-body-json', { small: true })
  await press('Search orders')
  await part('Body')
  await look('day-body-graphql')
  for (const folder of ['Payments', 'Catalogue']) await press(`${folder} folder`)
  await press('POST Authorize a payment')
  await part('Body')
  await look('day-body-form')
  await press('POST Add a product')
  await part('Body')
  await look('day-body-multipart')
  await press('PUT Replace a product')
  await part('Body')
  await look('day-body-xml')
  await press('PUT Replace the photo')
  await part('Body')
  await look('day-body-file')
  await part('Auth')
  await page.getByRole('button', { name: /^Auth: / }).click()
  await look('day-auth-menu')
  await page.getByRole('menuitemradio', { name: 'AWS Signature v4', exact: true }).click()
  await look('day-auth-aws')
}

async function lookAtResponses({ gatehouse: { page }, look }: Day): Promise<void> {
  const { press, send, as, came, response } = hands(page)
  await press('GET List customers')
  await came('Body')
  await as('Tree')
  await look('day-tree')
  await as('Table')
  await expect(page.getByRole('table', { name: /^customers: / })).toBeVisible()
  await look('day-table', { small: true })
  for (const [name, screen, mode] of [
    ['GET Export as CSV', 'csv', undefined],
    ['GET Payouts as XML', 'xml', undefined],
    ['GET Photo of a product', 'image', undefined],
    ['GET Status page', 'page', 'Page'],
  ] as const) {
    await press(name)
    await send('200')
    if (mode) {
      await as(mode)
      await page.getByRole('button', { name: 'Render the page' }).click()
    }
    await look(`day-response-${screen}`)
  }
  await press('Admin folder')
  await press('GET Stock levels, packed')
  await send('200')
  await look('day-response-hex')
  await press('GET Follow the audit log')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('4423', { exact: false }).first()).toBeVisible()
  await look('day-response-events', { small: true })
  await page.keyboard.press('Escape')
  await press('GET All users')
  await send('403')
  await look('day-response-refused')
  await press('Webhooks folder')
  await press('Unsubscribe')
  await send('404')
  await look('day-response-404')
  await page.getByRole('button', { name: 'New', exact: true }).click()
  await page.getByRole('textbox', { name: 'URL' }).fill('http://127.0.0.1:9/orders')
  await page.keyboard.press('Control+Enter')
  await expect(response.getByText('No response')).toBeVisible()
  await look('day-response-error')
  await page.keyboard.press('Control+w')
  await press('GET List orders')
  await page.getByRole('textbox', { name: 'URL' }).fill('{{baseUrl}}/orders/A-10017')
  await send('200')
  await came('Compare')
  await look('day-compare', { small: true })
}

async function lookAtTree({ gatehouse: { page }, look }: Day): Promise<void> {
  const { press, row } = hands(page)
  await noToasts(page)
  await press('Rotate the keys')
  await look('day-broken')
  await press('Ship it')
  await look('day-grpc')
  await press('GET Get an order')
  await row('GET List orders').click({ modifiers: ['Control'] })
  await row('POST Cancel an order').click({ modifiers: ['Control'] })
  await row('POST Refund an order').click({ modifiers: ['Control'] })
  await look('day-selection', { small: true })
  await row('POST Cancel an order').click({ button: 'right' })
  await look('day-selection-menu')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  const [from, to] = [
    await row('POST Refund an order').boundingBox(),
    await row('GET Get an order').boundingBox(),
  ]
  if (from && to) {
    await page.mouse.move(from.x + 80, from.y + 14)
    await page.mouse.down()
    await page.mouse.move(to.x + 90, to.y + 14, { steps: 4 })
    await page.mouse.move(to.x + 90, to.y + to.height - 3, { steps: 3 })
    await look('day-drag')
    await page.keyboard.press('Escape')
    await page.mouse.up()
  }
  await noToasts(page)
  await page.getByRole('searchbox', { name: 'Search requests and history' }).fill('order')
  await expect(page.getByRole('list', { name: 'History' }).getByRole('button').first()).toBeVisible()
  await look('day-search-list', { small: true })
  await page.getByRole('searchbox', { name: 'Search requests and history' }).fill('tag:nightly')
  await look('day-search-tag')
  await page.getByRole('searchbox', { name: 'Search requests and history' }).fill('')
}

async function lookAtRun({ gatehouse: { page }, look }: Day): Promise<void> {
  const { reveal } = hands(page)
  await (await reveal('Orders folder')).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Run…' }).click()
  await page.getByLabel('Data file').setInputFiles({
    name: 'orders.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('orderId\nA-10017\nA-10018\n'),
  })
  await look('day-run-form', { small: true })
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Results' })).toContainText('Finished')
  await noToasts(page)
  await look('day-run', { small: true })
  await page.getByRole('list', { name: 'Requests of the run' }).getByRole('button').first().click()
  await look('day-run-result')
}

async function lookAtSettings({ gatehouse: { page }, look }: Day): Promise<void> {
  const { reveal } = hands(page)
  await (await reveal('Shop API collection')).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Collection settings…' }).click()
  await look('day-collection-headers')
  const dialog = page.getByRole('dialog')
  for (const name of ['Variables', 'Auth', 'Settings']) {
    await dialog.getByRole('tab', { name }).click()
    await look(`day-collection-${name.toLowerCase()}`)
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible()
  await page.keyboard.type('order')
  await look('day-palette')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await new EnvironmentsPage(page).add([
    { name: 'host', value: 'https://api.example.com' },
    { name: 'tenant', value: 'north-wind-traders' },
    { name: 'callback_url', value: 'https://callbacks.example.com/oauth/return?state=kept' },
    { name: 'api_key', value: 'a-secret-of-this-picture', secret: true },
  ])
  await page.getByRole('button', { name: 'New environment' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('staging')
  await page.keyboard.press('Enter')
  await noToasts(page)
  await look('day-environments', { small: true })
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { signInAtProvider } from '../support/playground-browser.ts'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'
import { WorkbenchPage } from './pages/workbench-page.ts'
import { choose } from './support/choose.ts'
import { handOver } from './support/gatehouse.ts'
import { rememberCollection } from './support/open-collection.ts'

interface Counted {
  origin: string
  calls: string[]
  /** Those that carried anything that lets its holder act for someone. */
  trusted: string[]
  close: () => void
}

/** A server that counts; `/go?to=URL` leads on, `/page` names a next one at `next`. */
async function startCounting(next = ''): Promise<Counted> {
  const counted: Counted = { origin: '', calls: [], trusted: [], close: () => undefined }
  function note({ url = '', headers }: IncomingMessage): void {
    counted.calls.push(url)
    if (headers.authorization ?? headers['dpop'] ?? headers['x-api-key']) counted.trusted.push(url)
  }
  const server = createServer((request, response) => {
    note(request)
    const to = new URL(request.url ?? '', 'http://x').searchParams.get('to')
    if (to !== null) return response.writeHead(307, { location: to }).end()
    if (request.url === '/page') response.setHeader('link', `<${next}/page/2>; rel="next"`)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ base: next }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  counted.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  counted.close = () => {
    server.closeAllConnections()
    server.close()
  }
  return counted
}

let stranger: Counted
let friend: Counted
test.beforeEach(async () => {
  stranger = await startCounting()
  friend = await startCounting(stranger.origin)
})
test.afterEach(() => {
  stranger.close()
  friend.close()
})

test('no server gets a token that was not meant for it, by a run, an environment, a link, a redirect, a capture or a schema', async ({
  home,
  launch,
}) => {
  const { page } = await launch()
  const workbench = new WorkbenchPage(page)
  await workbench.startPlayground()
  await workbench.signInButton().click()
  const alice = { username: 'alice', password: 'alice-password' }
  expect(await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))).toBe(0)
  await workbench.expectSignedIn('alice')

  const folder = join(home.directory, 'collections', 'odd')
  mkdirSync(join(folder, 'environments'), { recursive: true })
  mkdirSync(join(folder, 'Calls'))
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text)
  write('opencollection.yml', 'opencollection: 1.0.0\ninfo:\n  name: Odd\n')
  for (const [name, { origin }] of Object.entries({ Friend: friend, Stranger: stranger }))
    write(`environments/${name}.yml`, `name: ${name}\nvariables:\n  - name: api\n    value: ${origin}\n`)
  write(
    'Calls/list.yml',
    'info:\n  name: List\n  type: http\nhttp:\n  method: GET\n  url: "{{api}}/page"\n  auth: inherit\n' +
      'runtime:\n  actions:\n    - type: set-variable\n      phase: after-response\n      selector:\n        expression: res.body.base\n        method: jsonq\n      variable:\n        name: base\n        scope: runtime\n',
  )
  rememberCollection(home, folder)

  await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
  const tree = page.getByRole('tree', { name: 'Collections' })
  const requests = new RequestPage(page)
  const url = page.getByRole('textbox', { name: 'URL' })
  const response = page.getByRole('group', { name: 'Response', exact: true })
  const keptBack = page.getByText(/^The token of “alice” is for .* Nothing was sent\.$/).last()
  const environment = page.getByRole('combobox', { name: 'Environment of Odd' })

  // A run as alice keeps back what is for another server; its row offers to send that token, and sends it.
  await tree.getByRole('treeitem', { name: 'Calls folder' }).click()
  await tree.getByRole('treeitem', { name: 'GET List' }).dblclick()
  await choose(environment, 'Friend')
  await tree.getByRole('treeitem', { name: 'Calls folder' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Run…' }).click()
  await choose(page.getByRole('combobox', { name: 'Call as' }), 'alice')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Results' })).toContainText('1 of 1 done')
  expect(friend.calls).toEqual([])
  await page.getByRole('list', { name: 'Requests of the run' }).getByRole('button').click()
  await expect(page.getByRole('button', { name: /^Auth: call as alice/ })).toBeVisible()
  await page.getByRole('button', { name: `Send the token to ${new URL(friend.origin).host}` }).click()
  await expect(response.getByText(/^200/)).toBeVisible()
  expect(friend.trusted).toEqual(['/page'])

  // A link to another server is followed as no one.
  await page.getByRole('button', { name: /^next/ }).click()
  await expect(url).toHaveValue(`${stranger.origin}/page/2`)
  await page.keyboard.press('Control+Enter')
  await expect(response.getByText(/^200/)).toBeVisible()

  // The same request in another environment of its collection is another: alice is asked about first.
  await tree.getByRole('treeitem', { name: 'GET List' }).click()
  await requests.expectShown('List')
  await requests.callAs('alice')
  await page.keyboard.press('Control+Enter')
  await expect(response.getByText(/^200/)).toBeVisible()
  await choose(environment, 'Stranger')
  await page.keyboard.press('Control+Enter')
  await expect(keptBack).toBeVisible()
  await choose(environment, 'Friend')

  // An address out of a response, and a redirect.
  await url.fill('{{base}}/captured')
  await page.keyboard.press('Control+Enter')
  await expect(keptBack).toBeVisible()
  await url.fill(`{{api}}/go?to=${encodeURIComponent(`${stranger.origin}/redirected`)}`)
  await page.keyboard.press('Control+Enter')
  await expect(response.getByText(/^200/)).toBeVisible()
  await expect.poll(() => stranger.calls).toContain('/redirected')

  // A schema is asked for as the request itself would be.
  await url.fill(`${stranger.origin}/graphql`)
  await page.getByRole('tablist', { name: 'Parts of the request' }).getByRole('tab', { name: 'Body' }).click()
  await choose(page.getByRole('combobox', { name: 'Body type' }), 'GraphQL')
  await page.getByRole('button', { name: 'Fetch schema' }).click()
  await expect(page.getByText(/Nothing was sent\. Send the request itself to allow it\./)).toBeVisible()

  expect(stranger.calls).toEqual(['/page/2', '/redirected'])
  expect(stranger.trusted).toEqual([])
})

test('with two providers signed in, no order of clicks brings either token to a server that it is not for', async ({
  home,
  launch,
  provider,
}) => {
  const { page } = await launch()
  const workbench = new WorkbenchPage(page)
  await workbench.startPlayground()
  async function signIn(username: string): Promise<void> {
    await workbench.signInButton().last().click()
    const asked = await home.nextOpenedUrl()
    const redirect = await signInAtProvider(asked, { username, password: `${username}-password` })
    expect(await handOver(home, redirect)).toBe(0)
    await workbench.expectSignedIn(username)
  }
  await signIn('alice')
  await workbench.openRoom('Accounts')
  await page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Connect a provider' })
  await dialog.getByRole('textbox', { name: /^Issuer/ }).fill(provider.issuer)
  await dialog.getByRole('button', { name: 'Discover' }).click()
  await expect(dialog.getByText('S256').first()).toBeVisible()
  await dialog.getByRole('textbox', { name: /^Client ID/ }).fill('gatehouse-desktop')
  await dialog.getByRole('textbox', { name: /^Scope/ }).fill('openid profile orders:read')
  await dialog.getByRole('textbox', { name: /^Resource/ }).fill(provider.api)
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await signIn('bob')

  const url = page.getByRole('textbox', { name: 'URL' })
  const auth = page.getByRole('button', { name: /^Auth: / }).first()
  const kept = page.getByText(/Nothing was sent\.$/).last()
  const pick = async (name: RegExp): Promise<void> => {
    await auth.click()
    await page.getByRole('menuitemradio', { name }).first().click()
  }
  const steps = {
    fresh: () => page.keyboard.press('Control+n'),
    elsewhere: async () => {
      await workbench.openRoom('Accounts')
      await workbench.openRoom('Requests')
    },
    reopened: async () => {
      await page.keyboard.press('Control+w')
      await page.keyboard.press('Control+Shift+T')
    },
    alice: () => pick(/alice/),
    bob: () => pick(/bob/),
    none: () => pick(/^No auth/),
    fitting: () => url.fill(`${provider.api}/orders`),
  }
  const names = Object.keys(steps) as (keyof typeof steps)[]
  await page.keyboard.press('Control+n')
  let [seed, asked] = [20_261_128, 0]
  for (let order = 0; order < 12; order += 1) {
    for (let step = 0; step < 4; step += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      await expect(url).toBeVisible()
      await steps[names[Math.floor((seed / 2_147_483_648) * names.length)] ?? 'fresh']()
    }
    const before = stranger.calls.length
    await url.fill(`${stranger.origin}/order-${order}`)
    // Twice: what asks is not an answer to itself.
    await page.keyboard.press('Control+Enter')
    await expect
      .poll(async () => stranger.calls.length > before || (await kept.isVisible()), {
        message: `order ${order}`,
      })
      .toBe(true)
    if (await kept.isVisible()) asked += 1
    await page.keyboard.press('Control+Enter')
    expect(stranger.trusted).toEqual([])
  }
  expect(asked).toBeGreaterThan(0)
  expect(stranger.calls.length).toBeGreaterThan(0)
})

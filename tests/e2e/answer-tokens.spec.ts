import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { violationsOf } from './support/axe.ts'
import { expect, test } from './fixtures.ts'
import { keepShots } from './support/shots.ts'
import { RequestPage } from './pages/request-page.ts'

const token = (claims: object): string =>
  [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('c2lnbmF0dXJl')
    .join('.')

test('JWTs in a response are covered, and open on the token bench', async ({ gatehouse }) => {
  const [inHeader, inBody] = [token({ sub: 'the-gateway' }), token({ sub: 'a-guest', shop: 'north' })]
  const server = createServer((_request, response) =>
    response
      .writeHead(200, { 'Content-Type': 'application/json', 'X-Identity': inHeader })
      .end(JSON.stringify({ guest_token: inBody, orders: [] })),
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { page } = gatehouse
  try {
    const requests = new RequestPage(page)
    await requests.open()
    await requests.get(`http://127.0.0.1:${(server.address() as AddressInfo).port}/guest`, /^200/)
    await expect(requests.answer()).toContainText('200 OK')
    await expect(page.locator('main')).not.toContainText(inBody)
    const tokens = page.getByRole('group', { name: 'JWTs received' })
    await expect(tokens.getByRole('button')).toHaveText(['X-Identity', 'guest_token'])
    expect(await violationsOf(page)).toEqual([])
    await keepShots(page, 'answer-tokens')

    await tokens.getByRole('button', { name: 'guest_token' }).click()
    const claims = page.getByRole('table', { name: 'Claims' })
    await expect(claims).toContainText('a-guest')
    await expect(claims).toContainText('north')

    await page.getByRole('tab', { name: /\/guest/ }).click()
    await tokens.getByRole('button', { name: 'X-Identity' }).click()
    await expect(claims).toContainText('the-gateway')

    // Out of memory with its tab: the history does not hold it.
    await page.getByRole('tab', { name: /\/guest/ }).click()
    await page.keyboard.press('Control+w')
    await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
    await requests.history('/guest').first().click()
    await expect(requests.answer()).toContainText('200 OK')
    await expect(tokens).toHaveCount(0)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { metadataOf } from '../../support/odd-provider.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'

let odd: OddBench
beforeEach(async () => {
  odd = await openOddBench()
})
afterEach(() => odd.close())

it('sends the query as it was typed, the rows after it', async () => {
  const url = `${odd.odd.issuer}/s?x=%E9&flag&q=a%20b&$filter=Name%20eq%20%27A%27`
  const draft = { method: 'GET', headers: [], body: { kind: 'none' }, accountId: null } as const
  for (const query of [[], [{ name: 'page', value: '2', enabled: true }]])
    value(
      await odd.bench.app.sendRequest.send({
        sendId: randomUUID(),
        draft: { ...draft, headers: [], url, query },
      }),
    )
  expect(odd.odd.at('/s').map((request) => request.url)).toEqual([
    '/s?x=%E9&flag&q=a%20b&$filter=Name%20eq%20%27A%27',
    '/s?x=%E9&flag&q=a%20b&$filter=Name%20eq%20%27A%27&page=2',
  ])
})

it('keeps the query of the authorization and the logout endpoint', async () => {
  odd.odd.answers['/.well-known/openid-configuration'] = () => ({
    body: {
      ...metadataOf(odd.odd.issuer),
      authorization_endpoint: `${odd.odd.issuer}/authorize?p=B2C_1%5fa&x=%E9&flag&q=a+b`,
      end_session_endpoint: `${odd.odd.issuer}/logout?p=%E9&flag`,
    },
  })
  const { accountId } = value(await odd.signIn(await odd.connect()))
  expect(odd.odd.at('/authorize')[0]?.url).toMatch(
    /^\/authorize\?p=B2C_1%5fa&x=%E9&flag&q=a\+b&client_id=odd-client&response_type=code&/,
  )
  value(await odd.bench.app.logOut.start({ id: accountId, wayBack: true }))
  expect(odd.bench.opened.at(-1)).toMatch(/\/logout\?p=%E9&flag&.*post_logout_redirect_uri=app\.gatehouse/)
})

import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { scanForSecrets } from '../../support/scan.ts'
import {
  connectPlayground,
  openWorkbench,
  type Workbench,
  type WorkbenchOptions,
} from '../../support/workbench.ts'

let bench: Workbench
let api: Server
let other: Server
let url: string
/** Cookie headers as they came, and what is set at the next request. */
let got: (string | undefined)[]
let set: string[]

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const open = (server: Server) =>
  new Promise<string>((done) =>
    server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  )
beforeEach(async () => {
  got = []
  set = []
  api = createServer((request, response) => {
    got.push(request.headers.cookie)
    if (set.length > 0) response.setHeader('set-cookie', set)
    if (request.url === '/away') response.writeHead(302, { location: '/echo' }).end()
    else response.end(`you sent ${request.headers.cookie ?? 'nothing'}`)
  })
  other = createServer((request, response) => {
    got.push(request.headers.cookie)
    response.end()
  })
  url = await open(api)
})
afterEach(async () => {
  await bench.close()
  api.close()
  other.close()
})
const begin = async (options: WorkbenchOptions = {}) => {
  bench = await openWorkbench({ playground: { issuer: '', apiBase: '', users: [] }, ...options })
}
const send = async (to: string, headers: [string, string][] = [], accountId: string | null = null) =>
  value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: {
        method: 'GET',
        url: to,
        query: [],
        headers: headers.map(([name, text]) => ({ name, value: text, enabled: true })),
        body: { kind: 'none' },
        accountId,
      },
      ...(accountId !== null && { allowToken: { accountId, origin: new URL(to).origin } }),
    }),
  )
const jars = async () => value(await bench.app.cookies.list()).jars

it('a cookie comes back with the next request, and its value is nowhere to be read', async () => {
  await begin()
  set = ['sid=the-session-cookie-4711; HttpOnly; Path=/', 'theme=dark; Path=/']
  const first = await send(`${url}/away`)
  expect(got).toEqual([undefined, 'sid=the-session-cookie-4711; theme=dark'])
  set = []
  const second = await send(`${url}/echo`, [['Cookie', 'theme=light']])
  expect(got.at(-1)).toBe('theme=light; sid=the-session-cookie-4711')
  expect(second.sent.headers.map(([name]) => name)).toContain('Cookie')
  expect(JSON.stringify([first, second])).not.toContain('4711')
  expect(await jars()).toMatchObject([
    { accountId: null, cookies: [{ name: 'sid', domain: '127.0.0.1', httpOnly: true }, { name: 'theme' }] },
  ])
  await bench.restart()
  await send(`${url}/echo`)
  expect(got.at(-1)).toBe('sid=the-session-cookie-4711; theme=dark')
  const place = { accountId: null, name: 'sid', domain: '127.0.0.1', path: '/' }
  expect(value(await bench.app.cookies.reveal(place))).toEqual({ value: 'the-session-cookie-4711' })
  expect(await scanForSecrets(bench.folder, { cookie: 'the-session-cookie-4711' })).toEqual([])
})

it('no cookie goes to another host, nor to another account or environment', async () => {
  bench = await openWorkbench()
  const connectionId = await connectPlayground(bench)
  const signIn = async (username: string) => {
    value(await bench.app.signIn.start({ connectionId }))
    const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', {
      username,
      password: `${username}-password`,
    })
    return value(await bench.app.signIn.receive(redirect)).accountId
  }
  const [alice, bob] = [await signIn('alice'), await signIn('bob')]
  set = ['sid=of-alice-0815; Path=/']
  await send(url, [], alice)
  set = []
  await send(url, [], bob)
  await send(url)
  const elsewhere = await open(other)
  await send(elsewhere.replace('127.0.0.1', 'localhost'), [], alice)
  expect(got).toEqual([undefined, undefined, undefined, undefined])
  await send(url, [], alice)
  expect(got.at(-1)).toBe('sid=of-alice-0815')
  const staging = value(bench.app.environments.create({ name: 'staging' }))
  set = ['sid=of-no-one; Path=/']
  await send(url)
  set = []
  value(bench.app.environments.use({ id: staging.id }))
  await send(url)
  expect(got.at(-1)).toBeUndefined()
  expect(await jars()).toEqual([])
})

it('can be edited, removed and switched off', async () => {
  await begin()
  const place = { accountId: null, name: 'a', domain: '127.0.0.1', path: '/' }
  const draft = { ...place, below: false, secure: false, httpOnly: false }
  value(await bench.app.cookies.save({ ...draft, value: 'typed' }))
  await send(url)
  expect(got.at(-1)).toBe('a=typed')
  value(await bench.app.cookies.save({ ...draft, name: 'b', was: place }))
  await send(url)
  expect(got.at(-1)).toBe('b=typed')
  expect(value(await bench.app.cookies.keep({ on: false })).kept).toBe(false)
  set = ['c=1; Path=/']
  await send(url)
  expect(got.at(-1)).toBeUndefined()
  value(bench.app.network.saveManner({ redirects: 3 }))
  await send(url)
  expect(got.at(-1)).toBeUndefined()
  expect(value(await bench.app.cookies.keep({ on: true })).jars[0]?.cookies).toHaveLength(1)
  set = []
  await send(url)
  expect(got.at(-1)).toBe('b=typed')
  value(await bench.app.cookies.remove({ ...place, name: 'b' }))
  await send(url)
  expect(got.at(-1)).toBeUndefined()
  value(await bench.app.cookies.save({ ...draft, value: 'again' }))
  expect(value(await bench.app.cookies.clear({ accountId: null })).jars).toEqual([])
})

it('many responses at once lose none of their cookies', async () => {
  await begin()
  let turn = 0
  const server = createServer((_request, response) => {
    response.setHeader('set-cookie', `c${(turn += 1)}=1; Path=/`)
    response.end()
  })
  const at = await open(server)
  await Promise.all(Array.from({ length: 12 }, () => send(at)))
  server.close()
  expect((await jars())[0]?.cookies).toHaveLength(12)
})

it('outlive a change of the vault’s key, and end with the program where there is no keyring', async () => {
  await begin()
  set = ['a=1; Path=/']
  await send(url)
  value(await bench.app.sessions.rotate({}))
  set = []
  await send(url)
  expect(got.at(-1)).toBe('a=1')
  await bench.close()
  await begin({ keyring: 'none' })
  set = ['b=1; Path=/']
  await send(url)
  await bench.restart()
  set = []
  await send(url)
  expect(got.at(-1)).toBeUndefined()
})

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBodyShelf } from '../../../src/node/bodies/body-shelf.ts'
import { createRequestEngine } from '../../../src/node/net/send.ts'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import { value } from '../odd-workbench.ts'
import { signInAtProvider } from '../playground-browser.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../workbench.ts'
import { trustedIn } from './stage.ts'

/** All of Gatehouse without a window, with an account, a cookie and a secret variable to be sent, and a server at another
 *  origin, which must get none of them. */
export interface World {
  bench: Workbench
  accountId: string
  certificates: string
  /** What must be found nowhere, by name. */
  secrets: Record<string, string>
  /** A file to be sent. */
  fileOf: (size: number) => string
  other: { origin: string; host: string; got: () => Buffer; requests: () => number }
  /** Ends the connections that are kept. */
  renew: () => void
  /** Told of each response that is shown as it comes. */
  arriving: (sendId: string) => void
  /** Starts what long bodies need. */
  warm: () => void
  /** What is in the profile's folder of long bodies. */
  longBodies: () => string[]
  folder: string
  close: () => Promise<void>
  remove: () => void
}

const secrets = {
  cookie: 'marked-cookie-4711-93847561',
  'API key': 'marked-api-key-4711-55512847',
  'secret variable': 'marked-pin-4711-70192837',
  'query key': 'marked-query-4711-88172634',
  'proxy password': 'the-wrong-proxy-password-2',
}

/** `script`: the built thread that keeps long bodies. */
export async function openWorld({
  certificates,
  script,
}: {
  certificates: string
  script: string
}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-faults-'))
  const answers = join(folder, 'answers')
  const trusted = trustedIn(certificates)
  const engine = createRequestEngine({ trusted })
  const fetch = createOauthFetch({ now: () => Date.now(), trusted })
  const shelf = createBodyShelf({ folder: answers, script, told: () => undefined })
  const renew = (): void => [engine, fetch].forEach((each) => each.renew())
  const bench = await openWorkbench({
    folder,
    accessTokenLifetimeSeconds: 86_400,
    longBodies: { shelf, arriving: ({ sendId }) => world.arriving(sendId) },
    overrides: { net: { fetch, send: (request, options) => engine.send(request, options), forget: renew } },
  })
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const person = { username: 'alice', password: 'alice-password' }
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', person)
  const { accountId } = value(await bench.app.signIn.receive(redirect))
  const { text: token } = value(bench.app.tokens.reveal({ accountId, kind: 'access' }))
  const environment = value(bench.app.first.environments()).find(({ current }) => current)
  value(
    bench.app.environments.saveVariables({
      id: environment?.id ?? '',
      variables: [{ name: 'pin', secret: true, value: secrets['secret variable'] }],
    }),
  )
  const other = await openOther()
  await takeCookie(bench, accountId)
  const world: World = {
    bench,
    accountId,
    arriving: () => undefined,
    certificates,
    folder,
    secrets: { ...secrets, token },
    fileOf: (size) => {
      const file = join(folder, `file-${size}`)
      writeFileSync(file, Buffer.alloc(size, 'x'))
      return file
    },
    other,
    renew,
    warm: () => shelf.warm(),
    longBodies: () => (readdirSync(folder).includes('answers') ? readdirSync(answers) : []),
    close: async () => {
      await bench.close()
      await Promise.all([shelf.close(), engine.close(), fetch.close(), other.close()])
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
  return world
}

/** A cookie of this address, at whatever port (RFC 6265 section 8.5). */
async function takeCookie({ app }: Workbench, accountId: string): Promise<void> {
  const server = createServer((_request, response) =>
    response.setHeader('set-cookie', `sid=${secrets.cookie}; Path=/`).end(),
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const draft = {
    method: 'GET',
    url: origin,
    query: [],
    headers: [],
    body: { kind: 'none' },
    accountId,
  } as const
  value(
    await app.sendRequest.send({
      sendId: 'cookie',
      draft: { ...draft, query: [], headers: [] },
      allowToken: { accountId, origin },
    }),
  )
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}

/** Another origin: by the name of this computer, so that cookies of its address are not for it. */
async function openOther() {
  const got: Buffer[] = []
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    got.push(Buffer.from(`${request.method} ${request.url}\n${request.rawHeaders.join('\n')}\n`))
    request.on('data', (bytes: Buffer) => void got.push(bytes))
    request.on('end', () => response.end('{}'))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const host = `localhost:${(server.address() as AddressInfo).port}`
  return {
    origin: `http://${host}`,
    host,
    got: () => Buffer.concat(got),
    requests: () => requests,
    close: () => {
      server.closeAllConnections()
      return new Promise((done) => server.close(done))
    },
  }
}

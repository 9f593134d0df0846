import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RequestAuth, RequestDraft } from '../../../src/core/contract/requests.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { ownRequests, saveOwn } from '../../support/own-requests.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

const secrets = {
  token: 'marked-token-8817263450',
  password: 'marked-password-5551284711',
  apiKey: 'marked-api-key-7019283712',
  awsKey: 'marked-aws-key-0091827364',
  session: 'marked-session-token-11223344',
  client: 'marked-client-secret-66778899',
  issued: 'marked-issued-token-99887766',
}
const auths: RequestAuth[] = [
  { kind: 'bearer', token: secrets.token },
  { kind: 'basic', username: 'ann', password: secrets.password },
  { kind: 'digest', username: 'ann', password: secrets.password },
  { kind: 'apikey', key: 'X-Plain-Name', value: secrets.apiKey, placement: 'header' },
  { kind: 'apikey', key: 'plain', value: secrets.apiKey, placement: 'query' },
  { kind: 'apikey', key: 'plain', value: secrets.apiKey, placement: 'cookie' },
  {
    kind: 'awsv4',
    accessKeyId: 'AKID',
    secretAccessKey: secrets.awsKey,
    sessionToken: secrets.session,
    service: 's3',
    region: 'eu-1',
  },
]

let bench: Workbench
let origin: string
let folder: string
let handle: (request: IncomingMessage, response: ServerResponse) => void
const server = createServer((request, response) => handle(request, response))
beforeEach(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-auth-'))
  bench = await openWorkbench({ keyring: 'real', overrides: { files: { chooseFolder: async () => folder } } })
})
afterEach(async () => {
  await bench.close()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await rm(folder, { recursive: true, force: true })
})

const draft = (auth: RequestAuth): RequestDraft => ({
  method: 'GET',
  url: `${origin}/a`,
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId: null,
  auth,
})
const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const send = async (auth: RequestAuth) =>
  value(await bench.app.sendRequest.send({ sendId: randomUUID(), draft: draft(auth) }))

describe('auth that a request gives itself', () => {
  it('reaches the server, and is in nothing that is kept or shown, also where the server sends it back', async () => {
    const seen: string[] = []
    handle = (request, response) => {
      const all = JSON.stringify([request.url, request.headers])
      seen.push(all)
      if (seen.length === 3 && request.headers.authorization === undefined)
        response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' })
      else response.setHeader('x-echo', encodeURIComponent(all))
      response.end(all)
    }
    const views = []
    for (const auth of auths) {
      const view = await send(auth)
      views.push(view)
      await saveOwn(bench.app, 'Mine', draft(auth))
    }
    expect(seen).toHaveLength(auths.length + 1)
    expect(seen[0]).toContain(`Bearer ${secrets.token}`)
    expect(seen[1]).toContain(`Basic ${btoa(`ann:${secrets.password}`)}`)
    expect(seen[3]).toContain('Digest username=')
    expect(seen[4]).toContain(`"x-plain-name":"${secrets.apiKey}"`)
    expect(seen[5]).toContain(`/a?plain=${secrets.apiKey}`)
    expect(seen[6]).toContain(`"cookie":"plain=${secrets.apiKey}"`)
    expect(seen[7]).toContain('AWS4-HMAC-SHA256 Credential=AKID/')
    expect(views.map(({ status }) => status)).toEqual(auths.map(() => 200))
    for (const secret of Object.values(secrets)) expect(JSON.stringify(views)).not.toContain(secret)
    expect(await scanForSecrets(bench.folder, secrets)).toEqual([])
    await bench.restart()
    const kept = (await ownRequests(bench.app)).flatMap((saved) => saved.draft.auth ?? [])
    expect(kept).toHaveLength(auths.length)
    expect(kept).toEqual(expect.arrayContaining(auths))
  })

  it('is never in a collection’s folder', async () => {
    const { id } = value(await bench.app.collections.create({ name: 'Shared' })) ?? { id: '' }
    for (const [index, auth] of auths.entries()) {
      const made = value(
        await bench.app.collectionItems.createRequest({
          collectionId: id,
          folder: '',
          name: `Request ${index}`,
          draft: draft(auth),
        }),
      )
      expect(made.draft.auth).toEqual(auth)
      expect(readFileSync(join(folder, made.path), 'utf8')).toContain('auth:')
    }
    expect(await scanForSecrets(folder, secrets)).toEqual([])
    expect(await scanForSecrets(bench.folder, secrets)).toEqual([])
  })

  it('is not sent before it is complete', async () => {
    handle = (_request, response) => response.end()
    const sent = await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: draft({ kind: 'bearer', token: ' ' }),
    })
    expect(sent).toMatchObject({ ok: false, error: { code: 'auth_incomplete' } })
  })

  it('asks for a token as a client when there is none, and again once it was refused', async () => {
    const asked: string[] = []
    let calls = 0
    let refuse = false
    handle = (request, response) => {
      if (request.url === '/token') {
        asked.push(request.headers.authorization ?? '')
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ access_token: secrets.issued, token_type: 'Bearer', expires_in: 300 }))
        return
      }
      calls += 1
      response.writeHead(refuse ? 401 : 200).end(request.headers.authorization)
    }
    const auth: RequestAuth = {
      kind: 'client-credentials',
      tokenUrl: `${origin}/token`,
      clientId: 'machine',
      clientSecret: secrets.client,
      scope: 'read',
      placement: 'header',
    }
    expect(await send(auth)).toMatchObject({ status: 200 })
    const view = await send(auth)
    expect([asked.length, calls]).toEqual([1, 2])
    expect(asked[0]).toBe(`Basic ${btoa(`machine:${secrets.client}`)}`)
    refuse = true
    expect(await send(auth)).toMatchObject({ status: 401 })
    refuse = false
    await send(auth)
    expect(asked).toHaveLength(2)
    expect(JSON.stringify(view)).not.toContain(secrets.issued)
    expect(await scanForSecrets(bench.folder, secrets)).toEqual([])
  })
})

import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as client from 'openid-client'
import { buildStandalone, free } from './standalone-program.ts'
import { alice, call, signIn } from './support.ts'

let program: ReturnType<typeof buildStandalone>
let folder: string
const run: (typeof program)['run'] = (...given) => program.run(...given)
beforeAll(() => {
  program = buildStandalone()
  folder = program.folder
}, 60_000)
afterEach(() => program.stopAll())
afterAll(() => program.remove())

describe('the playground as one file', () => {
  it('signs in, refreshes, is killed, and has everything again', async () => {
    const data = join(folder, 'data')
    const first = run(['--data', data, ...free])
    const playground = await first.ready()
    const { config, tokens } = await signIn(playground, alice)
    expect(tokens.expires_in).toBe(120)
    expect((await call(playground, '/orders', tokens.access_token)).status).toBe(200)
    const { refresh_token: refreshToken } = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')

    const port = new URL(playground.issuer).port
    const apiPort = new URL(playground.apiBase).port
    const again = await run(['--data', data, '--issuer-port', port, '--api-port', apiPort]).ready()
    expect(again).toEqual(playground)
    const refreshed = await client.refreshTokenGrant(config, refreshToken ?? '')
    expect((await call(again, '/orders', refreshed.access_token)).status).toBe(200)
    expect((await fetch(`${again.issuer}/assets/inter.woff2`)).status).toBe(200)
  })

  it('finishes what is under way when it is told to stop', async () => {
    const { child, ready } = run(['--data', ':memory:', ...free, '--fault', 'slow-answer'], {
      GATEHOUSE_PLAYGROUND_LISTEN_SHUTDOWN_GRACE_SECONDS: '20',
    })
    const { issuer } = await ready()
    const answer = fetch(`${issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'x' }),
    })
    const deadline = Date.now() + 5000
    while (Date.now() < deadline) {
      const text = await (await fetch(`${issuer}/metrics`)).text()
      if (text.includes('fault="slow-answer"')) break
    }
    child.kill('SIGTERM')
    expect((await answer).status).toBe(400)
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('leaves the database of a newer one as it is', async () => {
    const data = mkdtempSync(join(folder, 'newer-'))
    const file = join(data, 'playground.db')
    const database = new DatabaseSync(file)
    database.exec('PRAGMA user_version = 99')
    database.close()
    const before = readFileSync(file)
    const { child, said } = run(['--data', data, ...free])
    expect((await once(child, 'exit'))[0]).toBe(1)
    expect(said()).toContain('version 99')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('names the place of a mistake and ends with 2, and says that a sound configuration is sound', async () => {
    const file = join(folder, 'playground.yaml')
    const check = async (text: string) => {
      writeFileSync(file, text)
      const { child, said } = run(['--check', 'playground.yaml'])
      const [code] = await once(child, 'exit')
      return { code: code as number, said: said() }
    }
    expect(await check('clients:\n  - client_id: a\n    redirect_uris: [nowhere]')).toEqual({
      code: 2,
      said: expect.stringMatching(/^playground\.yaml:3:20 \/clients\/0\/redirect_uris: /) as string,
    })
    expect(await check('keys: { jwks: { keys: [{ kty: RSA }] } }')).toMatchObject({ code: 2 })
    expect(await check('users: [{ username: ada }]')).toMatchObject({
      code: 0,
      said: 'The configuration is valid.\n',
    })
  })

  it('hashes a password, and signs in with the hash', async () => {
    const hash = execFileSync(process.execPath, ['playground.mjs', '--hash-password'], {
      cwd: folder,
      input: 'correct horse\n',
      encoding: 'utf8',
    }).trim()
    const playground = await run(['--data', ':memory:', ...free], {
      GATEHOUSE_PLAYGROUND_USERS: JSON.stringify([{ username: 'ada', passwordHash: hash }]),
    }).ready()
    const { tokens } = await signIn(playground, { username: 'ada', password: 'correct horse' })
    expect(tokens.access_token).toBeTruthy()
  })

  it('makes passwords beyond loopback, and refuses plain http there', async () => {
    const beyond = { GATEHOUSE_PLAYGROUND_LISTEN_HOST: '0.0.0.0' }
    const refused = run(['--data', ':memory:', ...free], beyond)
    expect((await once(refused.child, 'exit'))[0]).toBe(2)
    expect(refused.said()).toMatch(/^GATEHOUSE_PLAYGROUND_LISTEN_HOST: is not loopback/)
    const { ready, said } = run(['--data', ':memory:', ...free], {
      ...beyond,
      GATEHOUSE_PLAYGROUND_LISTEN_PLAIN_HTTP_BEYOND_LOOPBACK: 'true',
    })
    await ready()
    expect(said()).not.toContain('alice-password')
  })
})

import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as client from 'openid-client'
import type { Playground } from '../../../src/playground/index.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { freePort } from '../../support/ports.ts'
import { openWorkbench } from '../../support/workbench.ts'
import { hasTlsProxy, portsBehindNginx, settingsBehindNginx, startNginx } from './behind-nginx.ts'
import { buildImage, canRunImages } from './container.ts'
import { hasPython, pythonLibraries, signInWithPython } from './libraries.ts'
import { discover, signIn } from './support.ts'

const execute = promisify(execFile)
const page = readFileSync('docs/playground.md', 'utf8')
const key = 'an-admin-key-of-some-length'
const plain = { GATEHOUSE_PLAYGROUND_LISTEN_PLAIN_HTTP_BEYOND_LOOPBACK: 'true' }

describe.skipIf(!canRunImages)('the image (buildah, debootstrap and root are needed)', () => {
  let image: Awaited<ReturnType<typeof buildImage>>
  let isBuilt = false
  const volumes: string[] = []
  const volume = () => {
    volumes.push(image.volume())
    return volumes.at(-1) ?? ''
  }
  // A base of Debian's packages takes a minute the first time.
  beforeAll(async () => {
    image = await buildImage()
    isBuilt = true
  }, 600_000)
  afterAll(() => (isBuilt ? image.remove(volumes) : undefined), 60_000)

  /** Two ports of this computer, which it shares. */
  async function settings() {
    const [port, apiPort] = [await freePort(), await freePort()]
    return {
      ...plain,
      GATEHOUSE_PLAYGROUND_LISTEN_PORT: String(port),
      GATEHOUSE_PLAYGROUND_LISTEN_API_PORT: String(apiPort),
      GATEHOUSE_PLAYGROUND_ISSUER: `http://127.0.0.1:${port}`,
      GATEHOUSE_PLAYGROUND_API: `http://127.0.0.1:${apiPort}`,
      GATEHOUSE_PLAYGROUND_ADMIN_KEY: key,
    }
  }

  it('is small, names its user, its volume, its health and its signal, and is repeatable', async () => {
    expect(image.config).toMatchObject({
      User: '10001:10001',
      StopSignal: 'SIGTERM',
      Volumes: { '/data': {} },
      Entrypoint: ['node', '/playground/playground.mjs'],
      Healthcheck: { Test: ['CMD', 'node', '/playground/playground.mjs', '--health'] },
    })
    expect(await image.sizeBeyondBase()).toBeLessThan(60 * 1024 * 1024)
    expect(await image.byBuildah('node', '/playground/playground.mjs', '--print-environment')).toContain(
      'GATEHOUSE_PLAYGROUND_LISTEN_PORT',
    )
    const file = readFileSync('Containerfile', 'utf8')
    expect(file).toMatch(/^ARG BASE=docker\.io\/library\/node:[\d.]+-bookworm-slim@sha256:[0-9a-f]{64}$/m)
  })

  it('is no root, and can write nothing but its volume', async () => {
    const look = `
      const fs = require('node:fs')
      const tries = ['/x', '/playground/x', '/tmp/x', '/data/x'].map((file) => {
        try { fs.writeFileSync(file, ''); return 'written' } catch (error) { return error.code }
      })
      console.log(JSON.stringify([process.getuid(), process.getgid(), process.getgroups(), ...tries]))
    `
    const { printed } = await image.ended(['node', '-e', look], volume())
    expect(JSON.parse(printed)).toEqual([10_001, 10_001, [10_001], 'EROFS', 'EROFS', 'EROFS', 'written'])
  })

  it('is signed in to by the app and by a library, is killed, and has everything again', async () => {
    const data = volume()
    const given = await settings()
    const first = await image.start(data, given)
    const { issuer, api: apiBase, users, clients } = first.ready
    expect(users.map(({ username }) => username)).toEqual(['alice', 'bob'])
    const password = users[0]?.password ?? ''
    const secret = clients.find(({ client_id: id }) => id === 'gatehouse-confidential')?.client_secret ?? ''
    // Beyond loopback there are no well-known ones: these were made, and are said this once.
    expect([password, secret]).not.toContain('alice-password')
    expect([password, secret]).not.toContain('gatehouse-playground-secret')
    expect(first.said()).not.toContain(password)

    const alice = { username: 'alice', password }
    const { config, tokens } = await signIn({ issuer, apiBase } as Playground, alice)
    const admin = (method: string, path: string, body?: object) =>
      fetch(`${issuer}/admin${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    expect((await admin('PUT', '/users/ada', { password: 'lovelace' })).status).toBe(200)
    expect((await admin('PUT', '/clients/late', { client_secret: 'a-secret-of-some-length' })).status).toBe(
      204,
    )
    const bench = await openWorkbench({ playground: { issuer, apiBase, users } })
    try {
      const saved = await bench.app.connections.save({
        name: 'Container',
        provider: { issuer },
        clientId: 'gatehouse-desktop',
        clientAuthentication: 'none',
        scope: 'openid profile offline_access orders:read',
        redirectKind: 'custom-scheme',
        resource: apiBase,
        allowInsecure: false,
      })
      if (!saved.ok) throw new Error(saved.error.message)
      expect(await bench.app.signIn.start({ connectionId: saved.value.id })).toMatchObject({ ok: true })
      const received = await bench.app.signIn.receive(
        await signInAtProvider(bench.opened.at(-1) ?? '', alice),
      )
      if (!received.ok) throw new Error(received.error.message)
      const keysOf = async () => (await fetch(`${issuer}/jwks.json`)).text()
      const keys = await keysOf()

      first.child.kill('SIGKILL')
      await once(first.child, 'exit')
      const again = await image.start(data, given)
      expect([again.ready.issuer, again.ready.api]).toEqual([issuer, apiBase])
      // What was made is said once.
      expect(JSON.stringify(again.ready)).not.toContain(password)
      expect(await keysOf()).toBe(keys)
      expect(await bench.app.accounts.refresh(received.value.accountId)).toMatchObject({ ok: true })
      const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
      expect(refreshed.access_token).toBeTruthy()
      await signIn({ issuer, apiBase } as Playground, { username: 'ada', password: 'lovelace' })
      const late = await discover({ issuer } as Playground, 'late', 'a-secret-of-some-length')
      const confidential = await discover({ issuer } as Playground, 'gatehouse-confidential', secret)
      for (const one of [late, confidential])
        expect(await client.clientCredentialsGrant(one, { scope: 'orders:read' })).toHaveProperty(
          'access_token',
        )

      const health = ['node', '/playground/playground.mjs', '--health']
      expect((await image.ended(health, data, given)).code).toBe(0)
      again.child.kill('SIGTERM')
      expect(await once(again.child, 'exit')).toEqual([0, null])
      expect((await image.ended(health, data, given)).code).toBe(1)
    } finally {
      await bench.close()
    }
  })

  it('gives a token to curl within a minute, by the two commands of the page', async () => {
    const [podman = ''] = /^podman run [\s\S]*?^ {2}localhost\/gatehouse-playground$/m.exec(page) ?? []
    const said = Object.fromEntries(
      [...podman.matchAll(/-e (?:'?)(\w+)=(?:'([^']*)'|(\S+))/g)].map(([, name = '', quoted, bare]) => [
        name,
        quoted ?? bare ?? '',
      ]),
    )
    expect(Object.keys(said)).toHaveLength(2)
    const given = await settings()
    const [curl = ''] = /^curl -u ci:.*\/token$/m.exec(page) ?? []
    const from = performance.now()
    const { ready } = await image.start(volume(), { ...given, ...said })
    const { stdout } = await execute('bash', [
      '-c',
      curl.replace('curl ', 'curl -sS --fail-with-body ').replace('http://localhost:47113', ready.issuer),
    ])
    expect((JSON.parse(stdout) as { access_token: string }).access_token).toBeTruthy()
    expect(performance.now() - from).toBeLessThan(60_000)
  })

  for (const [library, modules] of pythonLibraries)
    it.skipIf(!hasTlsProxy || !hasPython(modules))(
      `is signed in to by ${library} of Python through nginx`,
      async () => {
        const data = volume()
        const ports = await portsBehindNginx()
        const redirect = 'https://shop.example/callback'
        const secret = 'a-secret-of-your-own'
        const { ready } = await image.start(data, {
          ...settingsBehindNginx(ports),
          GATEHOUSE_PLAYGROUND_CLIENTS: JSON.stringify([
            { client_id: 'shop', client_secret: secret, redirect_uris: [redirect] },
          ]),
        })
        const nginx = await startNginx(data, ports)
        try {
          const { username = '', password = '' } = ready.users[0] ?? {}
          const { issuer, api } = ports
          const { certificate } = nginx
          const shop = { issuer, api, clientId: 'shop', secret, redirect, certificate }
          expect(await signInWithPython(library, { ...shop, username, password })).toEqual({
            user: 'alice',
            status: 200,
          })
        } finally {
          await nginx.stop()
        }
      },
    )
})

import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as client from 'openid-client'
import { freePort } from '../../support/ports.ts'
import { buildStandalone } from './standalone-program.ts'
import { alice, call, signIn } from './support.ts'

const rounds = Number(process.env.GATEHOUSE_KILLS ?? 5)
const key = 'an-admin-key-of-some-length'

let program: ReturnType<typeof buildStandalone>
beforeAll(() => {
  program = buildStandalone()
}, 60_000)
afterAll(async () => {
  await program.stopAll()
  program.remove()
})

it(
  `loses nothing that it acknowledged, killed ${rounds} times while it works`,
  async () => {
    const data = join(program.folder, 'killed')
    const [port, apiPort] = [await freePort(), await freePort()]
    const issuer = `http://127.0.0.1:${port}`
    const options = ['--data', data, '--issuer-port', String(port), '--api-port', String(apiPort)]
    const start = async () => {
      const running = program.run(options, {
        GATEHOUSE_PLAYGROUND_ADMIN_KEY: key,
        GATEHOUSE_PLAYGROUND_LIMITS_API_REQUESTS_PER_MINUTE: '1000000',
        GATEHOUSE_PLAYGROUND_TOKENS_ACCESS_TOKEN_SECONDS: '3600',
      })
      return { ...running, playground: await running.ready() }
    }
    const admin = (method: string, path: string, body?: object) =>
      fetch(`${issuer}/admin${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })

    const users: string[] = []
    const clients: string[] = []
    const orders: string[] = []
    let number = 0
    for (let round = 0; round < rounds; round += 1) {
      const { child, playground } = await start()
      const { config, tokens } = await signIn(playground, alice)
      let refreshToken = tokens.refresh_token ?? ''
      let isRefreshing = false
      let isOver = false
      /** Does one thing after the other until the process is gone. */
      const work = async (one: () => Promise<void>) => {
        while (!isOver) await one().catch(() => undefined)
      }
      const working = [
        work(async () => {
          const name = `user-${(number += 1)}`
          if ((await admin('PUT', `/users/${name}`, { passwordHash: hash })).ok) users.push(name)
        }),
        work(async () => {
          const name = `client-${(number += 1)}`
          if ((await admin('PUT', `/clients/${name}`, { client_secret: `secret-of-${name}` })).ok)
            clients.push(name)
        }),
        work(async () => {
          const answer = await call(playground, '/orders', tokens.access_token, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ item: 'A lamp', quantity: 1 }),
          })
          if (answer.status === 201) orders.push(((await answer.json()) as { id: string }).id)
        }),
        work(async () => {
          isRefreshing = true
          refreshToken = (await client.refreshTokenGrant(config, refreshToken)).refresh_token ?? ''
          isRefreshing = false
        }),
      ]
      const before = [users.length, clients.length, orders.length]
      // At any moment: later in each round, and never when nothing is under way.
      await expect
        .poll(() => Math.min(users.length - (before[0] ?? 0), orders.length - (before[2] ?? 0)))
        .toBeGreaterThan(1)
      await wait(round * 7)
      child.kill('SIGKILL')
      await once(child, 'exit')
      isOver = true
      await Promise.all(working)

      const again = await start()
      const kept = (await (await admin('GET', '/users')).json()) as { users: { username: string }[] }
      expect(kept.users.map(({ username }) => username)).toEqual(expect.arrayContaining(users))
      const known = (await (await admin('GET', '/clients')).json()) as { clients: { client_id: string }[] }
      expect(known.clients.map(({ client_id: id }) => id)).toEqual(expect.arrayContaining(clients))
      for (const id of orders)
        expect((await call(again.playground, `/orders/${id}`, tokens.access_token)).status).toBe(200)
      // One whose response did not come may be used up.
      if (!isRefreshing)
        expect(await client.refreshTokenGrant(config, refreshToken)).toHaveProperty('access_token')
      again.child.kill('SIGTERM')
      expect(await once(again.child, 'exit')).toEqual([0, null])
    }
    const database = new DatabaseSync(join(data, 'playground.db'))
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    database.close()
  },
  60_000 + rounds * 20_000,
)

/** Of a password that no one knows. */
const hash = `scrypt$32768$8$3$${'A'.repeat(22)}$${'A'.repeat(43)}`

import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildProgram } from '../../scripts/lib/build-program.mjs'
import { startPlayground } from '../../src/playground/index.ts'

let folder: string
let playground: Awaited<ReturnType<typeof startPlayground>>

beforeAll(async () => {
  folder = await buildProgram(`headless-${process.pid}`, { headless: 'scripts/headless/main.ts' })
  playground = await startPlayground({ dataDirectory: ':memory:', issuerPort: 0, apiPort: 0 })
}, 60_000)
afterAll(async () => {
  await playground.stop()
  rmSync(folder, { recursive: true, force: true })
})

const run = (path: string, secret: string) =>
  promisify(execFile)(
    process.execPath,
    [
      join(folder, 'headless.mjs'),
      ...['--issuer', playground.issuer, '--client-id', 'gatehouse-confidential'],
      ...['--url', `${playground.apiBase}${path}`, '--scope', 'orders:read'],
      ...['--resource', playground.apiBase],
    ],
    { env: { PATH: process.env['PATH'], GATEHOUSE_CLIENT_SECRET: secret } },
  ).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      stdout,
      stderr,
    }),
  )
const secretOf = () =>
  playground.clients.find((client) => client.client_id === 'gatehouse-confidential')?.client_secret ?? ''

it('signs in with client credentials, sends and checks on plain Node', async () => {
  const { code, stdout } = await run('/orders', secretOf())
  expect(code).toBe(0)
  expect(stdout).toContain(`GET ${playground.apiBase}/orders: 200`)
  expect(stdout).toMatch(/^valid +Signature: /m)
  expect(stdout).toMatch(/^valid +Audience: /m)
  expect(stdout).not.toMatch(/eyJ/)
})

it('says why the API refused', async () => {
  const { code, stdout } = await run('/admin/users', secretOf())
  expect(code).toBe(1)
  expect(stdout).toMatch(/: 403\n {2}\S/)
})

it('says why it got no token, without the secret', async () => {
  const { code, stderr } = await run('/orders', 'wrong-secret')
  expect(code).toBe(2)
  expect(stderr).toMatch(/^token_/)
  expect(stderr).not.toContain('wrong-secret')
})

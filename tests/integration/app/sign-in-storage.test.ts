import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import { signInTimeLimit } from '../../../src/core/app/sign-in/sign-in-time.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const redirectFor = async (): Promise<string> => {
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const alice = { username: 'alice', password: 'alice-password' }
  return signInAtProvider(bench.opened.at(-1) ?? '', alice)
}

it('says so where the database does not take the tokens of a sign-in', async () => {
  const real = createOauthFetch({ now: () => bench.clock.now() })
  let holder: SqliteDatabase.Database | undefined
  bench = await openWorkbench({
    overrides: {
      net: {
        fetch: async (url, options) => {
          const answer = await real(url, options)
          if (String(options?.body).includes('grant_type=authorization_code')) {
            holder = new SqliteDatabase(join(bench.folder, 'gatehouse.db'))
            holder.exec('BEGIN IMMEDIATE')
          }
          return answer
        },
      },
    },
  })
  const redirect = await redirectFor()
  const outcome = await bench.app.signIn.receive(redirect)
  holder?.close()
  expect(outcome).toMatchObject({ ok: false, error: { code: 'database_locked' } })
  expect(bench.ended).toEqual([
    { signInId: expect.any(String), error: expect.objectContaining({ code: 'database_locked' }) },
  ])
  expect(value(bench.app.signIn.list())).toEqual([])
}, 30_000)

it('keeps a response that came in time for a user who is not in, whoever looks at the list meanwhile', async () => {
  bench = await openWorkbench()
  const { user } = value(bench.app.sessions.state())
  const redirect = await redirectFor()
  const other = value(await bench.app.sessions.createUser({ username: 'bob' }))
  value(await bench.app.sessions.unlock({ userId: other.id }))
  expect(await bench.app.signIn.receive(redirect)).toMatchObject({
    error: { code: 'sign_in_other_user' },
  })
  bench.ended.length = 0
  bench.clock.forward(signInTimeLimit)
  value(bench.app.signIn.list())
  value(await bench.app.sessions.unlock({ userId: user.id }))
  await bench.app.signIn.settle()
  // The code was exchanged; only the ID token is as old by now as the clock was moved.
  expect(bench.ended).toHaveLength(1)
  expect(bench.ended[0]?.error?.code ?? 'id_token_expired').toBe('id_token_expired')
})

it('does not cancel, open or copy a sign-in of another user', async () => {
  bench = await openWorkbench()
  const { user } = value(bench.app.sessions.state())
  const redirect = await redirectFor()
  const [{ id } = { id: '' }] = value(bench.app.signIn.list())
  const other = value(await bench.app.sessions.createUser({ username: 'bob' }))
  value(await bench.app.sessions.unlock({ userId: other.id }))
  const opened = bench.opened.length
  const refused = { ok: false, error: { code: 'sign_in_unknown' } }
  expect(bench.app.signIn.cancel(id)).toMatchObject(refused)
  expect(await bench.app.signIn.openAgain(id)).toMatchObject(refused)
  expect(await bench.app.signIn.copyUrl(id)).toMatchObject(refused)
  expect(bench.opened).toHaveLength(opened)
  value(await bench.app.sessions.unlock({ userId: user.id }))
  value(await bench.app.signIn.receive(redirect))
})

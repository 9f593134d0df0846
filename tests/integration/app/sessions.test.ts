import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { createHandlers } from '../../../src/main/ipc/handlers.ts'
import { signInTimeLimit } from '../../../src/core/app/sign-in/sign-in-time.ts'
import { refuseWhileLocked } from '../../../src/main/ipc/refuse-while-locked.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

const alice = { username: 'alice', password: 'alice-password' }
const password = 'correct horse battery'
let bench: Workbench

beforeEach(async () => {
  bench = await openWorkbench()
})
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const codeOf = (result: { ok: boolean; error?: { code: string } }): string | undefined => result.error?.code
const handlers = () => refuseWhileLocked(createHandlers(bench.app), bench.app.sessions)
const userId = () => value(bench.app.sessions.state()).user.id
const guard = async () => value(await bench.app.sessions.guard({ guard: 'password', newPassword: password }))
const unlock = (with_ = password) => bench.app.sessions.unlock({ userId: userId(), password: with_ })

const redirectFor = async (connectionId: string, who = alice): Promise<string> => {
  value(await bench.app.signIn.start({ connectionId }))
  return signInAtProvider(bench.opened.at(-1) ?? '', who)
}
const signIn = async (): Promise<string> =>
  value(await bench.app.signIn.receive(await redirectFor(await connectPlayground(bench)))).accountId
const accessToken = (accountId: string): string =>
  value(bench.app.tokens.reveal({ accountId, kind: 'access' })).text
const draft = (url: string, accountId: string | null = null): RequestDraft => ({
  method: 'GET',
  url,
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId,
})

describe('a lock', () => {
  it('needs a password, as nothing else would keep anyone out', async () => {
    expect(codeOf(await bench.app.sessions.lock('by-hand'))).toBe('lock_needs_password')
    expect(bench.app.sessions.isLocked()).toBe(false)
  })

  it('refuses every call but those that let someone in, and opens again with the password', async () => {
    const accountId = await signIn()
    const token = accessToken(accountId)
    await guard()
    expect(value(await bench.app.sessions.lock('by-hand'))).toMatchObject({ locked: true, reason: 'by-hand' })
    const calls = handlers()
    for (const answer of [
      await calls['accounts:list']({}),
      await calls['tokens:reveal']({ accountId, kind: 'access' }),
      await calls['requests:send']({ sendId: randomUUID(), draft: draft('http://127.0.0.1:1/') }),
      await calls['vault:export']({ password }),
      await calls['page:kept']({}),
    ])
      expect(answer).toMatchObject({ ok: false, error: { code: 'vault_locked' } })
    expect(await calls['vault:state']({})).toMatchObject({ ok: true, value: { locked: true } })
    expect(await calls['app:bootstrap']({})).toMatchObject({ ok: true, value: { lock: { locked: true } } })
    expect(() => bench.app.sessions.current()).toThrow()
    expect(codeOf(await unlock('not this one'))).toBe('password_wrong')
    expect(bench.app.sessions.isLocked()).toBe(true)
    expect(value(await unlock())).toMatchObject({ locked: false })
    expect(accessToken(accountId)).toBe(token)
  })

  it('is another session for the page each time, told before the keys go', async () => {
    await guard()
    const before = value(bench.app.sessions.state()).session
    await bench.app.sessions.lock('idle')
    const locked = bench.locks.at(-1)
    expect(locked).toMatchObject({ locked: true, reason: 'idle' })
    expect(locked?.session).not.toBe(before)
    await unlock()
    expect(bench.locks.at(-1)).toMatchObject({ locked: false })
    expect(new Set([before, locked?.session, bench.locks.at(-1)?.session]).size).toBe(3)
  })

  it('lets a refresh with rotation end first, so that the new refresh token is not lost', async () => {
    const accountId = await signIn()
    await guard()
    const refreshing = bench.app.accounts.refresh(accountId)
    const locked = bench.app.sessions.lock('by-hand')
    expect(bench.app.sessions.isLocked()).toBe(true)
    value(await locked)
    value(await refreshing)
    value(await unlock())
    expect(value(await bench.app.accounts.get(accountId)).refreshCount).toBe(1)
    // The provider takes each refresh token once: it takes the one that was kept.
    value(await bench.app.accounts.refresh(accountId))
  })

  it('ends running requests and writes them down', async () => {
    const server = createServer(() => undefined)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    try {
      await guard()
      const { port } = server.address() as AddressInfo
      const arrived = once(server, 'request')
      const sending = bench.app.sendRequest.send({
        sendId: randomUUID(),
        draft: draft(`http://127.0.0.1:${port}/slow`),
      })
      await arrived
      value(await bench.app.sessions.lock('by-hand'))
      expect(value(await sending).status).toBeUndefined()
      value(await unlock())
      expect(value(bench.app.history.list({ limit: 5 }))).toHaveLength(1)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  it('holds a redirect that comes meanwhile, and finishes the sign-in after the unlock', async () => {
    const redirect = await redirectFor(await connectPlayground(bench))
    await guard()
    value(await bench.app.sessions.lock('by-hand'))
    expect(codeOf(await bench.app.signIn.receive(redirect))).toBe('vault_locked')
    expect(bench.ended).toEqual([])
    value(await unlock())
    await bench.app.signIn.settle()
    expect(bench.ended).toEqual([{ signInId: expect.any(String), accountId: expect.any(String) }])
    expect(value(bench.app.first.accounts())).toHaveLength(1)
  })

  it('does not let a held redirect time out', async () => {
    const redirect = await redirectFor(await connectPlayground(bench))
    await guard()
    value(await bench.app.sessions.lock('by-hand'))
    await bench.app.signIn.receive(redirect)
    bench.clock.forward(signInTimeLimit)
    bench.timers.find(({ milliseconds }) => milliseconds === signInTimeLimit)?.then()
    value(await unlock())
    await bench.app.signIn.settle()
    // The code was exchanged; only the ID token is as old by now as the clock was moved.
    expect(bench.ended).toHaveLength(1)
    expect(bench.ended[0]?.error?.code).not.toBe('sign_in_timed_out')
    expect(bench.ended[0]?.error?.code ?? 'id_token_expired').toBe('id_token_expired')
  })

  it('clears a copied token from the clipboard, and nothing else', async () => {
    const accountId = await signIn()
    await guard()
    value(await bench.app.tokens.copy({ accountId, kind: 'access' }))
    expect(bench.clipboard).not.toBe('')
    await bench.app.sessions.lock('by-hand')
    expect(bench.clipboard).toBe('')
    await unlock()
    bench.clipboard = 'a shopping list'
    await bench.app.sessions.lock('by-hand')
    expect(bench.clipboard).toBe('a shopping list')
  })

  it('shows the same tabs after the unlock, and keeps nothing of them in plain text or on the disk', async () => {
    await guard()
    const text = JSON.stringify({ tabs: ['marked draft of this user'] })
    bench.app.keepPage({ text })
    await bench.app.sessions.lock('by-hand')
    expect(() => bench.app.first.keptPage.read()).toThrow()
    await unlock()
    expect(value(bench.app.first.keptPage.read()).text).toBe(text)
    expect(await scanForSecrets(bench.folder, { draft: 'marked draft of this user' })).toEqual([])
  })

  it('comes after idle time', async () => {
    await guard()
    bench.lockSettings = { idleMinutes: 5, onScreenLock: true }
    const look = bench.timers.find(({ milliseconds }) => milliseconds === 10_000)
    bench.idleSeconds = 299
    look?.then()
    expect(bench.app.sessions.isLocked()).toBe(false)
    bench.idleSeconds = 300
    look?.then()
    expect(bench.app.sessions.isLocked()).toBe(true)
  })

  it('holds back a response that comes when another session has begun', async () => {
    await signIn()
    await guard()
    const calls = handlers()
    const exporting = calls['vault:export']({ password: 'export with these words' })
    await bench.app.sessions.lock('by-hand')
    await unlock()
    expect(codeOf(await exporting)).toBe('vault_locked')
  })
})

describe('wrong passwords', () => {
  it('are told on the lock screen with the time of the next try, also after a restart', async () => {
    await guard()
    await bench.restart()
    expect(value(bench.app.sessions.state())).toMatchObject({ locked: true, reason: 'password' })
    for (let tries = 0; tries < 4; tries += 1) expect(codeOf(await unlock('wrong'))).toBe('password_wrong')
    expect(codeOf(await unlock())).toBe('password_wait')
    const wait = (value(bench.app.sessions.state()).users[0]?.waitUntil ?? 0) - bench.clock.now()
    expect(wait).toBeGreaterThan(1_000)
    expect(wait).toBeLessThanOrEqual(2_000)
    await bench.restart()
    expect(codeOf(await unlock())).toBe('password_wait')
    bench.clock.forward(2_000)
    expect(value(await unlock())).toMatchObject({ locked: false })
    expect(value(bench.app.sessions.state()).users[0]?.waitUntil).toBeUndefined()
  })
})

describe('a system without a keyring', () => {
  it('keeps drafts without their secrets over a restart, and sealed alone once a password is set', async () => {
    await bench.close()
    bench = await openWorkbench({ keyring: 'none' })
    const secret = 'Basic marked-draft-secret'
    const headers = [{ name: 'Authorization', value: secret, enabled: true }]
    const seed = { from: 'kept', name: '', draft: { ...draft('https://api.example/marked-draft'), headers } }
    const tab = { id: 't', room: 'requests', subject: { kind: 'request', seed }, face: { title: 'T' } }
    const text = JSON.stringify({ room: 'requests', activeId: 't', tabs: [tab], closed: [], forms: {} })
    const kept = () => value(bench.app.first.keptPage.read()).text
    bench.app.keepPage({ text })
    expect(kept()).toBe(text)
    await bench.restart()
    expect(kept()).toContain('https://api.example/marked-draft')
    expect(kept()).not.toContain(secret)
    expect(await scanForSecrets(bench.folder, { secret })).toEqual([])

    bench.app.keepPage({ text })
    await guard()
    await bench.app.sessions.lock('by-hand')
    await unlock()
    expect(kept()).toBe(text)
    bench.app.keepPage({ text })
    await bench.restart()
    await unlock()
    expect(kept()).toBe(text)
    const db = new SqliteDatabase(join(bench.folder, 'gatehouse.db'), { readonly: true })
    expect(db.prepare('SELECT open_tabs FROM kept_pages').pluck().all()).toEqual([null])
    db.close()
  })

  it('keeps tokens once a password is set, over a restart', async () => {
    await bench.close()
    bench = await openWorkbench({ keyring: 'none' })
    expect(value(bench.app.first.bootstrap()).protection.kind).toBe('memory')
    const accountId = await signIn()
    const token = accessToken(accountId)
    expect(value(bench.app.first.accounts())[0]?.storage).toBe('memory')
    value(await bench.app.sessions.guard({ guard: 'password', newPassword: password }))
    expect(value(bench.app.first.accounts())[0]?.storage).toBe('vault')
    await bench.restart()
    expect(bench.app.sessions.isLocked()).toBe(true)
    value(await unlock())
    expect(accessToken(accountId)).toBe(token)
    await bench.restart()
    expect(await scanForSecrets(bench.folder, { token, password })).toEqual([])
  })
})

describe('several users', () => {
  it('see only what is theirs; a redirect of one is not finished by another', async () => {
    const first = userId()
    const redirect = await redirectFor(await connectPlayground(bench))
    await guard()
    const second = value(
      await bench.app.sessions.createUser({ username: 'second', password: 'second password' }),
    )
    value(await bench.app.sessions.unlock({ userId: second.id, password: 'second password' }))
    expect(value(bench.app.first.connections())).toEqual([])
    expect(codeOf(await bench.app.signIn.receive(redirect))).toBe('sign_in_other_user')
    expect(value(bench.app.first.accounts())).toEqual([])
    value(await bench.app.sessions.unlock({ userId: first, password }))
    await bench.app.signIn.settle()
    expect(value(bench.app.first.accounts())).toHaveLength(1)
  })

  it('can be made at the lock screen', async () => {
    await guard()
    await bench.app.sessions.lock('by-hand')
    const made = await handlers()['users:create']({ username: 'guest' })
    expect(made).toMatchObject({ ok: true, value: { username: 'guest' } })
    expect(bench.app.sessions.isLocked()).toBe(true)
  })

  it('are deleted with name and password only, and not from the lock screen', async () => {
    await guard()
    const id = userId()
    const remove = (input: { username: string; password?: string }) =>
      bench.app.sessions.removeUser({ id, ...input })
    expect(codeOf(await remove({ username: 'else', password }))).toBe('username_differs')
    expect(codeOf(await remove({ username: 'default' }))).toBe('password_required')
    expect(codeOf(await remove({ username: 'default', password: 'wrong' }))).toBe('password_wrong')
    await bench.app.sessions.lock('by-hand')
    await expect(remove({ username: 'default', password })).rejects.toMatchObject({
      failure: { code: 'vault_locked' },
    })
    value(await unlock())
    expect(value(await remove({ username: 'default', password }))).toMatchObject({ locked: false })
    expect(value(bench.app.sessions.state()).users.map((user) => user.id)).not.toContain(id)
  })
})

describe('a keyring with another key', () => {
  it('is noticed, deletes nothing, and opens everything when it is back', async () => {
    const accountId = await signIn()
    const token = accessToken(accountId)
    const keyBack = bench.keyring.changeKey()
    await bench.restart()
    expect(value(bench.app.sessions.state()).trouble?.code).toBe('keyring_changed')
    expect(value(bench.app.first.accounts())[0]?.storage).toBe('unreadable')
    expect(codeOf(await bench.app.sessions.guard({ guard: 'password', newPassword: password }))).toBe(
      'keyring_changed',
    )
    // Who signs in meanwhile keeps that over a retry, whether it helps or not.
    const second = value(
      await bench.app.signIn.receive(
        await redirectFor(value(bench.app.first.connections())[0]?.id ?? '', {
          username: 'bob',
          password: 'bob-password',
        }),
      ),
    ).accountId
    const secondToken = accessToken(second)
    bench.app.keepPage({ text: 'tabs' })
    expect(value(await bench.app.sessions.retry()).trouble?.code).toBe('keyring_changed')
    expect(accessToken(second)).toBe(secondToken)
    keyBack()
    expect(value(await bench.app.sessions.retry()).trouble).toBeUndefined()
    expect([accessToken(accountId), accessToken(second)]).toEqual([token, secondToken])
    expect(value(bench.app.first.accounts()).map(({ storage }) => storage)).toEqual(['vault', 'vault'])
    expect(value(bench.app.first.keptPage.read()).text).toBe('tabs')
  })

  it('can be given up, and its secrets open again should it come back', async () => {
    const accountId = await signIn()
    const token = accessToken(accountId)
    const keyBack = bench.keyring.changeKey()
    await bench.restart()
    value(await bench.app.sessions.setAside())
    expect(value(bench.app.sessions.state()).trouble).toBeUndefined()
    expect(value(bench.app.first.accounts())).toHaveLength(1)
    keyBack()
    value(await bench.app.sessions.retry())
    expect(value(bench.app.sessions.state()).trouble).toBeUndefined()
    expect(value(bench.app.sessions.state()).setAside).toBe(true)
    expect(value(await bench.app.sessions.recover({}))).toMatchObject({ left: 0 })
    expect(value(bench.app.sessions.state()).setAside).toBeUndefined()
    expect(accessToken(accountId)).toBe(token)
  })
})

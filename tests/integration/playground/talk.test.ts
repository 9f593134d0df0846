import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createPlaygroundTalk } from '../../../src/main/playground/playground-talk.ts'
import type { PlaygroundClient, PlaygroundFault } from '../../../src/core/contract/app.ts'

const running: ChildProcess[] = []
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})

/** The playground as a process of its own, talked to as the app does. */
const launch = async (...options: string[]) => {
  const ports = ['--data', ':memory:', '--issuer-port', '0', '--api-port', '0']
  const child = fork(resolve('src/playground/main.ts'), [...ports, ...options], {
    silent: true,
    execArgv: [],
  })
  running.push(child)
  type Ready = { issuer: string; api: string; clients: PlaygroundClient[]; faults: PlaygroundFault[] }
  return new Promise<{ child: ChildProcess; talk: ReturnType<typeof createPlaygroundTalk>; ready: Ready }>(
    (done) => {
      const talk = createPlaygroundTalk({
        send: (message) => void child.send(message),
        onReady: (ready) => done({ child, talk, ready }),
      })
      // A byte at a time: lines come in whatever pieces.
      child.stdout?.on('data', (chunk: Buffer) => {
        for (const letter of chunk.toString('latin1')) talk.read(letter)
      })
      child.once('exit', () => talk.end())
    },
  )
}

const over = { ok: false, error: { code: 'playground_not_running' } }

describe('a playground in a process of its own', () => {
  it('says what it has', async () => {
    const { ready } = await launch('--fault', 'clock-skew')
    expect(ready.faults).toEqual(['clock-skew'])
    const loopback = ['http://127.0.0.1/oauth/callback', 'http://[::1]/oauth/callback']
    const redirectUris = ['app.gatehouse.desktop:/oauth/callback', ...loopback]
    expect(ready.clients).toEqual([
      { clientId: 'gatehouse-desktop', authentication: 'none', redirectUris },
      {
        clientId: 'gatehouse-confidential',
        authentication: 'client_secret_basic',
        secret: 'gatehouse-playground-secret',
        redirectUris,
      },
    ])
  })

  it('answers each switch with what is on then, and does as it says', async () => {
    const { talk, ready } = await launch()
    const status = async () => (await fetch(`${ready.api}/orders`)).status
    expect(await status()).toBe(401)
    expect(await talk.setFault('too-many-requests', true)).toEqual({ ok: true, value: ['too-many-requests'] })
    expect(await status()).toBe(429)
    expect(await talk.setFault('wrong-audience', true)).toMatchObject({
      value: ['wrong-audience', 'too-many-requests'],
    })
    expect(await talk.setFault('too-many-requests', false)).toMatchObject({ value: ['wrong-audience'] })
    expect(await status()).toBe(401)
  })

  it('keeps the order of quick switches: keys that are still being made do not come back', async () => {
    const { talk, ready } = await launch()
    const keys = async () => (await fetch(`${ready.issuer}/jwks.json`)).text()
    const before = await keys()
    const [on, off] = await Promise.all([
      talk.setFault('rotated-keys', true),
      talk.setFault('rotated-keys', false),
    ])
    expect([on, off]).toMatchObject([{ value: ['rotated-keys'] }, { value: [] }])
    expect(await keys()).toBe(before)
    expect(await talk.setFault('rotated-keys', true)).toMatchObject({ ok: true })
    expect(await keys()).not.toBe(before)
  })

  it('leaves nobody waiting when the process goes', async () => {
    const { child, talk } = await launch()
    child.kill('SIGSTOP')
    const asked = talk.setFault('clock-skew', true)
    child.kill('SIGKILL')
    expect(await asked).toMatchObject(over)
    expect(await talk.setFault('clock-skew', false)).toMatchObject(over)
  })
})

describe('the talk', () => {
  it('gives up on a playground that does not answer, and hears nothing it does not understand', async () => {
    const sent: unknown[] = []
    const talk = createPlaygroundTalk({
      send: (message) => void sent.push(message),
      onReady: () => expect.unreachable(),
      timeoutMs: 1,
    })
    const asked = talk.setFault('clock-skew', true)
    talk.read('{"event":"faults","id":1,"faults":["no such fault"]}\n{"event":"ready"}\nnull\n[{\n')
    talk.read(`${'x'.repeat(300_000)}\n{"event":"faults","id":2,"faults":[]}\n`)
    expect(await asked).toMatchObject({ ok: false, error: { code: 'playground_no_answer' } })
    expect(sent).toEqual([{ id: 1, fault: 'clock-skew', on: true }])
  })

  it('passes on why a switch failed', async () => {
    const talk = createPlaygroundTalk({ send: () => undefined, onReady: () => undefined })
    const asked = talk.setFault('rotated-keys', true)
    talk.read('{"event":"fault-failed","id":1,"message":"Error: no entropy"}\n')
    expect(await asked).toMatchObject({
      ok: false,
      error: { code: 'playground_refused', message: expect.stringContaining('no entropy') as string },
    })
  })
})

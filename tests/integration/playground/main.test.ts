import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'

const running: ChildProcess[] = []
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})

type Ready = {
  event: string
  issuer: string
  api: string
  clients: { client_id: string }[]
  users: { username: string }[]
}

const run = (...options: string[]) => {
  const child = spawn(process.execPath, [resolve('src/playground/main.ts'), '--data', ':memory:', ...options])
  running.push(child)
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const firstLine = async (): Promise<Ready> => {
    for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as Ready
    throw new Error(`it printed nothing: ${said}`)
  }
  return { child, firstLine, said: () => said }
}

describe('the executable', () => {
  it('prints one JSON line when it is ready, serves, and stops on SIGTERM', async () => {
    const { child, firstLine } = run('--issuer-port', '0', '--api-port', '0')
    const ready = await firstLine()
    expect(ready.event).toBe('ready')
    expect(ready.clients.map((client) => client.client_id)).toEqual([
      'gatehouse-desktop',
      'gatehouse-confidential',
    ])
    expect((await fetch(`${ready.issuer}/.well-known/openid-configuration`)).status).toBe(200)
    expect((await fetch(ready.api)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('moves to a free port when the wanted one is taken, and says so', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    try {
      const { port } = taken.address() as AddressInfo
      const { firstLine, said } = run('--issuer-port', String(port), '--api-port', '0')
      expect((await firstLine()).issuer).not.toContain(`:${port}`)
      expect(said()).toContain(`Port ${port} is in use`)
    } finally {
      taken.close()
    }
  })

  it("stops with its parent's pipe", async () => {
    const { child, firstLine } = run('--issuer-port', '0', '--api-port', '0', '--with-parent')
    await firstLine()
    child.stdin.end()
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it("switches faults on its parent's word", async () => {
    const options = ['--data', ':memory:', '--issuer-port', '0', '--api-port', '0']
    const child = fork(resolve('src/playground/main.ts'), options, { silent: true, execArgv: [] })
    running.push(child)
    const lines = createInterface({ input: child.stdout ?? process.stdin })[Symbol.asyncIterator]()
    const next = async () =>
      JSON.parse(String((await lines.next()).value)) as { event: string; faults: string[] }
    expect((await next()).faults).toEqual([])
    child.send({ fault: 'no such fault', on: true })
    child.send({ fault: 'clock-skew', on: true })
    expect(await next()).toEqual({ event: 'faults', faults: ['clock-skew'] })
    child.disconnect()
    child.kill('SIGTERM')
    await once(child, 'exit')
  })

  it.each([['--issuer-port', 'abc'], ['--api-port', '70000'], ['--fault', 'nothing'], ['--unknown']])(
    'refuses %s %s',
    async (...options) => {
      const { child, said } = run(...options)
      expect((await once(child, 'exit'))[0]).toBe(2)
      expect(said().length).toBeGreaterThan(0)
    },
  )
})

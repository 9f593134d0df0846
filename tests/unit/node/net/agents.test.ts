import { expect, it, onTestFinished } from 'vitest'
import type { Way } from '../../../../src/core/records/way.ts'
import { createAgents } from '../../../../src/node/net/agents.ts'

const through = (password: string): Way => ({
  proxy: { protocol: 'http:', host: 'proxy.example', port: 1, credentials: { username: 'clerk', password } },
})

it('each way has an agent of its own, whatever of it is secret, until they are closed', async () => {
  const agents = createAgents({
    trusted: undefined,
    connectTimeout: 1_000,
    watch: (connect) => connect,
    agent: {},
  })
  onTestFinished(() => agents.close())
  const ways = [{}, through('one'), through('two'), { unchecked: true as const }]
  const made = await Promise.all(ways.map((way) => agents.of({ way })))
  expect(new Set(made).size).toBe(ways.length)
  expect(await Promise.all(ways.map((way) => agents.of({ way: { ...way } })))).toEqual(made)
  expect(await agents.of({ way: through('one') })).toBe(made[1])
  expect(await agents.of({ way: through('one'), forwarded: true })).not.toBe(made[1])
  await agents.close()
  expect(made.map(({ destroyed, closed }) => destroyed || closed)).toEqual([true, true, true, true])
  expect(await agents.of({ way: through('one') })).not.toBe(made[1])
})

it('tries again where one could not be made', async () => {
  let tries = 0
  const agents = createAgents({
    trusted: async () => {
      tries += 1
      if (tries % 2 === 1) throw new Error('the file of authorities is being written')
      return undefined
    },
    connectTimeout: 1_000,
    watch: (connect) => connect,
    agent: {},
  })
  onTestFinished(() => agents.close())
  for (const way of [{}, { unchecked: true as const }]) {
    await expect(agents.of({ way })).rejects.toThrow('being written')
    expect(await agents.of({ way })).toBe(await agents.of({ way }))
  }
})

it('closes even where one could not be made', async () => {
  const agents = createAgents({
    trusted: undefined,
    connectTimeout: 1_000,
    watch: (connect) => connect,
    agent: {},
  })
  await expect(agents.of({ way: { identity: { certificate: 'none', key: 'none' } } })).rejects.toThrow()
  await expect(agents.close()).resolves.toBeUndefined()
})

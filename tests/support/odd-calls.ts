import fc from 'fast-check'
import { channelNames, type ChannelName } from '../../src/preload/calls/channels.ts'
import type { Result } from '../../src/core/contract/result.ts'
import { oddArgument, type Known } from './odd-values.ts'
import { connectPlayground, type Workbench } from './workbench.ts'

interface Asked {
  bench: Workbench
  call: (channel: ChannelName, input: unknown) => Promise<Result<unknown>>
  count: number
  seed: number
  /** Told of each call with its answer. */
  answered: (channel: ChannelName, input: unknown, answer: Result<unknown>) => void
}

const password = 'a password of ten words'
const kinds = ['connections', 'accounts', 'requests', 'exchanges', 'environments', 'flows'] as const

/** Well-formed calls with odd values in them, to handlers that do their work: they name what is there, so that they meet. */
export const callOddly = async ({ bench, call, count, seed, answered }: Asked): Promise<void> => {
  await connectPlayground(bench)
  const ids = new Map<string, string[]>()
  const idsIn = async (channel: ChannelName): Promise<string[]> =>
    [...JSON.stringify(await call(channel, {})).matchAll(/"id":"([0-9a-f-]{36})"/g)].map(([, id = '']) => id)
  const look = async (): Promise<void> => {
    for (const kind of kinds) ids.set(kind, await idsIn(`${kind}:list`))
    ids.set('users', await idsIn('vault:state'))
  }
  const known: Known = {
    ids: (kind) => (kind === '' ? [...ids.values()].flat() : (ids.get(kind) ?? [])),
    passwords: [password],
  }
  const order = fc.sample(fc.constantFrom(...channelNames), { numRuns: count, seed })
  for (const [index, channel] of order.entries()) {
    if (index % 25 === 0) await look()
    if (bench.app.sessions.isLocked()) await call('vault:unlock', { userId: ids.get('users')?.[0], password })
    const [input] = fc.sample(oddArgument(channel, known), { numRuns: 1, seed: seed + index - 1 })
    answered(channel, input, await call(channel, input))
  }
}

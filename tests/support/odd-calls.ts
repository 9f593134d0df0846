import fc from 'fast-check'
import { channelNames, type ChannelName } from '../../src/preload/calls/channels.ts'
import type { CollectionRequest, CollectionView } from '../../src/core/contract/collections.ts'
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
const kinds = [
  'connections',
  'accounts',
  'exchanges',
  'environments',
  'flows',
  'collections',
  'pins',
  'keys',
  'bin',
] as const

/** Well-formed calls with odd values in them, to handlers that do their work: they name what is there, so that they meet. */
export const callOddly = async ({ bench, call, count, seed, answered }: Asked): Promise<void> => {
  await connectPlayground(bench)
  const ids = new Map<string, string[]>()
  const idsIn = async (channel: ChannelName): Promise<string[]> =>
    [...JSON.stringify(await call(channel, {})).matchAll(/"id":"([0-9a-f-]{36})"/g)].map(([, id = '']) => id)
  const look = async (): Promise<void> => {
    for (const kind of kinds) ids.set(kind, await idsIn(`${kind}:list`))
    ids.set('users', await idsIn('vault:state'))
    ids.set('undo', collection.undone)
    if (!bench.app.sessions.isLocked()) await collection.look()
  }
  const collection = createCollectionKnown(call)
  const known: Known = {
    ids: (kind) => (kind === '' ? [...ids.values()].flat() : (ids.get(kind) ?? [])),
    passwords: [password],
    texts: collection.texts,
  }
  const order = fc.sample(fc.constantFrom(...channelNames), { numRuns: count, seed })
  for (const [index, channel] of order.entries()) {
    if (index % 25 === 0) await look()
    if (bench.app.sessions.isLocked()) await call('vault:unlock', { userId: ids.get('users')?.[0], password })
    const [input] = fc.sample(oddArgument(channel, known), { numRuns: 1, seed: seed + index - 1 })
    const answer = await call(channel, input)
    collection.noted(channel, answer)
    answered(channel, input, answer)
  }
}

/** What a collection calls things by, so that calls meet in it. */
const createCollectionKnown = (call: Asked['call']) => {
  const named = new Map<string, string[]>()
  const undone: string[] = []
  const valueOf = async <T>(channel: ChannelName, input: unknown): Promise<T | undefined> => {
    const answer = await call(channel, input)
    return answer.ok ? (answer.value as T) : undefined
  }
  return {
    undone,
    texts: (member: string): string[] => named.get(member === 'over' ? 'version' : member) ?? [],
    noted: (channel: ChannelName, answer: Result<unknown>): void => {
      if (!answer.ok || channel !== 'collections:move') return
      const { undo } = answer.value as { undo: string | null }
      if (undo !== null) undone.push(undo)
    },
    /** One that was closed is opened again, and what is empty filled. */
    look: async (): Promise<void> => {
      const list = async () =>
        ((await valueOf<CollectionView[]>('collections:list', {})) ?? []).filter(({ own }) => !own)
      if ((await list()).length === 0) await call('collections:create', { name: 'Odd' })
      const [first] = await list()
      if (first === undefined) return
      const { id: collectionId, items } = first
      if (items.length < 3) {
        await call('collections:create-folder', { collectionId, folder: '', name: 'Sub' })
        for (const name of ['One', 'Two'])
          await call('collections:create-request', { collectionId, folder: '', name })
      }
      const paths = items.slice(0, 8).map(({ path }) => path)
      for (const name of ['path', 'paths', 'before']) named.set(name, paths)
      named.set('folder', ['', ...items.filter(({ kind }) => kind === 'folder').map(({ path }) => path)])
      const reads = paths.map((path) =>
        valueOf<CollectionRequest>('collections:read', { collectionId, path }),
      )
      const versions = (await Promise.all(reads)).flatMap((read) => read?.version ?? [])
      named.set('version', versions)
    },
  }
}

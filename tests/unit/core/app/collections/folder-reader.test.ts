import { expect, it } from 'vitest'
import { fail, ok, type Result } from '../../../../../src/core/contract/result.ts'
import type { DiskList } from '../../../../../src/core/records/collection-disk.ts'
import { createFolderReader } from '../../../../../src/core/app/collections/folder-reader.ts'

/** A folder that is read step by step, and tells of changes when it is asked to. */
const openFolder = () => {
  const waiting: (() => void)[] = []
  const timers: { milliseconds: number; then: () => void }[] = []
  let now = 0
  let tell = (): void => undefined
  let stamp = 0
  let told = 0
  const reader = createFolderReader('/folder', {
    disk: {
      list: async () => {
        await new Promise<void>((done) => waiting.push(done))
        stamp += 1
        return ok({
          stamp: '',
          entries: [{ path: 'one.yml', isFolder: false, stamp: String(stamp) }],
          notes: [],
        })
      },
      read: async () => ok({ text: `info:\n  name: ${stamp}\n  type: http\n`, version: 'v' }),
      watch: (_root, _folders, { changed }) => {
        tell = changed
        return () => undefined
      },
    },
    looks: { look: async () => [] },
    time: {
      clock: { now: () => now },
      after: (milliseconds, then) => {
        if (milliseconds === 0) queueMicrotask(then)
        else timers.push({ milliseconds, then })
        return () => undefined
      },
    },
    changed: () => (told += 1),
  })
  const turns = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }
  return {
    reader,
    /** Lets the reading that is under way end, after so long. */
    step: async (milliseconds = 0) => {
      now += milliseconds
      waiting.shift()?.()
      await turns()
    },
    tell: () => tell(),
    timers,
    told: () => told,
    name: () => reader.view().items[0]?.name,
    readings: () => stamp,
  }
}

it('answers whoever asks, although something changes all the time', async () => {
  const { reader, step, readings } = openFolder()
  const first = reader.refresh()
  const second = reader.refresh()
  const third = reader.refresh()
  // Those who come while it is read wait for one that begins after them, once for all of them.
  expect(second).toBe(third)
  let isAnswered = false
  void second.then(() => (isAnswered = true))
  await step()
  await first
  for (let change = 0; change < 5; change += 1) void reader.refresh()
  await step()
  expect(isAnswered).toBe(true)
  expect(readings()).toBe(2)
  await step()
  expect(readings()).toBe(3)
  await step()
  expect(readings()).toBe(3)
})

it('shows what changed while it was read', async () => {
  const { reader, step, name } = openFolder()
  void reader.refresh()
  const later = reader.refresh()
  await step()
  expect(name()).toBe('1')
  await step()
  await later
  expect(name()).toBe('2')
})

it('leaves a folder that takes long alone for as long, two seconds at most', async () => {
  const { reader, step, tell, timers, told } = openFolder()
  const after = async (milliseconds: number): Promise<number | undefined> => {
    const reading = reader.refresh()
    await step(milliseconds)
    await reading
    tell()
    const timer = timers.pop()
    timer?.then()
    await step()
    return timer?.milliseconds
  }
  expect(await after(0)).toBe(120)
  expect(await after(700)).toBe(700)
  expect(await after(3_600_000)).toBe(2_000)
  expect(told()).toBe(3)
})

it('reads nothing more once it is closed', async () => {
  const { reader, step, readings, name } = openFolder()
  const first = reader.refresh()
  const second = reader.refresh()
  reader.close()
  await step()
  expect(await Promise.all([first, second])).toEqual([false, false])
  expect([readings(), name()]).toEqual([1, undefined])
})

it('watches from the beginning what another has come in the place of, and looks for what is gone', async () => {
  let listed: Result<DiskList> = ok({ stamp: '1', entries: [], notes: [] })
  const watches: string[] = []
  const timers: { milliseconds: number; then: () => void }[] = []
  const reader = createFolderReader('/folder', {
    disk: {
      list: async () => listed,
      read: async () => fail('collection_file_gone', 'gone'),
      watch: (_root, folders) => {
        watches.push(folders.join())
        return () => void watches.push('stopped')
      },
    },
    looks: { look: async () => [] },
    time: {
      clock: { now: () => 0 },
      after: (milliseconds, then) => {
        timers.push({ milliseconds, then })
        return () => undefined
      },
    },
    changed: () => undefined,
  })
  await reader.refresh()
  await reader.refresh()
  expect(watches).toEqual([''])
  listed = ok({ stamp: '2', entries: [{ path: 'in', isFolder: true, stamp: '7' }], notes: [] })
  await reader.refresh()
  listed = ok({ stamp: '2', entries: [{ path: 'in', isFolder: true, stamp: '8' }], notes: [] })
  await reader.refresh()
  expect(watches).toEqual(['', 'stopped', 'in', 'stopped', 'in'])
  const there = listed
  listed = fail('collection_gone', 'It is gone.')
  await reader.refresh()
  expect(watches.at(-1)).toBe('stopped')
  expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([1_500])
  listed = there
  timers.pop()?.then()
  await reader.refresh()
  expect([reader.view().trouble, watches.at(-1)]).toEqual([undefined, 'in'])
  reader.close()
})

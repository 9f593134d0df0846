import type { ExchangeView } from '../../../src/core/contract/requests.ts'
import type { Place } from './places.ts'
import { row, type World } from './world.ts'

/** A megabyte and more, so that the body goes to the disk as it comes. */
const filler = 'words of a long body, as many as it takes. '.repeat(40_000)

/** Reads, looks through, filters, copies and saves a long body, and keeps what a crash would leave of it. */
async function readLong(world: World, shown: ExchangeView, word: string): Promise<void> {
  const { id, response } = shown
  if (response === undefined || response.bodySize < 1_048_576) throw new Error('the body is not long')
  const { must, call } = world
  await must('bodies:open', { id, contentType: response.contentType })
  await must('bodies:rows', { id, as: 'text', from: 0, count: 20 })
  await must('bodies:search', { id, as: 'text', text: word, pattern: false, matchCase: true, hit: 0 })
  await call('bodies:filter', { id, path: '$.deep' })
  await call('exchanges:copy-body', { id })
  world.keepLeft()
}

/** What comes in bodies that are too long for memory, or that have no end. */
export const longPlaces: Record<string, Place> = {
  'a token of a long body': {
    alphabet: 'token',
    plant: async (world, canary) => {
      const body = JSON.stringify({ access_token: canary, filler, deep: { again: canary }, end: canary })
      const shown = await world.send(
        { method: 'GET' },
        { headers: { 'content-type': 'application/json' }, body },
      )
      await readLong(world, shown as ExchangeView, 'filler')
    },
  },
  'a secret that a long body repeats': {
    alphabet: 'any',
    plant: async (world, canary) => {
      const again = (body: string): string =>
        `${filler}${canary}\n${encodeURIComponent(canary)}\n${filler}${JSON.stringify(canary)}${body}\n${Buffer.from(canary).toString('base64')}`
      const sent = { body: { kind: 'form' as const, fields: [row('password', canary)] } }
      const shown = await world.send(sent, { headers: { 'content-type': 'text/plain' }, body: again('') })
      await readLong(world, shown as ExchangeView, 'words')
    },
  },
  'a secret that events repeat': {
    alphabet: 'header',
    plant: async (world, canary) => {
      const events = `data: hello\n\nevent: secret\ndata: you sent ${canary}\n\n`
      await world.send(
        { headers: [row('X-Api-Key', canary)] },
        { headers: { 'content-type': 'text/event-stream' }, body: `${events}data: bye\n\n` },
      )
      world.keepLeft()
    },
  },
}

import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { ChannelName } from '@calls/channels'
import type { Result } from '@contract/result'
import { createHandlers } from '../../../src/main/ipc/handlers.ts'
import { route } from '../../../src/main/ipc/router.ts'
import { openAmongOddAnswers } from '../../support/odd-answers.ts'
import { callOddly } from '../../support/odd-calls.ts'
import type { Workbench } from '../../support/workbench.ts'

type Listener = (event: unknown, input: unknown) => Promise<Result<unknown>>
const { listeners } = vi.hoisted(() => ({ listeners: new Map<string, unknown>() }))
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: unknown) => listeners.set(channel, listener) },
}))

const defects: string[] = []
let bench: Workbench

beforeAll(async () => {
  bench = await openAmongOddAnswers()
  route({
    handlers: async () => createHandlers(bench.app),
    isTrusted: () => true,
    onDefect: (channel, error) => void defects.push(`${channel}: ${String(error)}`),
  })
})
afterAll(() => bench.close())

const call = (channel: ChannelName, input: unknown) =>
  (listeners.get(channel) as Listener)({ senderFrame: null }, input)

it('tells half a character from a defect', async () => {
  for (const name of ['\ud800', '\ud801', 'a\udfff'])
    expect(await call('environments:create', { name })).toMatchObject({
      ok: false,
      error: { code: 'text_half_character' },
    })
  expect(defects).toEqual([])
})

// The long form is `npm run hostile -- --odd N`.
it('has a reason for odd values in every call, and a defect for none', { timeout: 120_000 }, async () => {
  const codes = new Set<string>()
  await callOddly({
    bench,
    call,
    count: 2_000,
    seed: 1,
    answered: (channel, input, answer) => {
      codes.add(answer.ok ? 'ok' : answer.error.code)
      expect(defects, `${channel} ${JSON.stringify(input).slice(0, 300)}`).toEqual([])
    },
  })
  // The handlers did run, and had something to say.
  expect(codes.size).toBeGreaterThan(40)
})

import { expect, it } from 'vitest'
import type { WebContents } from 'electron'
import { createPush } from '../../../src/main/ipc/push.ts'

function setUp() {
  const sent: string[] = []
  const page = { send: (name: string) => sent.push(name) } as unknown as WebContents
  return { sent, ...createPush(() => page) }
}

it('keeps what comes before the page listens', () => {
  const { sent, push, flush } = setUp()
  push('command', { name: 'settings' })
  expect(sent).toEqual([])
  flush()
  expect(sent).toEqual(['command'])
})

it('does not tell again who works here, which the first answer says', () => {
  const { sent, push, flush } = setUp()
  push('lock', { session: '1' } as never)
  flush()
  expect(sent).toEqual([])
  push('lock', { session: '2' } as never)
  expect(sent).toEqual(['lock'])
})

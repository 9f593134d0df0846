import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readKeptTabs } from '../../../../src/renderer/src/lib/tabs/kept-tabs.ts'
import { rooms } from '../../../../src/renderer/src/lib/rooms.ts'
import type { TabSubject } from '../../../../src/renderer/src/lib/tabs/tab.ts'
import type { KeptTabs } from '../../../../src/renderer/src/lib/tabs/tabs.ts'
import { draft } from '../../../support/fake-data.ts'

/** One of each kind, so that a new kind of tab is missed here. */
const subjects: { [K in TabSubject['kind']]: Extract<TabSubject, { kind: K }> | { kind: K } } = {
  account: { kind: 'account', accountId: 'a' },
  connection: { kind: 'connection', connectionId: 'c' },
  request: { kind: 'request', seed: { from: 'kept', name: '', draft: draft() } },
  run: { kind: 'run', collectionId: 'c', folder: 'orders', name: 'Orders' },
  'token-bench': { kind: 'token-bench' },
  flow: { kind: 'flow', flowId: 'f' },
  'flow-comparison': { kind: 'flow-comparison', left: 'l', right: 'r' },
  playground: { kind: 'playground' },
  settings: { kind: 'settings', section: 'vault' },
}
const kept = {
  room: 'flows',
  activeId: 'tab-flow',
  tabs: Object.values(subjects).map((subject) => ({
    id: `tab-${subject.kind}`,
    room: 'flows',
    subject,
    face: { title: subject.kind },
    ...(subject.kind === 'request' && { preview: true }),
  })),
  closed: [{ id: 'shut', room: 'settings', subject: { kind: 'settings' }, face: { title: 'S' }, index: 0 }],
} as KeptTabs

it('come back as they were kept', () => {
  expect(readKeptTabs(JSON.stringify(kept))).toEqual(kept)
})

it('come back without those that do not fit', () => {
  const [account, ...others] = kept.tabs
  const broken = [
    { ...account, subject: { kind: 'account' } },
    { ...account, room: 'cellar' },
    { ...account, preview: 'yes' },
    null,
  ]
  const text = JSON.stringify({ ...kept, activeId: account?.id, tabs: [...broken, ...others] })
  expect(readKeptTabs(text)).toEqual({ ...kept, activeId: null, tabs: others })
})

it('come back unsent, whatever was to be sent when they were opened', () => {
  const seed = { from: 'draft', name: '', draft: draft(), send: true } as const
  const tab = { id: 't', room: 'requests', subject: { kind: 'request', seed }, face: { title: 'T' } } as const
  const read = readKeptTabs(JSON.stringify({ ...kept, tabs: [tab], closed: [{ ...tab, index: 0 }] }))
  const unsent = { kind: 'request', seed: { ...seed, send: false } }
  expect([read?.tabs[0]?.subject, read?.closed[0]?.subject]).toEqual([unsent, unsent])
})

it('are none or sound, whatever the text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const read = readKeptTabs(text)
      if (read) expect(rooms).toContain(read.room)
    }),
  )
  const value = fc.jsonValue({ maxDepth: 2 })
  fc.assert(
    fc.property(value, value, value, (room, activeId, tab) => {
      const text = JSON.stringify({ room, activeId, tabs: [tab] })
      expect(() => readKeptTabs(text)).not.toThrow()
    }),
  )
})

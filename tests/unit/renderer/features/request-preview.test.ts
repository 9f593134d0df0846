import { expect, it } from 'vitest'
import type { RequestDraft } from '../../../../src/core/contract/requests.ts'
import { ok } from '../../../../src/core/contract/result.ts'
import { previewExchange } from '../../../../src/renderer/src/features/requests/actions.ts'
import { requests } from '../../../../src/renderer/src/features/requests/store.ts'
import { createWorkspace } from '../../../../src/renderer/src/lib/workspace.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'
import { exchange } from '../../../support/fake-data.ts'

const now = 1_800_000_000_000
const one = (id: string) => ({ ...exchange(now), id })

/** Two clicks on history rows, the first one followed by what a person does. */
const clicked = async (work: (store: ReturnType<typeof requests.of>, tabId: string) => unknown) => {
  const fake = createFakeBridge({
    'exchanges:get': async ({ id }) => ok(one(id)),
    'requests:send': async () => ok(one('sent')),
    'collections:create-request': async ({ collectionId, name, draft }) =>
      ok({ collectionId, path: 'Named.yml', name, draft: draft as RequestDraft, version: '1', kept: [] }),
  })
  const workspace = createWorkspace(fake.bridge)
  const { tabs } = workspace
  const store = requests.of(workspace)
  const look = async (id: string): Promise<void> => {
    previewExchange(workspace, one(id))
    await store.getState().begin(`exchange:${id}`, { from: 'exchange', exchangeId: id })
  }
  await look('first')
  await work(store, 'exchange:first')
  await look('second')
  return { ids: tabs.getState().tabs.map(({ id }) => id), open: Object.keys(store.getState().open) }
}

it('is replaced by the next click, and forgotten', async () => {
  const { ids, open } = await clicked(() => undefined)
  expect(ids).toEqual(['exchange:second'])
  expect(open).toEqual(['exchange:second'])
})

it.each([
  ['edited', (store, tabId) => store.getState().change(tabId, { url: 'https://api.example/other' })],
  ['sent', (store, tabId) => store.getState().send(tabId)],
  ['saved', (store, tabId) => store.getState().makeFile(tabId, 'Named', { collectionId: 'own', path: '' })],
] satisfies [string, Parameters<typeof clicked>[0]][])('stays when it is %s', async (_what, work) => {
  expect((await clicked(work)).ids).toEqual(['exchange:first', 'exchange:second'])
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openPage } from '../../../../../src/core/app/requests/open-page.ts'
import { readKeptTabs } from '../../../../../src/renderer/src/lib/tabs/kept-tabs.ts'
import { draft } from '../../../../support/fake-data.ts'

const secret = 'hunter2-hunter2'
const secretDraft = draft({
  url: `https://api.example/a?access_token=${secret}`,
  headers: [{ name: 'Authorization', value: `Basic ${secret}`, enabled: true }],
  body: { kind: 'json', text: `{"password":"${secret}"}` },
})
const tab = (seed: unknown) => ({
  id: 'new:1',
  room: 'requests',
  subject: { kind: 'request', seed },
  face: { title: `/a?access_token=${secret}`, method: 'GET' },
})
const page = (...tabs: unknown[]) =>
  JSON.stringify({
    room: 'requests',
    activeId: 'new:1',
    tabs,
    closed: tabs.map((each, index) => (typeof each === 'object' ? { ...each, index } : each)),
    forms: { 'variables:e': [secret] },
  })
const read = (text: string) =>
  JSON.parse(openPage(text) ?? 'null') as { tabs: { subject: { seed: unknown } }[] }

it('leaves every secret out, in drafts, in what was saved, in bodies and auths put by, in titles and forms', () => {
  const seed = {
    from: 'kept',
    name: '',
    draft: secretDraft,
    saved: secretDraft,
    bodies: { text: { kind: 'text', text: `password=${secret}`, contentType: 'text/plain' } },
    auths: { basic: { kind: 'basic', username: 'alice', password: secret } },
  }
  const open = openPage(page(tab(seed)))
  expect(open).not.toContain(secret)
  expect(open).toContain('https://api.example/a')
  expect(open).toContain('alice')
  expect(readKeptTabs(open ?? '')?.closed).toHaveLength(1)
})

it('keeps a draft whose address is empty yet, and what was to be sent unsent', () => {
  const seed = { from: 'draft', name: 'N', draft: { ...draft(), url: '' }, send: true }
  expect(read(page(tab(seed))).tabs[0]?.subject.seed).toEqual({ from: 'kept', name: 'N', draft: seed.draft })
})

it('has the file of a draft read again where secret values are missing', () => {
  const file = { collectionId: 'k', path: 'a.yml', version: 'v1', kept: [] }
  const versionOf = (one: unknown, saved: unknown) =>
    read(page(tab({ from: 'kept', name: '', draft: one, saved, file }))).tabs[0]?.subject.seed
  expect(versionOf(secretDraft, secretDraft)).toMatchObject({ file: { ...file, version: '' } })
  expect(versionOf(draft(), secretDraft)).toMatchObject({ file: { version: '' } })
  expect(versionOf(draft(), draft())).toMatchObject({ file })
})

it('leaves out what it cannot look through', () => {
  const odd = { ...draft(), extra: secret }
  expect(read(page(tab({ from: 'kept', name: '', draft: odd }), tab(undefined), 7)).tabs).toEqual([])
  expect(openPage('no JSON')).toBeUndefined()
})

it('never throws', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void openPage(text)))
})

import { describe, expect, it } from 'vitest'
import type { AccountSummary } from '../../../../src/core/contract/accounts.ts'
import type { ConnectionView } from '../../../../src/core/contract/connections.ts'
import { nameTabs } from '../../../../src/renderer/src/lib/tabs/tab-names.ts'
import type { TabSubject } from '../../../../src/renderer/src/lib/tabs/tab.ts'
import { createTabs } from '../../../../src/renderer/src/lib/tabs/tabs.ts'

const connection = (id: string, name: string, issuer: string) =>
  ({ id, name, provider: { issuer } }) as ConnectionView
const account = (id: string, connectionId: string, issuer: string) =>
  ({ id, connectionId, issuer, displayName: 'alice' }) as AccountSummary

const known = {
  connections: [
    connection('p', 'Playground', 'http://127.0.0.1:4711'),
    connection('s', 'Staging', 'https://id.staging.example'),
    connection('t', 'Staging', 'https://id.test.example'),
  ],
  accounts: [
    account('ap', 'p', 'http://127.0.0.1:4711'),
    account('as', 's', 'https://id.staging.example'),
    account('at', 't', 'https://id.test.example'),
  ],
}

const named = (...open: [TabSubject, string][]) => {
  const tabs = createTabs()
  for (const [subject, title] of open) tabs.getState().open(subject, { title })
  return nameTabs(tabs.getState().tabs, known)
}
const details = (...open: [TabSubject, string][]) => named(...open).map(({ detail }) => detail)
const to = (connectionId: string) => ({ kind: 'connection', connectionId }) as const
const as = (accountId: string) => ({ kind: 'account', accountId }) as const

describe('names of tabs', () => {
  it('say no more than the title where that is enough', () => {
    expect(details([to('p'), 'Playground'], [as('ap'), 'alice'])).toEqual([undefined, undefined])
  })
  it('tell a connection from the page of the same title', () => {
    expect(details([to('p'), 'Playground'], [{ kind: 'playground' }, 'Playground'])).toEqual([
      'connection',
      undefined,
    ])
  })
  it('tell accounts of one name by their connections, and those of one name too by their issuers', () => {
    expect(details([as('ap'), 'alice'], [as('as'), 'alice'])).toEqual(['Playground', 'Staging'])
    expect(details([as('as'), 'alice'], [as('at'), 'alice'])).toEqual([
      'id.staging.example',
      'id.test.example',
    ])
  })
  it('tell connections of one name by their issuers', () => {
    expect(details([to('s'), 'Staging'], [to('t'), 'Staging'])).toEqual([
      'id.staging.example',
      'id.test.example',
    ])
  })
  it('give the pointer all that is known', () => {
    expect(named([as('ap'), 'alice'])[0]?.tip).toBe('alice · Playground · 127.0.0.1:4711')
    expect(named([{ kind: 'settings' }, 'Settings'])[0]?.tip).toBe('Settings')
    expect(named([as('gone'), 'bob'])[0]?.tip).toBe('bob')
  })
})

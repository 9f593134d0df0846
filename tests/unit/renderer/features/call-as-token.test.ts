import { expect, it } from 'vitest'
import { callAsToken } from '../../../../src/renderer/src/features/token-bench/make/call-as-token.ts'
import { createTabs } from '../../../../src/renderer/src/lib/tabs/tabs.ts'
import { createToasts } from '../../../../src/renderer/src/lib/toasts.ts'

it('opens a request with the token in its header, for no account and unsent', () => {
  const around = { tabs: createTabs(), toasts: createToasts() }
  callAsToken(around, 'a.b.c')
  const [tab] = around.tabs.getState().tabs
  expect(tab?.subject).toMatchObject({
    kind: 'request',
    seed: {
      send: false,
      draft: { headers: [{ name: 'Authorization', value: 'Bearer a.b.c', enabled: true }], accountId: null },
    },
  })
  expect(around.tabs.getState().room).toBe('requests')
})

it('opens none for a token that no header takes', () => {
  const around = { tabs: createTabs(), toasts: createToasts() }
  callAsToken(around, 'x'.repeat(32_762))
  expect(around.tabs.getState().tabs).toEqual([])
  expect(around.toasts.getState().items[0]?.text).toContain('too long for a header')
  callAsToken(around, 'x'.repeat(32_761))
  expect(around.tabs.getState().tabs).toHaveLength(1)
})

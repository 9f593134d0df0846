import { describe, expect, it } from 'vitest'
import { networkDraft, networkSettings } from '@contract/network/network.ts'
import { proxyDraft, typedProxy } from '../../../../src/renderer/src/features/settings/network/typed-proxy.ts'

describe('the proxy as it is typed', () => {
  const proxy = { kind: 'by-hand', address: 'proxy.example:3128', username: 'clerk' } as const
  const settings = networkSettings.parse({
    proxy: { ...proxy, except: ['a.example', '*.in.example'] },
    hosts: [{ host: 'api.example', unchecked: true }],
    manner: { redirects: 0 },
  })
  it('can be saved beside rules and limits, and comes back as it was', () => {
    const draft = networkDraft.parse(proxyDraft(typedProxy(settings)))
    expect(draft).toEqual({ proxy: settings.proxy })
  })
  it('brings a password only where one was typed, be it empty', () => {
    const typed = typedProxy(settings)
    expect(proxyDraft(typed)).not.toHaveProperty('proxyPassword')
    expect(networkDraft.parse(proxyDraft({ ...typed, password: '' }))).toHaveProperty('proxyPassword', '')
  })
  it('takes excepted hosts apart at commas and blanks', () =>
    expect(proxyDraft({ ...typedProxy({ proxy }), except: ' a, b;c\n<local>,, ' }).proxy.except).toEqual([
      'a',
      'b',
      'c',
      '<local>',
    ]))
})

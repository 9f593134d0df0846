import { describe, expect, it } from 'vitest'
import type { RequestDraft } from '@contract/requests'
import { prepareDraft } from '../../../../src/core/http/draft.ts'

const draft = (change: Partial<RequestDraft> = {}): RequestDraft => ({
  method: 'GET',
  url: 'https://api.example/orders?limit=5',
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId: null,
  ...change,
})
const row = (name: string, value: string, enabled = true) => ({ name, value, enabled })
const prepared = (change: Partial<RequestDraft>) => {
  const result = prepareDraft(draft(change), () => 'boundary-1')
  if (!result.ok) throw new Error(result.error.message)
  const { request, notes } = result.value
  return { ...request, text: request.body && new TextDecoder().decode(request.body), notes }
}
const codeOf = (change: Partial<RequestDraft>) => {
  const result = prepareDraft(draft(change), () => 'boundary-1')
  return result.ok ? 'ok' : result.error.code
}

describe('prepareDraft', () => {
  it('joins query rows with the query of the address', () => {
    const { url } = prepared({ query: [row('status', 'open & new'), row('off', '1', false), row('', 'x')] })
    expect(url).toBe('https://api.example/orders?limit=5&status=open%20%26%20new&=x')
  })

  it('leaves a query as it was typed, but for what no address can carry', () => {
    const typed = `a=%2F+%E9%&b='~!*()[]{}|\\^\`;:@$,&c&d=&&=e?`
    expect(prepared({ url: `api.example/?${typed}` }).url).toBe(`https://api.example/?${typed}`)
    expect(prepared({ url: 'https://api.example/a?' }).url).toBe('https://api.example/a?')
    expect(prepared({ url: 'https://api.example?a="<é \ud800>' }).url).toBe(
      'https://api.example/?a=%22%3C%C3%A9%20%EF%BF%BD%3E',
    )
    const bare = { name: 'flag', value: '', enabled: true, bare: true as const }
    expect(prepared({ url: 'https://api.example', query: [bare, row('x', '%2F')] }).url).toBe(
      'https://api.example/?flag&x=%2F',
    )
  })

  it('leaves an address without rows exactly as it was, but for the fragment', () => {
    expect(prepared({ url: 'https://api.example/a?x=%20b+c#frag' }).url).toBe(
      'https://api.example/a?x=%20b+c',
    )
    expect(prepared({ url: 'api.example/a' }).url).toBe('https://api.example/a')
  })

  it('writes a multipart body with the boundary that its type names, and names one where the type has none', () => {
    const body = { kind: 'multipart' as const, parts: [row('a', 'b')] }
    const sent = (type: string) => {
      const { headers, text } = prepared({ method: 'POST', headers: [row('content-type', type)], body })
      return [headers[0]?.[1], text?.split('\r\n')[0]]
    }
    expect(sent('multipart/form-data')).toEqual(['multipart/form-data; boundary=boundary-1', '--boundary-1'])
    expect(sent('multipart/related; type=x')).toEqual([
      'multipart/related; type=x; boundary=boundary-1',
      '--boundary-1',
    ])
    expect(sent('multipart/mixed; Boundary=own')).toEqual(['multipart/mixed; Boundary=own', '--own'])
    expect(sent('multipart/mixed; boundary="o w/n"; a=b')).toEqual([
      'multipart/mixed; boundary="o w/n"; a=b',
      '--o w/n',
    ])
    expect(sent('application/x-own')).toEqual(['application/x-own', '--boundary-1'])
  })

  it('encodes each kind of body and sets its type unless it is set by hand', () => {
    const json = prepared({ method: 'POST', body: { kind: 'json', text: '{"ü":1}' } })
    expect(json).toMatchObject({
      text: '{"ü":1}',
      headers: [['Content-Type', 'application/json']],
      notes: [],
    })
    const form = prepared({
      method: 'POST',
      body: { kind: 'form', fields: [row('a', 'b c'), row('d', '&', true), row('e', 'f', false)] },
    })
    expect(form).toMatchObject({
      text: 'a=b+c&d=%26',
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    })
    const own = prepared({
      method: 'POST',
      headers: [row('content-type', 'application/merge-patch+json')],
      body: { kind: 'json', text: '{}' },
    })
    expect(own.headers).toEqual([['content-type', 'application/merge-patch+json']])
    const text = prepared({ method: 'PUT', body: { kind: 'text', text: 'x', contentType: 'text/csv' } })
    expect(text.headers).toEqual([['Content-Type', 'text/csv']])
  })

  it('says what is odd and sends it all the same', () => {
    expect(prepared({ method: 'POST', body: { kind: 'json', text: '{' } }).notes.join()).toContain(
      'not valid JSON',
    )
    expect(prepared({ body: { kind: 'json', text: '{}' } }).notes.join()).toContain('no meaning with GET')
  })

  it.each<[string, Partial<RequestDraft>, string]>([
    ['no URL', { url: 'http://' }, 'draft_url'],
    ['another scheme', { url: 'file:///etc/passwd' }, 'draft_url'],
    ['credentials', { url: 'https://u:p@api.example/' }, 'draft_url_credentials'],
    ['CONNECT', { method: 'CONNECT' }, 'draft_method'],
    ['a name with a space', { headers: [row('X Y', '1')] }, 'draft_header_name'],
    ['a name with a line break', { headers: [row('X\r\nY', '1')] }, 'draft_header_name'],
    ['a value with a line break', { headers: [row('X', 'a\r\nEvil: 1')] }, 'draft_header_value'],
    ['a value beyond Latin-1', { headers: [row('X', '→')] }, 'draft_header_value'],
    [
      'a content type with a line break',
      { method: 'PUT', body: { kind: 'text', text: '', contentType: 'a\nb' } },
      'draft_header_value',
    ],
    ['Transfer-Encoding', { headers: [row('Transfer-Encoding', 'chunked')] }, 'draft_header_forbidden'],
    ['Content-Length', { headers: [row('content-length', '5')] }, 'draft_header_forbidden'],
    ['two hosts', { headers: [row('Host', 'a'), row('host', 'b')] }, 'draft_header_forbidden'],
    [
      'a header beside an account',
      { headers: [row('authorization', 'Bearer x')], accountId: '00000000-0000-4000-8000-000000000001' },
      'draft_two_authorizations',
    ],
  ])('refuses %s', (_name, change, code) => expect(codeOf(change)).toBe(code))

  it('lets what is switched off be wrong', () => {
    expect(
      codeOf({ headers: [row('X Y', '1', false), row('Transfer-Encoding', 'x', false), row('', '')] }),
    ).toBe('ok')
  })
})

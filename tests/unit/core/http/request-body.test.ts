import { describe, expect, it } from 'vitest'
import type { FormPart, RequestBody } from '@contract/requests'
import { fileNameOf, typeOfFile } from '../../../../src/core/http/file-types.ts'
import { withoutComments } from '../../../../src/core/http/json-comments.ts'
import { encodeBody, textSent } from '../../../../src/core/http/request-body.ts'
import { resolveDraft } from '../../../../src/core/http/variables.ts'

function encoded(body: RequestBody, notes: string[] = []) {
  const result = encodeBody(body, () => 'B1', notes)
  if (!result.ok) return { code: result.error.code }
  const made = result.value
  if (made === undefined) return undefined
  return {
    contentType: made.contentType,
    text: textSent('bytes' in made ? { body: made.bytes } : { pieces: made.pieces }),
  }
}
const part = (name: string, more: Partial<FormPart> = {}): FormPart => ({
  name,
  value: '',
  enabled: true,
  ...more,
})

describe('a multipart body', () => {
  it('has each field and each file as a part, with its content type', () => {
    const parts = [
      part('note', { value: 'Grüße' }),
      part('meta', { value: '{}', contentType: 'application/json' }),
      part('off', { value: 'x', enabled: false }),
      part('files', { files: ['/tmp/a "b".png', 'C:\\docs\\c.unknown'] }),
      part('typed', { files: ['/tmp/d'], contentType: 'text/csv' }),
    ]
    expect(encoded({ kind: 'multipart', parts })).toEqual({
      contentType: 'multipart/form-data; boundary=B1',
      text: [
        '--B1\r\nContent-Disposition: form-data; name="note"\r\n\r\nGrüße',
        '--B1\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{}',
        '--B1\r\nContent-Disposition: form-data; name="files"; filename="a %22b%22.png"\r\nContent-Type: image/png\r\n\r\n[file /tmp/a "b".png]',
        '--B1\r\nContent-Disposition: form-data; name="files"; filename="c.unknown"\r\nContent-Type: application/octet-stream\r\n\r\n[file C:\\docs\\c.unknown]',
        '--B1\r\nContent-Disposition: form-data; name="typed"; filename="d"\r\nContent-Type: text/csv\r\n\r\n[file /tmp/d]',
        '--B1--\r\n',
      ].join('\r\n'),
    })
  })

  it('cannot be broken out of by a name or a type', () => {
    const parts = [part('a"\r\nX: 1\n', { value: 'v' })]
    expect(encoded({ kind: 'multipart', parts })?.text).toContain('name="a%22%0D%0AX: 1%0D%0A"')
    const bad = [part('a', { value: 'v', contentType: 'text/plain\r\nX: 1' })]
    expect(encoded({ kind: 'multipart', parts: bad })).toEqual({ code: 'draft_header_value' })
  })

  it('says which field has no file', () => {
    expect(encoded({ kind: 'multipart', parts: [part('photo', { files: [] })] })).toEqual({
      code: 'draft_no_file',
    })
  })
})

describe('other bodies', () => {
  it('are one file as it is, by its own type where none is said', () => {
    expect(encoded({ kind: 'file', path: '/tmp/a.PDF', contentType: '' })).toEqual({
      contentType: 'application/pdf',
      text: '[file /tmp/a.PDF]',
    })
    expect(encoded({ kind: 'file', path: '', contentType: '' })).toEqual({ code: 'draft_no_file' })
    expect([typeOfFile('x.constructor'), fileNameOf('a/b\\c')]).toEqual(['application/octet-stream', 'c'])
  })

  it('are a GraphQL request whose variables keep all of their digits', () => {
    expect(encoded({ kind: 'graphql', query: '{ "a" }', variables: ' {"n":12345678901234567890} ' })).toEqual(
      {
        contentType: 'application/json',
        text: '{"query":"{ \\"a\\" }","variables":{"n":12345678901234567890}}',
      },
    )
    expect(encoded({ kind: 'graphql', query: '{a}', variables: '' })?.text).toBe('{"query":"{a}"}')
    for (const variables of ['[]', '{', 'null'])
      expect(encoded({ kind: 'graphql', query: '{a}', variables })).toEqual({ code: 'draft_variables' })
  })

  it('are XML', () => {
    expect(encoded({ kind: 'xml', text: '<a/>' })).toEqual({ contentType: 'application/xml', text: '<a/>' })
  })
})

describe('comments in JSON', () => {
  it('are taken off, and nothing that only looks like one', () => {
    expect(withoutComments('{ // {{gone}}\n "a": "http://x/*no*/", /* b\n */ "n": 1e400 }')).toBe(
      '{ \n "a": "http://x/*no*/",  "n": 1e400 }',
    )
    const plain = '{"a":  "b"}\r\n'
    expect(withoutComments(plain)).toBe(plain)
  })

  it('need no variable that they mention, and no value is taken for one', () => {
    const draft = {
      method: 'POST',
      url: 'https://a.example',
      query: [],
      headers: [],
      accountId: null,
      body: { kind: 'json', text: '{"u": {{u}} // {{unknown}}\n}' } as const,
    }
    const resolved = resolveDraft(draft, new Map([['u', { value: '"//x"', secret: false }]]), 'e')
    expect(resolved).toMatchObject({ ok: true, value: { draft: { body: { text: '{"u": "//x" \n}' } } } })
  })
})

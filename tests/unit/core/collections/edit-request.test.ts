import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FormPart, Pair, RequestAuth, RequestBody } from '../../../../src/core/contract/requests.ts'
import { editRequest } from '../../../../src/core/collections/edit-request.ts'
import {
  readRequest,
  type FileDraft,
  type RequestFile,
} from '../../../../src/core/collections/read-request.ts'
import { collectionSamples } from '../../../support/collection-samples.ts'

function requestIn(text: string): RequestFile {
  const read = readRequest(text)
  if (!read.ok) throw new Error(`${read.fault.line}:${read.fault.column} ${read.fault.reason}`)
  return read.request
}

function edited(text: string, part: Partial<FileDraft>, name?: string): string {
  const request = requestIn(text)
  const answer = editRequest(request, name ?? request.head.name, { ...request.draft, ...part })
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

/** The lines in which two texts differ, those before and behind being the same. */
function difference(before: string, after: string): { gone: string[]; come: string[] } {
  const [a, b] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  return { gone: a.slice(start, a.length - end), come: b.slice(start, b.length - end) }
}

const requests = collectionSamples.filter(({ text }) => {
  const read = readRequest(text)
  return read.ok && read.request.head.kind === 'http'
})

describe('a request of a collection', () => {
  it('is found in the samples', () => expect(requests.length).toBeGreaterThan(20))

  it.each(requests)('$path stays to the byte where nothing is changed', ({ text }) => {
    expect(edited(text, {})).toBe(text)
  })

  it.each(requests)('$path differs in one line where one value is', ({ text }) => {
    const { draft } = requestIn(text)
    expect(difference(text, edited(text, { method: 'PATCH' }))).toEqual({
      gone: [`  method: ${draft.method}`],
      come: ['  method: PATCH'],
    })
    const named = difference(text, edited(text, {}, 'Another name'))
    expect(named.come).toEqual(['  name: Another name'])
    expect(named.gone).toHaveLength(1)
    const moved = difference(text, edited(text, { url: 'https://example.org/x' }))
    expect([moved.come.length, moved.gone.length]).toEqual([1, 1])
    expect(moved.come[0]).toContain('https://example.org/x')
  })

  it.each(requests)('$path gets a header, and is as before when that is gone', ({ text }) => {
    const { draft } = requestIn(text)
    const headers = [...draft.headers, { name: 'X-New', value: 'a: b', enabled: false }]
    const more = edited(text, { headers })
    expect(difference(text, more).gone).toEqual([])
    expect(edited(more, { headers: draft.headers })).toBe(text)
  })

  it('keeps comments, quoting, order and what it does not know', () => {
    const text = `# top
http: # the call
    url:    'https://example.com/a' # where
    x-ours: [1,  2]
    method: get
    headers:
    -   value: "1" # one
        name: X-One
        note: kept
    # between
    -   name: X-Two
        value: >-
            folded
            text
info: {type: http,   name: "A b"}
# end`
    const { draft } = requestIn(text)
    expect(draft.headers).toEqual([
      { name: 'X-One', value: '1', enabled: true },
      { name: 'X-Two', value: 'folded text', enabled: true },
    ])
    const headers = [
      { name: 'X-One', value: "it's", enabled: false },
      { name: 'X-Mid', value: '2', enabled: true },
      { name: 'X-Two', value: 'folded text', enabled: true },
    ]
    expect(edited(text, { url: 'https://example.com/b', headers }, 'A c')).toBe(
      text
        .replace('example.com/a', 'example.com/b')
        .replace('"A b"', '"A c"')
        .replace('value: "1" # one', 'value: "it\'s" # one')
        .replace('note: kept\n', 'note: kept\n        disabled: true\n    - name: X-Mid\n      value: "2"\n'),
    )
  })

  it('changes one line of a body alone, with the indentation of before', () => {
    const text =
      'info:\n  type: http\nhttp:\n  body:\n    type: json\n    data: |- # as sent\n         {\n           "a": 1\n         }\n  url: x\n'
    const body: RequestBody = { kind: 'json', text: '{\n  "a": 2\n}' }
    expect(edited(text, { body })).toBe(text.replace('"a": 1', '"a": 2'))
  })

  it('writes the line breaks of the file', () => {
    const text = 'info:\r\n  type: http\r\n  name: a\r\nhttp:\r\n  method: GET\r\n  url: x\r\n'
    const body: RequestBody = { kind: 'json', text: '{\n}' }
    expect(edited(text, { body })).toBe(
      `${text}  body:\r\n    type: json\r\n    data: |-\r\n      {\r\n      }\r\n`,
    )
  })

  it('has parameters in the address and as rows, as Bruno writes them', () => {
    const text =
      'info:\n  type: http\nhttp:\n  method: GET\n  url: https://a.example/x?q=1\n  params:\n    - name: q\n      value: "1"\n      type: query\n      description: what\n    - name: id\n      value: "7"\n      type: path\n'
    const { draft, kept } = requestIn(text)
    expect(draft).toMatchObject({ url: 'https://a.example/x', query: [{ name: 'q', value: '1' }] })
    expect(draft.path).toEqual([{ name: 'id', value: '7', enabled: true }])
    expect(kept).toEqual([])
    const after = edited(text, {
      query: [
        { name: 'q', value: '2', enabled: true },
        { name: 'r', value: 'a&b', enabled: true },
      ],
    })
    expect(after).toContain('url: https://a.example/x?q=2&r=a%26b\n')
    expect(after).toContain('value: "2"\n      type: query\n      description: what\n    - name: r\n')
    expect(requestIn(after).draft.query).toHaveLength(2)
  })

  it('has values for its path and variables of its own, each in the list where Bruno has it', () => {
    const text =
      'info:\n  type: http\nhttp:\n  method: GET\n  url: https://a.example/:id\n  params:\n    - name: q\n      value: "1"\n      type: query\nsettings:\n  timeout: 0\n'
    const row = (name: string, value: string, enabled = true): Pair => ({ name, value, enabled })
    const after = edited(text, {
      path: [row('id', '7')],
      variables: [row('limit', '10'), row('old', '', false)],
    })
    expect(difference(text, after)).toEqual({
      gone: [],
      come: [
        '    - name: id',
        '      value: "7"',
        '      type: path',
        'runtime:',
        '  variables:',
        '    - name: limit',
        '      value: "10"',
        '    - name: old',
        '      value: ""',
        '      disabled: true',
      ],
    })
    expect(edited(after, { path: [], variables: [] })).toBe(
      text.replace('settings:', 'runtime:\n  variables: []\nsettings:'),
    )
  })

  it('has variables with a type and with several values, of which the text alone is changed', () => {
    const text =
      'info: {type: http, name: a}\nhttp: {method: GET, url: x}\nruntime:\n  variables:\n    - name: n\n      value:\n        type: number\n        data: "42" # why\n    - name: v\n      value:\n        - {title: one, value: "1"}\n        - {title: two, value: "2", selected: true}\n    - {name: t, value: {type: boolean, data: "true"}}\n    - name: odd\n      value: {type: other, x: 1}\n'
    const { draft } = requestIn(text)
    expect(draft.variables?.map(({ name, value }) => [name, value])).toEqual([
      ['n', '42'],
      ['v', '2'],
      ['t', 'true'],
    ])
    const variables = draft.variables?.map((each) => ({ ...each, value: '9' })) ?? []
    expect(edited(text, { variables })).toBe(
      text.replace('"42"', '"9"').replace('"2", s', '"9", s').replace('"true"', '"9"'),
    )
  })

  it('has an object that Bruno wrote over several lines in one, and leaves it until it is changed', () => {
    const data =
      '|-\n          {\n            "a b": "c  \\" d",\n            "n": 1.0, "e": 1e400\n          }\n'
    const text = `info: {type: http, name: a}\nhttp: {method: GET, url: x}\nruntime:\n  variables:\n    - name: o\n      value:\n        type: object\n        data: ${data}    - name: s\n      value: |-\n        {\n        }\n`
    const { variables = [] } = requestIn(text).draft
    expect(variables.map(({ value }) => value)).toEqual(['{"a b":"c  \\" d","n":1.0,"e":1e400}', '{\n}'])
    expect(edited(text, { variables, method: 'PUT' })).toBe(text.replace('GET', 'PUT'))
    const changed = variables.map((each) => (each.name === 'o' ? { ...each, value: '{"x": 1}' } : each))
    expect(requestIn(edited(text, { variables: changed })).draft.variables).toEqual(changed)
    const odd = text.replace('"n": 1.0', 'n')
    expect(requestIn(odd).draft.variables?.[0]?.value).toContain('\n')
  })

  it('keeps rows that say nothing where others are changed', () => {
    const empty = '      description: not yet\n'
    const text = `info: {type: http, name: a}\nhttp:\n  method: GET\n  url: https://a.example/:id\n  headers:\n    - name: A\n      value: "1"\n    - name: ""\n      value: ""\n${empty}  params:\n    - name: id\n      value: "2"\n      type: path\n    - name: ""\n      value: ""\n      type: path\n${empty}runtime:\n  variables:\n    - name: v\n      value: "3"\n    - name: ""\n      value: ""\n`
    const { draft } = requestIn(text)
    const other = (rows: readonly Pair[] = []) =>
      rows.map((row) => (row.name === '' ? row : { ...row, value: '9' }))
    expect(edited(text, { url: 'https://b.example/:id' })).toBe(text.replace('a.example', 'b.example'))
    expect(edited(text, { headers: other(draft.headers) })).toBe(text.replace('"1"', '"9"'))
    expect(edited(text, { path: other(draft.path) })).toBe(text.replace('"2"', '"9"'))
    expect(edited(text, { variables: other(draft.variables) })).toBe(text.replace('"3"', '"9"'))
  })

  it('keeps the entries of a form that are no rows where the last row goes', () => {
    const text =
      'info: {type: http, name: a}\nhttp:\n  method: POST\n  url: x\n  body:\n    type: form-urlencoded\n    data:\n      - name: a\n        value: "1"\n      - note: kept\n'
    expect(edited(text, { body: { kind: 'form', fields: [] } })).toBe(
      text.replace('      - name: a\n        value: "1"\n', ''),
    )
  })

  it('leaves encodings in the address alone', () => {
    const text =
      'info:\n  type: http\nhttp:\n  method: GET\n  url: https://a.example/?q=%2F+%E9\n  params:\n    - name: q\n      value: "%2F+%E9"\n      type: query\n'
    const row = { name: 'q', value: '%2F+%E9', enabled: true }
    expect(requestIn(text).draft).toMatchObject({ url: 'https://a.example/', query: [row] })
    expect(edited(text, { method: 'POST' })).toBe(text.replace('GET', 'POST'))
    expect(edited(text, { query: [{ ...row, value: '%2f' }] })).toBe(text.replaceAll('%2F+%E9', '%2f'))
  })

  it('has the address as it is where Bruno’s rows are decoded, and leaves those that are not changed', () => {
    const text =
      'info:\n  type: http\nhttp:\n  method: GET\n  url: https://a.example/?q=a%20b&flag&&r=1\n  params:\n    - name: q\n      value: a b\n      type: query\n    - name: old\n      value: "2"\n      type: query\n      disabled: true\n    - name: flag\n      value: ""\n      type: query\n    - name: r\n      value: "1"\n      type: query\n'
    const { draft } = requestIn(text)
    expect(draft.query).toEqual([
      { name: 'q', value: 'a%20b', enabled: true },
      { name: 'old', value: '2', enabled: false },
      { name: 'flag', value: '', enabled: true, bare: true },
      { name: '', value: '', enabled: true, bare: true },
      { name: 'r', value: '1', enabled: true },
    ])
    const query = draft.query.map((row) => (row.name === 'r' ? { ...row, value: '%20' } : row))
    expect(edited(text, { query })).toBe(text.replace('r=1', 'r=%20').replace('value: "1"', 'value: "%20"'))
  })

  it('leaves rows beside an address that has none of them', () => {
    const text =
      'info:\n  type: http\nhttp:\n  method: GET\n  url: https://a.example/?a=1\n  params:\n    - name: b\n      value: "2"\n      type: query\n'
    const { draft } = requestIn(text)
    expect(draft.query.map(({ name }) => name)).toEqual(['a', 'b'])
    const query = draft.query.map((row) => (row.name === 'b' ? { ...row, value: '3' } : row))
    expect(edited(text, { query })).toBe(text.replace('"2"', '"3"'))
    expect(edited(text, { url: 'https://b.example/' })).toBe(text.replace('a.example', 'b.example'))
    const both = edited(text, { query: draft.query.slice(1) })
    expect(requestIn(both).draft.query).toEqual(draft.query.slice(1))
  })

  it('changes the address alone where the file has no rows', () => {
    const text = 'info: {type: http, name: a}\nhttp: {method: GET, url: "https://a.example/?a=1"}\n'
    expect(edited(text, { query: [{ name: 'a', value: '%2F', enabled: true }] })).toBe(
      text.replace('a=1', 'a=%2F'),
    )
  })

  it('does not change what an anchor has elsewhere', () => {
    const text = 'info: {type: http, name: a}\nhttp:\n  method: GET\n  url: &u https://a.example\nx: *u\n'
    const request = requestIn(text)
    expect(editRequest(request, 'a', { ...request.draft, url: 'https://b.example' })).toMatchObject({
      ok: false,
      error: { code: 'collection_edit' },
    })
  })

  it('names what it keeps and does not send', () => {
    const kept = Object.fromEntries(requests.map(({ path, text }) => [path, requestIn(text).kept]))
    expect(kept['all-kinds/variable-datatypes/multipart.yml']).toEqual(['scripts'])
    expect(kept['oauth1/OAuth1 HMAC-SHA1 200.yml']).toEqual(['auth (oauth1)'])
  })
})

describe('a body of each kind', () => {
  const sample = (path: string): string => collectionSamples.find((each) => each.path === path)?.text ?? ''

  it('is read from files that Bruno wrote', () => {
    expect(requestIn(sample('descriptions/multipart-with-descriptions.yml')).draft.body).toEqual({
      kind: 'multipart',
      parts: [
        { name: 'username', value: 'alice', enabled: true },
        { name: 'email', value: 'alice@example.com', enabled: true },
        { name: 'plain-field', value: 'no-desc', enabled: true },
      ],
    })
    expect(requestIn(sample('descriptions/file-with-descriptions.yml')).draft.body).toMatchObject({
      kind: 'file',
      path: expect.stringMatching(/^\/tmp\//) as string,
    })
  })

  it('keeps the description of a field whose text becomes a file', () => {
    const text = sample('descriptions/multipart-with-descriptions.yml')
    const { body } = requestIn(text).draft
    if (body.kind !== 'multipart') throw new Error('no multipart')
    const [first, ...others] = body.parts
    const changed = {
      ...first,
      name: 'photo',
      value: '',
      enabled: true,
      files: ['/tmp/a.png', '/tmp/b.png'],
      contentType: 'image/png',
    }
    expect(difference(text, edited(text, { body: { ...body, parts: [changed, ...others] } }))).toEqual({
      gone: [
        '      - name: username',
        '        type: text',
        '        value: alice',
        '        description: Single-line field desc',
      ],
      come: [
        '      - name: photo',
        '        type: file',
        '        value:',
        '          - /tmp/a.png',
        '          - /tmp/b.png',
        '        description: Single-line field desc',
        '        contentType: image/png',
      ],
    })
  })

  it('changes the selected file alone', () => {
    const text = sample('descriptions/file-with-descriptions.yml')
    const { body } = requestIn(text).draft
    if (body.kind !== 'file') throw new Error('no file')
    const { gone, come } = difference(text, edited(text, { body: { ...body, path: '/tmp/new.bin' } }))
    expect(gone).toHaveLength(1)
    expect(come).toEqual(['      - filePath: /tmp/new.bin'])
  })

  it('makes a GraphQL request of one, and back', () => {
    const text = 'info:\n  name: a\n  type: http\n\nhttp:\n  method: POST # note\n  url: https://a.example\n'
    const made = edited(text, { body: { kind: 'graphql', query: '{ me { id } }', variables: '' } })
    expect(made).toBe(
      'info:\n  name: a\n  type: graphql\n\ngraphql:\n  method: POST # note\n  url: https://a.example\n  body:\n    query: "{ me { id } }"\n    variables: ""\n',
    )
    expect(requestIn(made)).toMatchObject({ head: { kind: 'graphql' }, kept: [] })
    expect(edited(made, { body: { kind: 'json', text: '{}' } })).toContain('type: http\n\nhttp:')
  })

  it('sends a GraphQL request without a method by POST', () => {
    const text =
      'info: {type: graphql, name: a}\ngraphql:\n  url: https://a.example\n  body: {query: "{ a }"}\n'
    expect(requestIn(text).draft).toMatchObject({
      method: 'POST',
      body: { kind: 'graphql', query: '{ a }', variables: '' },
    })
  })
})

describe('auth', () => {
  const withAuth = (auth: string): string =>
    `info:\n  name: a\n  type: http\nhttp:\n  method: GET\n  url: https://a.example\n${auth}`

  it.each<[string, RequestAuth]>([
    ['  auth: inherit\n', { kind: 'inherit' }],
    ['  auth:\n    type: bearer\n    token: "{{t}}"\n', { kind: 'bearer', token: '{{t}}' }],
    ['  auth: {type: basic, username: u, password: p}\n', { kind: 'basic', username: 'u', password: 'p' }],
    [
      '  auth:\n    type: apikey\n    key: X\n    value: v\n    placement: query\n',
      { kind: 'apikey', key: 'X', value: 'v', placement: 'query' },
    ],
    [
      '  auth:\n    type: oauth2\n    flow: client_credentials\n    accessTokenUrl: https://i.example/t\n    credentials:\n      clientId: c\n      placement: body\n',
      {
        kind: 'client-credentials',
        tokenUrl: 'https://i.example/t',
        clientId: 'c',
        clientSecret: '',
        scope: '',
        placement: 'body',
      },
    ],
  ])('is read: %s', (text, auth) => {
    expect(requestIn(withAuth(text)).draft.auth).toEqual(auth)
    expect(edited(withAuth(text), {})).toBe(withAuth(text))
  })

  it.each(['ntlm', 'wsse', 'oauth1'])('keeps what it does not send, and says so: %s', (type) => {
    const text = withAuth(`  auth:\n    type: ${type}\n    username: u # mine\n`)
    expect(requestIn(text)).toMatchObject({ kept: [`auth (${type})`] })
    expect(edited(text, { method: 'PUT' })).toBe(text.replace('GET', 'PUT'))
  })

  it('changes one value, and keeps what it does not know', () => {
    const text = withAuth('  auth:\n    type: basic # who\n    username: u\n    password: ""\n    realm: x\n')
    expect(edited(text, { auth: { kind: 'basic', username: 'v', password: '' } })).toBe(
      text.replace('username: u', 'username: v'),
    )
    expect(edited(text, { auth: undefined })).toBe(withAuth(''))
  })
})

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    'a',
    '{{v}}',
    'true',
    '1',
    '~',
    '- x',
    'a: b',
    'a #b',
    ' lead',
    "it's",
    '"q"',
    'x\ny',
    '%',
    '\u00a0',
    'a\u2003',
    '&a',
    '*a',
    '[',
    ',',
  ),
)
const line = word.map((text) => text.replace(/[\r\n]/g, ' '))
const rows: fc.Arbitrary<Pair[]> = fc.array(fc.record({ name: line, value: word, enabled: fc.boolean() }), {
  maxLength: 4,
})
const parts: fc.Arbitrary<FormPart[]> = fc.array(
  fc.oneof(
    fc.record({ name: line, value: word, enabled: fc.boolean() }),
    fc.record({
      name: line,
      value: fc.constant(''),
      enabled: fc.boolean(),
      files: fc.array(line, { maxLength: 3 }),
      contentType: fc.constantFrom('image/png', 'text/plain; charset=utf-8'),
    }),
  ),
  { maxLength: 4 },
)
const content = fc.oneof(
  word,
  fc.array(line, { maxLength: 5 }).map((lines) => lines.join('\n')),
)
const body: fc.Arbitrary<RequestBody> = fc.oneof(
  fc.constant<RequestBody>({ kind: 'none' }),
  content.map((text): RequestBody => ({ kind: 'json', text })),
  fc.record({
    kind: fc.constant('text' as const),
    text: content,
    contentType: fc.constantFrom('text/plain', 'text/csv', 'application/xml'),
  }),
  content.map((text): RequestBody => ({ kind: 'xml', text })),
  rows.map((fields): RequestBody => ({ kind: 'form', fields })),
  parts.map((each): RequestBody => ({ kind: 'multipart', parts: each })),
  fc.record({ kind: fc.constant('file' as const), path: line, contentType: line }),
  fc.record({ kind: fc.constant('graphql' as const), query: content, variables: content }),
)
const auth: fc.Arbitrary<RequestAuth | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constant<RequestAuth>({ kind: 'inherit' }),
  word.map((token): RequestAuth => ({ kind: 'bearer', token })),
  fc.record({ kind: fc.constantFrom('basic' as const, 'digest' as const), username: word, password: word }),
  fc.record({
    kind: fc.constant('apikey' as const),
    key: word,
    value: word,
    placement: fc.constantFrom('header' as const, 'query' as const, 'cookie' as const),
  }),
  fc.record({
    kind: fc.constant('awsv4' as const),
    accessKeyId: word,
    secretAccessKey: word,
    sessionToken: word,
    service: word,
    region: word,
  }),
  fc.record({
    kind: fc.constant('client-credentials' as const),
    tokenUrl: word,
    clientId: word,
    clientSecret: word,
    scope: word,
    placement: fc.constantFrom('header' as const, 'body' as const),
  }),
)

describe('any change', () => {
  it('is written so that it is read as it was meant, and back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...requests),
        fc.record(
          {
            method: fc.constantFrom('GET', 'POST', 'QUERY'),
            url: line.map((text) => text.trim()),
            query: rows,
            headers: rows,
            path: rows,
            variables: rows,
            body,
            auth,
          },
          { requiredKeys: [] },
        ),
        line,
        ({ text }, part, name) => {
          // `editRequest` reads again what it writes and refuses anything else; a refusal is what must not be.
          const once = edited(text, part, name)
          const { draft, head } = requestIn(text)
          const back = edited(once, { path: [], variables: [], auth: undefined, ...draft }, head.name)
          expect(requestIn(back).draft).toEqual(draft)
        },
      ),
      { numRuns: 300 },
    )
    // Three hundred files are edited twice: seconds on an idle computer, more on a busy one.
  }, 120_000)

  it('of a file that was damaged is told with its place, or is right; no comment is lost', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...collectionSamples),
        fc.array(
          fc.record({
            at: fc.nat(),
            remove: fc.integer({ min: 0, max: 12 }),
            put: fc.oneof(
              word,
              fc.constantFrom(
                '\n',
                '  ',
                '\t',
                ': ',
                '- ',
                '# note\n',
                '&a ',
                '*a',
                '|',
                '>',
                '"',
                "'",
                '{',
                '}',
                '? ',
              ),
            ),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        ({ text }, damages) => {
          const broken = damages.reduce((whole, { at, remove, put }) => {
            const place = at % (whole.length + 1)
            return whole.slice(0, place) + put + whole.slice(place + remove)
          }, text)
          const read = readRequest(broken)
          if (!read.ok) {
            expect(read.fault.reason).not.toBe('')
            const lines = broken.split('\n')
            expect(read.fault.line).toBeLessThanOrEqual(lines.length)
            expect(read.fault.column).toBeLessThanOrEqual((lines[read.fault.line - 1] ?? '').length + 1)
            return
          }
          const { request } = read
          const answer = editRequest(request, request.head.name, { ...request.draft, method: 'PURGE' })
          if (!answer.ok) return
          const comments = broken.match(/^#.*$/gm) ?? []
          for (const comment of comments) expect(answer.value).toContain(comment)
          expect(difference(broken, answer.value).gone.length).toBeLessThanOrEqual(1)
        },
      ),
      { numRuns: 1_500 },
    )
  })
})

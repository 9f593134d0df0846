import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatQuery } from '../../../../src/renderer/src/lib/graphql/format-query.ts'

const untouched = (text: string): string => text.replace(/[\s,]/g, '')

describe('a query', () => {
  it('is laid out with its comments, variables and names', async () => {
    const query =
      '# First\nquery Q($id:ID!,$n:Int=5 # how many\n){user(id:$id){...F # all of it\n name friends(first:{{n}},after:"{{ $uuid }}, é"){id}}}\nfragment F on User{id,name}#end'
    const laidOut = await formatQuery(query)
    expect(laidOut).toBe(
      `# First
query Q(
  $id: ID!
  $n: Int = 5 # how many
) {
  user(id: $id) {
    ...F # all of it
    name
    friends(first: {{n}}, after: "{{ $uuid }}, é") {
      id
    }
  }
}
fragment F on User {
  id
  name
} #end`,
    )
    expect(untouched(laidOut ?? '')).toBe(untouched(query))
    expect(await formatQuery(laidOut ?? '')).toBe(laidOut)
  })

  it('stays as it is where it has a fault, is too long, or would lose something', async () => {
    for (const query of ['{ me { nam }', '{{n}', 'gatehouse_mark_0_ {{n}}', '"\\u{D800}"'])
      expect(await formatQuery(query)).toBeNull()
    expect(await formatQuery(`{ a # ${'x'.repeat(200_000)}\n }`)).toBeNull()
  })

  it('loses nothing, whatever it is', async () => {
    const part = fc.constantFrom(
      ...[
        '{',
        '}',
        '(',
        ')',
        ':',
        ',',
        '\n',
        ' ',
        '#c\n',
        '# {{a}} ,\n',
        'a',
        'b_1',
        '$v',
        '@d',
        '...',
        'on',
        'query',
      ],
      ...[
        '"t"',
        '"a\\"b"',
        '"""block\n  text"""',
        '[',
        ']',
        '1',
        '-2.5e3',
        '{{a}}',
        '{{ $uuid }}',
        '!',
        '=',
        '|',
        '&',
      ],
      ...[
        'fragment F on T',
        'mutation M',
        '{ a b }',
        '{ a(x: {{a}}) # c\n }',
        'type T { a: B }',
        '\ufeff',
        '\r\n',
      ],
    )
    let formatted = 0
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 14 }), async (parts) => {
        const query = parts.join(' ')
        const laidOut = await formatQuery(query)
        if (laidOut === null) return
        formatted += 1
        expect(untouched(laidOut).replace(/\ufeff/g, '')).toBe(untouched(query).replace(/\ufeff/g, ''))
      }),
      { numRuns: 500 },
    )
    expect(formatted).toBeGreaterThan(5)
  })
})

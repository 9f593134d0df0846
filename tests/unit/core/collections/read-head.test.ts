import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headOf, readHead } from '../../../../src/core/collections/read-head.ts'
import { readYaml } from '../../../../src/core/collections/yaml-file.ts'
import { collectionSamples } from '../../../support/collection-samples.ts'

const requests = collectionSamples.filter(({ text }) => text.startsWith('info:'))

describe('a look at the first lines', () => {
  it('is enough for nearly all files that tools wrote', () => {
    const missed = requests.filter(({ path, text }) => !readHead(text) && !path.endsWith('folder.yml'))
    expect(missed.map(({ path }) => path)).toEqual([])
  })

  it.each(['   more\n', '\n   more\n', '    more'])(
    'is not enough where the method goes on: %j',
    (further) => {
      const text = `info:\n  name: a\n  type: http\nhttp:\n  method: GET\n${further}`
      expect(readHead(text)).toBeUndefined()
    },
  )

  it('says what reading the whole file says, however it is changed', () => {
    const pieces = [
      '  tags:\n    - a\n',
      '  tags:\n    - a\n    - "b c"\n    - a\n',
      '    - more\n',
      '  tags: [x]\n',
      '  tags:\n  - x\n',
      '  tags:\n      - true\n',
      '  type: grpc\n',
      '  name: true\n',
      '# c\n',
      '  name: "a"\n',
      '  seq: x\n',
      'http:\n',
      '   more\n',
      ' ',
      'é',
      '  name: a: b\n',
      '  method: post\n',
      '|',
      "'",
      '\n',
      '  description: |\n    x\n',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...requests),
        fc.array(
          fc.record({
            at: fc.nat(200),
            remove: fc.integer({ min: 0, max: 8 }),
            put: fc.constantFrom('', ...pieces),
          }),
          { maxLength: 3 },
        ),
        ({ text }, changes) => {
          const changed = changes.reduce((whole, { at, remove, put }) => {
            const place = at % (whole.length + 1)
            return whole.slice(0, place) + put + whole.slice(place + remove)
          }, text)
          const glanced = readHead(changed)
          const read = readYaml(changed)
          if (glanced && read.ok) expect(headOf(read.file)).toEqual(glanced)
        },
      ),
      { numRuns: 3_000 },
    )
  })
})

describe('a file of a collection', () => {
  it.each([
    ['', 1, 1, 'The file is empty.'],
    ['- a\n', 1, 1, 'Names with values are expected here.'],
    ['info:\n  name: a\n  name: b\n', 3, 3, '“name” appears twice.'],
    ['info:\n\tname: a\n', 2, 1, 'This is indented with a tab; use spaces.'],
    ['info: {name: a\n', 2, 1, 'The indentation does not match, or a bracket is not closed.'],
    ['a: 1\n---\nb: 2\n', 2, 1, 'The file has more than one document.'],
    [`a: ${'['.repeat(100)}${']'.repeat(100)}`, 1, 64, 'This is nested more than 60 levels deep.'],
    [`a: &a 1\nb: [${'*a,'.repeat(101)}]`, 2, 5, 'There are more than 100 aliases.'],
    [`a: [${'1,'.repeat(30_000)}]`, 1, 1, 'The file has too many entries to be read as a request.'],
    ['x'.repeat(1_048_577), 1, 1, 'The file is larger than 1 MB, too large for a request.'],
  ])('%.20j is refused with its place and the reason', (text, line, column, reason) => {
    expect(readYaml(text)).toEqual({ ok: false, fault: { line, column, reason } })
  })

  it('may have a long body, as block or quoted text', () => {
    const body = '      {"a": [1, 2, {"b": "c: d"}]},\n'.repeat(20_000)
    expect(readYaml(`http:\n  body:\n    data: |-\n${body}  url: x\n`)).toMatchObject({ ok: true })
    expect(readYaml(`http:\n  body: '${body.trim()}'\n  url: x\n`)).toMatchObject({ ok: true })
  })
})

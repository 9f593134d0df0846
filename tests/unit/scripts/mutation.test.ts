import { describe, expect, it } from 'vitest'
import { strykerPlugins } from '../../../scripts/mutation/prose.mjs'
import { survivors, tally } from '../../../scripts/mutation/tally.mjs'

const at = (line: number, from: number, to: number) => ({
  start: { line, column: from },
  end: { line, column: to },
})
const mutant = (status: string, line = 1, replacement = 'false') => ({
  status,
  mutatorName: 'ConditionalExpression',
  replacement,
  location: at(line, 5, 6),
})
const report = (...mutants: ReturnType<typeof mutant>[]) => ({
  files: { 'src/a.ts': { source: 'if (a) {}\nif (b) {}\n', mutants } },
})

describe('the tally of deliberate faults', () => {
  it('counts those that a test found against all that could be judged', () => {
    const counted = tally(
      report(
        ...['Killed', 'Killed', 'Timeout', 'Survived', 'NoCoverage'].map((status) => mutant(status)),
        ...['Ignored', 'CompileError', 'RuntimeError'].map((status) => mutant(status)),
      ),
    )
    expect(counted).toEqual({ found: 3, alive: 1, unseen: 1, score: 60 })
  })

  it('is whole where there was nothing to judge', () => {
    expect(tally({ files: {} }).score).toBe(100)
  })

  it('lists what lives in the order of the source, with what was there', () => {
    expect(
      survivors(report(mutant('Survived', 2, 'true'), mutant('Killed'), mutant('NoCoverage', 1))),
    ).toEqual([
      { file: 'src/a.ts', line: 1, original: 'a', fault: 'false' },
      { file: 'src/a.ts', line: 2, original: 'b', fault: 'true' },
    ])
  })
})

describe('what is left alone as the wording of a sentence', () => {
  const [plugin] = strykerPlugins
  const judge = (node: Parameters<NonNullable<typeof plugin>['value']['shouldIgnore']>[0]['node']) =>
    plugin?.value.shouldIgnore({ node }) !== undefined
  const text = (value: string) => judge({ type: 'StringLiteral', value })

  it('is sentences, and no code, name, separator or address', () => {
    expect(text('The password is longer.')).toBe(true)
    expect(text('Expired.')).toBe(false)
    for (const value of ['token_type_unknown', 'exp', ' ', ', ', '', 'Bearer ', 'https://a.example/b'])
      expect(text(value), value).toBe(false)
    expect(
      judge({
        type: 'TemplateLiteral',
        quasis: [{ value: { raw: 'Within the ' } }, { value: { raw: '.' } }],
      }),
    ).toBe(true)
    expect(
      judge({ type: 'TemplateLiteral', quasis: [{ value: { raw: '' } }, { value: { raw: '_missing' } }] }),
    ).toBe(false)
    expect(judge({ type: 'NumericLiteral', value: 3 })).toBe(false)
  })
})

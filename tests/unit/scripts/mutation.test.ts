import { readdirSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { describe, expect, it } from 'vitest'
import { strykerPlugins } from '../../../scripts/mutation/prose.mjs'
import { choose, draw, interval, soFar } from '../../../scripts/mutation/draw.mjs'
import { rooms } from '../../../scripts/mutation/rooms.mjs'
import { judge } from '../../../scripts/mutation/tally.mjs'
import { distances, findTests } from '../../../scripts/mutation/units/test-files.mjs'

const at = (line: number, from: number, to: number) => ({
  start: { line, column: from },
  end: { line, column: to },
})
const mutant = (status: string, line = 1, replacement = 'false', id = `${status} ${line}`) => ({
  id,
  status,
  mutatorName: 'ConditionalExpression',
  replacement,
  location: at(line, 5, 6),
})
const report = (...mutants: ReturnType<typeof mutant>[]) => ({
  files: { 'src/a.ts': { source: 'if (a) {}\nif (b) {}\n', mutants } },
})
const excuse = { file: 'src/a.ts', at: 'if (b) {}', original: 'b', fault: 'true', why: 'the same' }

describe('the tally of deliberate faults', () => {
  it('counts those that a test found against all that could be judged', () => {
    const all = [
      'Killed',
      'Killed',
      'Timeout',
      'Survived',
      'NoCoverage',
      'Ignored',
      'CompileError',
      'RuntimeError',
    ]
    const counted = judge(report(...all.map((status) => mutant(status))))
    expect(counted).toMatchObject({ found: 3, alive: 1, unseen: 1, excused: 0, score: 60 })
    expect(counted.files).toMatchObject({ 'src/a.ts': { found: 3, alive: 1, unseen: 1, score: 60 } })
  })

  it('is whole where there was nothing to judge', () => {
    expect(judge({ files: {} }).score).toBe(100)
  })

  it('lists what lives in the order of the source, with what was there', () => {
    const { survivors } = judge(
      report(mutant('Survived', 2, 'true'), mutant('Killed'), mutant('NoCoverage', 1)),
    )
    expect(survivors).toEqual([
      { file: 'src/a.ts', line: 1, at: 'if (a) {}', original: 'a', fault: 'false', seen: false },
      { file: 'src/a.ts', line: 2, at: 'if (b) {}', original: 'b', fault: 'true', seen: true },
    ])
  })

  it('counts only what was drawn', () => {
    const all = report(
      mutant('Killed', 1, 'a', '1'),
      mutant('Survived', 1, 'b', '2'),
      mutant('Survived', 2, 'c', '3'),
    )
    expect(judge(all, { drawn: ['1', '3'] })).toMatchObject({ found: 1, alive: 1, score: 50 })
  })

  it('leaves out what may live, and says which excuse fits nothing any more', () => {
    const gone = { ...excuse, at: 'if (c) {}' }
    const elsewhere = { ...excuse, file: 'src/b.ts' }
    const judged = judge(report(mutant('Survived', 2, 'true'), mutant('Killed')), {
      excuses: [excuse, gone, elsewhere],
    })
    expect(judged).toMatchObject({
      found: 1,
      alive: 0,
      excused: 1,
      score: 100,
      survivors: [],
      misfits: [gone],
    })
  })

  it('does not excuse another fault at the same place', () => {
    const judged = judge(report(mutant('Survived', 2, 'false')), { excuses: [excuse] })
    expect(judged).toMatchObject({ alive: 1, excused: 0, misfits: [excuse] })
  })
})

describe('a sample', () => {
  const all = Array.from({ length: 100 }, (_, each) => each)

  it('is as large as asked, without repetition, and the same for the same seed', () => {
    const drawn = draw(all, 40, 7)
    expect(new Set(drawn).size).toBe(40)
    expect(draw(all, 40, 7)).toEqual(drawn)
    expect(draw(all, 40, 8)).not.toEqual(drawn)
    expect([...draw(all, 200, 7)].sort((a, b) => a - b)).toEqual(all)
  })

  it('takes each as often as any other', () => {
    const times = all.map(() => 0)
    for (let seed = 0; seed < 2000; seed++)
      for (const each of draw(all, 10, seed)) times[each] = (times[each] ?? 0) + 1
    // 200 are expected, with a deviation of about 13.
    expect(Math.min(...times)).toBeGreaterThan(140)
    expect(Math.max(...times)).toBeLessThan(260)
  })

  it('says between which shares the true one lies', () => {
    const [low, high] = interval(85, 100)
    expect(low).toBeCloseTo(76.7, 1)
    expect(high).toBeCloseTo(90.7, 1)
    expect(interval(10, 10)[1]).toBeCloseTo(100)
    expect(interval(0, 0)).toEqual([0, 100])
  })
})

describe('the plan of a run', () => {
  const planned = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      plan: 'Run',
      mutant: { id: `${at}` },
      runOptions: { reloadEnvironment: at % 2 === 0 },
    }))

  it('asks only what was drawn, and nothing at the end because of when it acts', () => {
    const plans = planned(100)
    const drawn = choose(plans, { sample: 30, seed: 7 })
    expect(plans).toHaveLength(100)
    expect(plans.slice(0, 30).map(({ mutant }) => mutant.id)).toEqual(drawn)
    expect(plans.filter(({ plan }) => plan === 'Run')).toEqual(plans.slice(0, 30))
    expect(plans.slice(0, 30).every(({ runOptions }) => !runOptions.reloadEnvironment)).toBe(true)
    for (const { plan, mutant } of plans.slice(30))
      expect({ plan, mutant }).toMatchObject({ plan: 'EarlyResult', mutant: { status: 'Ignored' } })
  })

  it('is the whole one in any order without a sample, and asks nothing that is to be left alone', () => {
    const plans = [...planned(50), { plan: 'EarlyResult', mutant: { id: 'prose', status: 'Ignored' } }]
    const drawn = choose(plans, { sample: 0, seed: 1 })
    expect(drawn).not.toEqual(planned(50).map(({ mutant }) => mutant.id))
    expect(new Set(drawn)).toEqual(new Set(planned(50).map(({ mutant }) => mutant.id)))
  })

  it('tells in its middle what the whole will come to', () => {
    const told = soFar({ found: 90, asked: 100, seen: 600, unseen: 400 })
    expect(told).toMatch(/^100 of 600 asked, 90 found; 400 seen by no test: 54\.0 % /)
    expect(soFar({ found: 0, asked: 0, seen: 0, unseen: 0 })).toContain('0.0 %')
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

it.each(Object.entries(rooms))(
  'every file of the room %s with code in it is reached by a test',
  (_room, { mutate, tests }) => {
    const root = process.cwd()
    const reached = new Set(findTests(root, tests).flatMap((test) => [...distances(root, test).keys()]))
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .map((file) => join('src', file))
      .filter((file) => mutate.some((glob) => matchesGlob(file, glob)) && !reached.has(join(root, file)))
    // Types alone are imported as such, and hold no fault.
    expect(
      files.filter((file) => /^(?:export )?(?:async )?(?:function|const) /m.test(readFileSync(file, 'utf8'))),
    ).toEqual([])
  },
)

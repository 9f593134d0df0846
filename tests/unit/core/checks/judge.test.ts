import { query, type JsonValue } from 'jsonpath-rfc9535'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Check, CheckResult } from '@contract/sending/checks'
import { checkOperators } from '@contract/tables/check-operators'
import { isHeavy, judgeChecks } from '../../../../src/core/checks/judge.ts'
import type { JudgedAnswer } from '../../../../src/core/checks/look.ts'

const answer: JudgedAnswer = {
  status: 200,
  statusText: 'OK',
  url: 'https://api.example/orders',
  headers: [
    ['Content-Type', 'application/json'],
    ['X-Page', '3'],
    ['Vary', 'a'],
    ['vary', 'b'],
  ],
  time: 120.4,
  body: JSON.stringify({
    items: [
      { id: 7, name: 'tea', tags: ['a', 'b'], price: 2.5, sold: true, note: null },
      { id: 8, name: '5', tags: [], price: 4, sold: false },
    ],
    'odd name': 'x',
    constructorless: {},
  }),
}

function judge(
  expression: string,
  operator: string,
  value = '',
  seen: Partial<JudgedAnswer> = {},
): CheckResult {
  const [result] = judgeChecks(
    [{ expression, operator, value, enabled: true }],
    { ...answer, ...seen },
    (body, path) => query(body as JsonValue, path),
  )
  if (!result) throw new Error('no result')
  return result
}
const outcome = (...asked: Parameters<typeof judge>) => judge(...asked).outcome

describe('parts of a response', () => {
  it.each([
    ['res.status', '200'],
    ['res.getStatus()', '200'],
    ['res.statusText', 'OK'],
    ['res.url', 'https://api.example/orders'],
    ['res.responseTime', '120'],
    ['res.headers["content-type"]', 'application/json'],
    ["res.headers['Content-Type']", 'application/json'],
    ['res.headers.vary', 'a, b'],
    ["res.getHeader('x-page')", '"3"'],
    ['res.body.items[0].id', '7'],
    ['res.body.items.length', '2'],
    ['res.body.items[1].name.length', '1'],
    ["res.body['odd name']", 'x'],
    ['res.body?.items?.[1].name', '"5"'],
    ['res.getBody().items[0].sold', 'true'],
    ["res('items[0].name')", 'tea'],
    ['$.items[0].id', '7'],
    ["$['odd name']", 'x'],
    ['$.items[?@.price > 3].id', '8'],
  ])('%s', (expression, value) => {
    expect(judge(expression, 'eq', value)).toMatchObject({ outcome: 'passed', expected: value })
  })

  it.each(['res.body.toString', 'res.body.__proto__', 'res.body.items[9].id', 'res.headers.none', '$.none'])(
    '%s is not there',
    (expression) => {
      expect(outcome(expression, 'isUndefined')).toBe('passed')
      expect(judge(expression, 'isDefined')).toMatchObject({ outcome: 'failed', actual: 'not there' })
    },
  )

  it.each(['process.exit()', 'res.body.items.map(x => x)', 'res.body[', 'req.url', '', 'bru.getVar("a")'])(
    '%s is never run, and not judged',
    (expression) => {
      expect(judge(expression, 'eq', '1')).toMatchObject({
        outcome: 'not-judged',
        reason: expect.stringContaining('res.status'),
      })
    },
  )

  it('says which text is no JSONPath, and that a body is no JSON', () => {
    expect(judge('$.items[', 'isDefined')).toMatchObject({ outcome: 'not-judged' })
    expect(judge('$.a', 'eq', '1', { body: '<html>' })).toMatchObject({
      outcome: 'failed',
      reason: 'The body is not JSON.',
    })
    expect(judge('res.body', 'eq', 'plain', { body: 'plain' }).outcome).toBe('passed')
    expect(judge('res.body.a', 'eq', '1', { body: undefined, bodyMissing: 'Too large.' })).toMatchObject({
      outcome: 'not-judged',
      reason: 'Too large.',
    })
  })
})

describe('operators', () => {
  it.each<[string, string, string, boolean]>([
    ['res.status', 'eq', '201', false],
    ['res.status', 'neq', '201', true],
    ['res.status', 'gt', '199', true],
    ['res.status', 'gte', '200', true],
    ['res.status', 'lt', '200', false],
    ['res.status', 'lte', '200', true],
    ['res.headers["x-page"]', 'gt', '2', true],
    ['res.status', 'in', '200, 201', true],
    ['res.status', 'in', '[404,500]', false],
    ['res.status', 'notIn', '404', true],
    ['res.status', 'between', '200, 299', true],
    ['res.status', 'between', '300,399', false],
    ['res.body.items[0].tags', 'contains', 'a', true],
    ['res.headers["content-type"]', 'contains', 'json', true],
    ['res.headers["content-type"]', 'notContains', 'xml', true],
    ['res.body.items', 'length', '2', true],
    ['res.body.items[0].name', 'matches', '^t', true],
    ['res.body.items[0].name', 'matches', '/^T/i', true],
    ['res.body.items[0].name', 'notMatches', '^T', true],
    ['res.body.items[0].name', 'startsWith', 'te', true],
    ['res.body.items[0].name', 'endsWith', 'ea', true],
    ['res.body.items[1].tags', 'isEmpty', '', true],
    ['res.body.items[0].tags', 'isNotEmpty', '', true],
    ['res.body.items[0].note', 'isNull', '', true],
    ['res.body.items[0].sold', 'isTruthy', '', true],
    ['res.body.items[1].sold', 'isFalsy', '', true],
    ['res.body', 'isJson', '', true],
    ['res.body.items[0].id', 'isNumber', '', true],
    ['res.body.items[0].name', 'isString', '', true],
    ['res.body.items[0].sold', 'isBoolean', '', true],
    ['res.body.items', 'isArray', '', true],
    ['res.body.items[0].price', 'isArray', '', false],
  ])('%s %s %s', (expression, operator, value, passes) => {
    expect(outcome(expression, operator, value)).toBe(passes ? 'passed' : 'failed')
  })

  it('knows a refusal', () => {
    expect(outcome('refused', 'in', '401, 403')).toBe('failed')
    expect(outcome('refused', 'in', '401, 403', { status: 403 })).toBe('passed')
    expect(outcome('refused', 'eq', '401', { status: 403 })).toBe('failed')
  })

  it('says where the kind alone differs, and never takes a number for its neighbour', () => {
    expect(judge('res.body.items[1].name', 'eq', '5')).toMatchObject({
      outcome: 'failed',
      reason: 'The response contains text. Put the expected value in quotes.',
    })
    const large = { body: '{"id":9007199254740993}' }
    expect(judge('res.body.id', 'eq', '9007199254740992', large)).toMatchObject({
      outcome: 'failed',
      reason: 'The number is too large to be compared exactly.',
    })
  })

  it('keeps what it does not know, and does not judge it', () => {
    expect(judge('res.status', 'roughly', '200')).toMatchObject({ outcome: 'not-judged' })
    expect(judge('res.body.items[0].name', 'matches', '(')).toMatchObject({ outcome: 'not-judged' })
  })

  it('leaves out what is switched off', () => {
    const off: Check = { expression: 'res.status', operator: 'eq', value: '1', enabled: false }
    expect(judgeChecks([off], answer)).toEqual([])
  })

  it('answers to anything, and each operator for itself', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `res.body.${text}`),
          fc.constantFrom('res.status', 'res.body'),
        ),
        fc.oneof(fc.constantFrom(...checkOperators), fc.string()),
        fc.string(),
        fc.json(),
        (expression, operator, value, body) => {
          const result = judge(expression, operator, value, { body })
          expect(['passed', 'failed', 'not-judged']).toContain(result.outcome)
        },
      ),
      { numRuns: 300 },
    )
  })
})

it('knows what may take long', () => {
  expect(isHeavy({ expression: 'res.status', operator: 'eq' })).toBe(false)
  expect(isHeavy({ expression: 'res.status', operator: 'matches' })).toBe(true)
  expect(isHeavy({ expression: '$.a', operator: 'eq' })).toBe(true)
  expect(isHeavy({ expression: 'res.body', operator: 'eq' })).toBe(true)
})

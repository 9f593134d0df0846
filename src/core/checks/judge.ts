import type { Check, CheckResult } from '@contract/sending/checks'
import { defined } from '@contract/defined'
import { checkOperatorTable, type CheckOperator } from '@contract/tables/check-operators'
import { keyIn } from '@contract/tables/keys-of'
import { readExpression } from './expression.ts'
import { bodyOf, lookAt, unknownPart, type Body, type FindByPath, type JudgedAnswer } from './look.ts'
import { wantedList, wantedPattern, wantedValue } from './wanted-value.ts'

/** A check whose variables are filled in; `unfit`: why it cannot be judged. */
export type ResolvedCheck = Check & { unfit?: string }

/** What is asked of whoever judges beside the main thread. */
export interface Judging {
  checks: readonly ResolvedCheck[]
  answer: Omit<JudgedAnswer, 'body'>
  body?: { bytes: Uint8Array; contentType: string }
}

/** Whether judging takes time that cannot be known: a body to be read, a pattern, a path. */
export function isHeavy({ expression, operator }: Pick<Check, 'expression' | 'operator'>): boolean {
  const part = readExpression(expression)?.part
  return part === 'body' || part === 'json-path' || operator === 'matches' || operator === 'notMatches'
}

/** Judges the checks that are switched on. Whoever has heavy ones does it where it may take time. */
export function judgeChecks(
  checks: readonly ResolvedCheck[],
  answer: JudgedAnswer,
  findByPath?: FindByPath,
): CheckResult[] {
  const body = bodyOf(answer.body)
  return checks
    .filter(({ enabled }) => enabled)
    .map((check) => {
      const { expression, operator } = check
      try {
        return judge(check, answer, body, findByPath)
      } catch {
        return { expression, operator, ...notJudged('The response is nested too deeply.') }
      }
    })
}

/** One that was not judged. */
export function unjudged({ expression, operator, value }: Check, reason: string): CheckResult {
  return { expression, operator, ...notJudged(reason), ...defined({ expected: expectedOf(operator, value) }) }
}

function judge(
  check: ResolvedCheck,
  answer: JudgedAnswer,
  body: Body,
  findByPath: FindByPath | undefined,
): CheckResult {
  const { expression, operator, value, unfit } = check
  if (unfit !== undefined) return unjudged(check, unfit)
  const known = keyIn(checkOperatorTable, operator)
  if (known === undefined) return unjudged(check, `Gatehouse does not know the operator “${operator}”.`)
  const looked = readExpression(expression)
  if (looked === undefined) return unjudged(check, unknownPart)
  const found = lookAt(looked, answer, body, findByPath)
  if ('reason' in found) return unjudged(check, found.reason)
  const actual = found.value
  const said = compare(known, actual, value)
  const base = { expression, operator, ...defined({ expected: expectedOf(operator, value) }) }
  if (said === undefined) return { ...base, ...notJudged('The value is not a regular expression.') }
  const reason = said ? undefined : (found.note ?? mismatch(known, actual, value))
  return { ...base, outcome: said ? 'passed' : 'failed', actual: shown(actual), ...defined({ reason }) }
}

/** Whether it is as expected; nothing where what is expected is no regular expression. */
function compare(operator: CheckOperator, actual: unknown, text: string): boolean | undefined {
  const { takes } = checkOperatorTable[operator]
  if (takes === 'nothing') return tests[operator as Alone](actual)
  if (takes === 'pattern') {
    const pattern = wantedPattern(text)
    if (pattern === undefined) return undefined
    const isFound =
      typeof actual === 'string' || typeof actual === 'number' ? pattern.test(String(actual)) : false
    return operator === 'matches' ? isFound : !isFound
  }
  if (takes === 'list') return wantedList(text).includes(actual) === (operator === 'in')
  if (takes === 'pair') {
    const [low, high] = wantedList(text).map(Number)
    return low !== undefined && high !== undefined && isWithin(actual, low, high)
  }
  return comparisons[operator as Comparing](actual, wantedValue(text))
}

type Rows = typeof checkOperatorTable
type Alone = { [K in CheckOperator]: Rows[K]['takes'] extends 'nothing' ? K : never }[CheckOperator]
type Comparing = { [K in CheckOperator]: Rows[K]['takes'] extends 'value' ? K : never }[CheckOperator]

const tests: Record<Alone, (actual: unknown) => boolean> = {
  isEmpty: (actual) => sizeOf(actual) === 0,
  isNotEmpty: (actual) => (sizeOf(actual) ?? 0) > 0,
  isNull: (actual) => actual === null,
  isUndefined: (actual) => actual === undefined,
  isDefined: (actual) => actual !== undefined,
  isTruthy: (actual) => actual === true,
  isFalsy: (actual) => actual === false,
  isJson: (actual) => typeof actual === 'object' && actual !== null,
  isNumber: (actual) => typeof actual === 'number',
  isString: (actual) => typeof actual === 'string',
  isBoolean: (actual) => typeof actual === 'boolean',
  isArray: (actual) => Array.isArray(actual),
}

const comparisons: Record<Comparing, (actual: unknown, wanted: unknown) => boolean> = {
  eq: (actual, wanted) => actual === wanted,
  neq: (actual, wanted) => actual !== wanted,
  gt: (actual, wanted) => inNumbers(actual, wanted, (a, b) => a > b),
  gte: (actual, wanted) => inNumbers(actual, wanted, (a, b) => a >= b),
  lt: (actual, wanted) => inNumbers(actual, wanted, (a, b) => a < b),
  lte: (actual, wanted) => inNumbers(actual, wanted, (a, b) => a <= b),
  contains: (actual, wanted) => holds(actual, wanted),
  notContains: (actual, wanted) => !holds(actual, wanted),
  length: (actual, wanted) =>
    (typeof actual === 'string' || Array.isArray(actual)) && sizeOf(actual) === wanted,
  startsWith: (actual, wanted) => typeof actual === 'string' && actual.startsWith(String(wanted)),
  endsWith: (actual, wanted) => typeof actual === 'string' && actual.endsWith(String(wanted)),
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined
}

/** A header is text: what looks like a number there is one. */
function toNumber(value: unknown): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
}

function inNumbers(actual: unknown, wanted: unknown, is: (a: number, b: number) => boolean): boolean {
  return is(toNumber(actual), toNumber(wanted))
}

function isWithin(actual: unknown, low: number, high: number): boolean {
  const number = toNumber(actual)
  return number >= Math.min(low, high) && number <= Math.max(low, high)
}

function holds(actual: unknown, wanted: unknown): boolean {
  if (typeof actual === 'string') return actual.includes(String(wanted))
  if (Array.isArray(actual)) return actual.includes(wanted)
  return typeof actual === 'object' && actual !== null && Object.hasOwn(actual, String(wanted))
}

/** Where it differs in kind alone, which is hard to see. */
function mismatch(operator: CheckOperator, actual: unknown, text: string): string | undefined {
  if (operator !== 'eq' && operator !== 'in') return undefined
  if (typeof actual === 'number' && Number.isInteger(actual) && !Number.isSafeInteger(actual))
    return 'The number is too large to be compared exactly.'
  if (operator === 'in') return undefined
  if (typeof actual !== 'string' && typeof actual !== 'number' && typeof actual !== 'boolean')
    return undefined
  const wanted = wantedValue(text)
  if (typeof wanted === typeof actual || String(wanted) !== String(actual)) return undefined
  return typeof actual === 'string'
    ? 'The response contains text. Put the expected value in quotes.'
    : 'The response does not contain text. Write the expected value without quotes.'
}

const longestShown = 500

function shown(value: unknown): string {
  if (value === undefined) return 'not there'
  const text =
    typeof value === 'string' ? JSON.stringify(value.slice(0, longestShown + 1)) : JSON.stringify(value)
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}

function expectedOf(operator: string, value: string): string | undefined {
  const known = keyIn(checkOperatorTable, operator)
  if (known !== undefined && checkOperatorTable[known].takes === 'nothing') return undefined
  return value.length > longestShown ? `${value.slice(0, longestShown)}…` : value
}

function notJudged(reason: string): { outcome: 'not-judged'; reason: string } {
  return { outcome: 'not-judged', reason }
}

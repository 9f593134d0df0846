import { keysOf } from './keys-of.ts'

interface OperatorRow {
  label: string
  /** What it compares with: nothing, one value, several between commas, a regular expression. */
  takes: 'nothing' | 'value' | 'list' | 'pair' | 'pattern'
}

/** The operators of a check, as the OpenCollection format and Bruno call them. */
export const checkOperatorTable = {
  eq: { label: 'equals', takes: 'value' },
  neq: { label: 'does not equal', takes: 'value' },
  gt: { label: 'is greater than', takes: 'value' },
  gte: { label: 'is at least', takes: 'value' },
  lt: { label: 'is less than', takes: 'value' },
  lte: { label: 'is at most', takes: 'value' },
  in: { label: 'is one of', takes: 'list' },
  notIn: { label: 'is none of', takes: 'list' },
  contains: { label: 'contains', takes: 'value' },
  notContains: { label: 'does not contain', takes: 'value' },
  length: { label: 'has the length', takes: 'value' },
  matches: { label: 'matches', takes: 'pattern' },
  notMatches: { label: 'does not match', takes: 'pattern' },
  startsWith: { label: 'starts with', takes: 'value' },
  endsWith: { label: 'ends with', takes: 'value' },
  between: { label: 'is between', takes: 'pair' },
  isEmpty: { label: 'is empty', takes: 'nothing' },
  isNotEmpty: { label: 'is not empty', takes: 'nothing' },
  isNull: { label: 'is null', takes: 'nothing' },
  isUndefined: { label: 'does not exist', takes: 'nothing' },
  isDefined: { label: 'exists', takes: 'nothing' },
  isTruthy: { label: 'is truthy', takes: 'nothing' },
  isFalsy: { label: 'is falsy', takes: 'nothing' },
  isJson: { label: 'is an object or a list', takes: 'nothing' },
  isNumber: { label: 'is a number', takes: 'nothing' },
  isString: { label: 'is a text', takes: 'nothing' },
  isBoolean: { label: 'is true or false', takes: 'nothing' },
  isArray: { label: 'is a list', takes: 'nothing' },
} as const satisfies Record<string, OperatorRow>

export type CheckOperator = keyof typeof checkOperatorTable
export const checkOperators = keysOf(checkOperatorTable)

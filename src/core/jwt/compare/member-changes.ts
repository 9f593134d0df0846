import { defined } from '@contract/defined'
import type { MemberChange, MemberChanges } from '@contract/tokens/bench'
import { exactData, exactItem, exactText, isWrittenOtherwise, writtenObject } from '../../text/written.ts'
import { isObject, member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { momentOf } from '../text/numeric-date.ts'
import { scopeList } from '../text/scope.ts'

/** Claims that every new token has again; a difference in them says nothing. */
export const alwaysNew: ReadonlySet<string> = new Set([
  'iat',
  'exp',
  'nbf',
  'jti',
  'nonce',
  'at_hash',
  'c_hash',
  's_hash',
  'auth_time',
])

/** Claims that list scopes in one text (RFC 8693 section 4.2, Entra ID). */
export const scopeClaims = ['scope', 'scp'] as const
const inOneText: ReadonlySet<string> = new Set(scopeClaims)
const dates: ReadonlySet<string> = new Set(['exp', 'nbf', 'iat', 'auth_time', 'updated_at', 'toe'])
/** Longest value that is shown, in characters; the rest is counted. */
const longestText = 20_000
/** Longer lists are compared as a whole. */
const mostItems = 5_000

/** How values are read and shown: plainly, or so that numbers stay as they are written, which takes longer. */
interface Notation {
  data: (object: JsonObject) => JsonObject
  text: (value: unknown) => string
  item: (value: unknown) => string
}

const plain: Notation = {
  data: (object) => object,
  text: (value) => JSON.stringify(value, null, 2),
  item: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
}
const exact: Notation = {
  data: (object) => {
    const data = exactData(writtenObject(object))
    return isObject(data) ? data : {}
  },
  text: exactText,
  item: exactItem,
}

/** What differs between two objects, down to the member; values that only are in another order or spacing are the same. */
export function memberChanges(one: JsonObject, other: JsonObject): MemberChanges {
  const notation = isWrittenOtherwise(one) || isWrittenOtherwise(other) ? exact : plain
  const [before, after] = [notation.data(one), notation.data(other)]
  const changes: MemberChange[] = []
  const same: string[] = []
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const found = changesOf([name], member(before, name), member(after, name), notation)
    if (found.length === 0) same.push(name)
    else
      for (const change of found)
        changes.push({ ...change, ...moments(name, change, member(one, name), member(other, name)) })
  }
  return { changes: changes.toSorted((a, b) => Number(a.expected) - Number(b.expected)), same }
}

/** Undefined is where there is no such member. */
function changesOf(path: string[], before: unknown, after: unknown, notation: Notation): MemberChange[] {
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
      changesOf([...path, name], member(before, name), member(after, name), notation),
    )
  if (before !== undefined && after !== undefined && canonical(before) === canonical(after)) return []
  const texts = defined({
    before: before === undefined ? undefined : shown(before, notation),
    after: after === undefined ? undefined : shown(after, notation),
  })
  const expected = path.length === 1 && alwaysNew.has(path[0] ?? '')
  if (before === undefined) return [{ path, change: 'added', ...texts, expected }]
  if (after === undefined) return [{ path, change: 'removed', ...texts, expected }]
  return [{ path, change: 'changed', ...texts, ...items(path, before, after, notation), expected }]
}

/** The same for values that say the same: members in one order, nothing between them. */
function canonical(value: unknown): string {
  const json = JSON.stringify(value)
  return json.includes('{') ? ordered(value) : json
}

function ordered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(ordered).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.keys(value).toSorted()
  return `{${members.map((name) => `${JSON.stringify(name)}:${ordered(value[name])}`).join(',')}}`
}

function shown(value: unknown, { text: write }: Notation): string {
  const text = write(value)
  return text.length <= longestText
    ? text
    : `${text.slice(0, longestText)}… (${text.length - longestText} more characters)`
}

/** What two lists, or two scopes, do not share; nothing where one of them is neither. */
function items(
  path: string[],
  before: unknown,
  after: unknown,
  notation: Notation,
): Pick<MemberChange, 'lost' | 'gained'> {
  const [had, has] = [itemsIn(path, before, notation), itemsIn(path, after, notation)]
  if (had === undefined || has === undefined) return {}
  return { lost: without(had, has), gained: without(has, had) }
}

function itemsIn(path: string[], value: unknown, { item }: Notation): string[] | undefined {
  if (path.length === 1 && inOneText.has(path[0] ?? '') && typeof value === 'string') return scopeList(value)
  if (!Array.isArray(value) || value.length > mostItems || value.some((one) => typeof one === 'object'))
    return undefined
  return value.map(item)
}

/** What the first list has more of than the second: an item that appears twice counts twice. */
export function without(list: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const item of other) left.set(item, (left.get(item) ?? 0) + 1)
  return list.filter((item) => {
    const count = left.get(item) ?? 0
    if (count > 0) left.set(item, count - 1)
    return count === 0
  })
}

function moments(
  name: string,
  { path }: MemberChange,
  before: unknown,
  after: unknown,
): Pick<MemberChange, 'beforeAt' | 'afterAt'> {
  if (path.length > 1 || !dates.has(name)) return {}
  return defined({ beforeAt: momentOf(before), afterAt: momentOf(after) })
}

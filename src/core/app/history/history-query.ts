import type { ExchangeRecord } from '../../records/model.ts'

/** What a search of the history asks for. */
export interface HistoryQuery {
  /** Each has to occur in address, account, status, headers or body; lower case. */
  words: string[]
  /** Whether a row may be among what is found. */
  fits: (row: Row) => boolean
  /** No older row can fit, and no newer one. */
  after: number
  before: number
}

type Row = Omit<ExchangeRecord, 'view'>
type Fits = (row: Row) => boolean

/** Reads a search: words, phrases in quotes, and filters: `status:404`, `status:4xx`, `status:>=500`, `status:failed`,
 *  `host:`, `url:`, `method:`, `account:`, `after:` and `before:` (2026-01-31, 2026-01-31T14:30, today, yesterday, 2h, 3d),
 *  `took:>1s`, `is:pinned`. What is no filter is a word, one without a value is nothing yet. */
export function readHistoryQuery(text: string, now: number): HistoryQuery {
  const words: string[] = []
  const filters: Fits[] = []
  let [after, before] = [-Infinity, Infinity]
  for (const [, bare, key = '', quoted, plain = ''] of text.toLowerCase().matchAll(parts)) {
    if (bare !== undefined) {
      if (!isFilter(bare)) words.push(`${bare}:`)
      continue
    }
    const value = quoted ?? plain
    if (!isFilter(key)) {
      if (key + value !== '') words.push(key === '' ? value : `${key}:${value}`)
      continue
    }
    if (value === '') continue
    if (key === 'after' || key === 'before') {
      const moment = readMoment(value, now)
      if (moment === undefined) words.push(`${key}:${value}`)
      else if (key === 'after') after = Math.max(after, moment)
      else before = Math.min(before, moment)
      continue
    }
    const fits = filterTable[key](value)
    if (fits) filters.push(fits)
    else words.push(`${key}:${value}`)
  }
  return {
    words,
    after,
    before,
    fits: (row) => row.at >= after && row.at < before && filters.every((fits) => fits(row)),
  }
}

const parts = /([a-z]{1,10}):(?=\s|$)|(?:([a-z]{1,10}):)?(?:"([^"]*)"?|(\S+))/g

type Filter = keyof typeof filterTable | 'after' | 'before'

function isFilter(key: string): key is Filter {
  return key === 'after' || key === 'before' || Object.hasOwn(filterTable, key)
}

const filterTable: Record<
  'status' | 'host' | 'url' | 'method' | 'account' | 'took' | 'is',
  (value: string) => Fits | undefined
> = {
  status(value) {
    if (value === 'failed' || value === 'none') return ({ status }) => status === undefined
    const hundred = /^([1-5])xx$/.exec(value)?.[1]
    if (hundred !== undefined)
      return ({ status }) => status !== undefined && Math.floor(status / 100) === Number(hundred)
    const asked = /^(>=|<=|>|<)?([1-9]\d{2})$/.exec(value)
    return (
      (asked &&
        (({ status }) => status !== undefined && compare(asked[1] ?? '=', status, Number(asked[2])))) ||
      undefined
    )
  },
  host:
    (value) =>
    ({ url }) =>
      hostOf(url).includes(value),
  url:
    (value) =>
    ({ url }) =>
      url.toLowerCase().includes(value),
  method:
    (value) =>
    ({ method }) =>
      method.toLowerCase() === value,
  account: (value) =>
    value === 'none'
      ? ({ accountName }) => accountName === undefined
      : ({ accountName = '' }) => accountName.toLowerCase().includes(value),
  took(value) {
    const asked = /^(>=|<=|>|<)?(\d{1,9}(?:\.\d{1,6})?)(ms|s|m)?$/.exec(value)
    if (!asked) return undefined
    const limit = Number(asked[2]) * { ms: 1, s: 1_000, m: 60_000 }[(asked[3] ?? 'ms') as 'ms' | 's' | 'm']
    return ({ duration }) => duration !== undefined && compare(asked[1] ?? '>=', duration, limit)
  },
  is: (value) => (value === 'pinned' ? ({ pinned }) => pinned === true : undefined),
}

function compare(how: string, one: number, other: number): boolean {
  switch (how) {
    case '>':
      return one > other
    case '<':
      return one < other
    case '>=':
      return one >= other
    case '<=':
      return one <= other
    default:
      return one === other
  }
}

function hostOf(url: string): string {
  const start = url.indexOf('://')
  const rest = url.slice(start < 0 ? 0 : start + 3)
  return (/^[^/?#]*/.exec(rest)?.[0] ?? '').toLowerCase()
}

const day = 86_400_000
const units: Record<string, number> = { m: 60_000, h: 3_600_000, d: day, w: 7 * day }

/** A moment in the time of this computer: a day begins at its midnight, `3d` is three days ago. */
function readMoment(value: string, now: number): number | undefined {
  const ago = /^(\d{1,5})([mhdw])$/.exec(value)
  if (ago) return now - Number(ago[1]) * (units[ago[2] ?? ''] ?? 0)
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  if (value === 'today') return midnight
  if (value === 'yesterday') return new Date(midnight - day / 2).setHours(0, 0, 0, 0)
  const [, year, month, date, hour = '0', minute = '0'] =
    /^(\d{4})-(\d{2})-(\d{2})(?:t(\d{2}):(\d{2}))?$/.exec(value)?.map(String) ?? []
  if (year === undefined) return undefined
  const moment = new Date(Number(year), Number(month) - 1, Number(date), count(hour), count(minute))
  return moment.getMonth() === Number(month) - 1 ? moment.getTime() : undefined
}

function count(text: string): number {
  return text === 'undefined' ? 0 : Number(text)
}

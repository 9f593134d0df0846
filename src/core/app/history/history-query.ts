import { hostOf } from '../../http/exchange-text.ts'
import type { HistoryPlan, PlannedField } from '../../records/history-plan.ts'
import type { ExchangeRecord } from '../../records/model.ts'
import { wordParts } from '../../search/words.ts'

/** What a search of the history asks for. */
export interface HistoryQuery {
  /** Each has to occur in address, account, status, headers or body; lower case. */
  words: string[]
  /** Those of which what was looked up says only that their parts are there. */
  unsure: string[]
  /** Whether a row may be among what is found. */
  fits: (row: Row) => boolean
  /** What is looked up, before any row is read. */
  plan: HistoryPlan
}

type Row = Omit<ExchangeRecord, 'view'>
type Fits = (row: Row) => boolean

interface Filtering {
  fits: Fits
  field?: PlannedField
  /** Of the field's value, in lower case. */
  value?: (value: string) => boolean
  took?: (duration: number) => boolean
  /** Words that are somewhere in it. */
  within?: string
  pinned?: true
}

/** Reads a search: words, phrases in quotes, and filters: `status:404`, `status:4xx`, `status:>=500`, `status:failed`,
 *  `host:`, `url:`, `method:`, `account:`, `after:` and `before:` (2026-01-31, 2026-01-31T14:30, today, yesterday, 2h, 3d),
 *  `took:>1s`, `is:pinned`. What is no filter is a word, one without a value is nothing yet. */
export function readHistoryQuery(text: string, now: number): HistoryQuery {
  const words: string[] = []
  const filters: Filtering[] = []
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
    const filter = filterTable[key](value)
    if (filter) filters.push(filter)
    else words.push(`${key}:${value}`)
  }
  const parted = [...words, ...filters.flatMap(({ within }) => within ?? [])].map(wordParts)
  const unsure = words.filter((_word, at) => parted[at]?.exact !== true)
  return {
    words,
    unsure,
    fits: (row) => row.at >= after && row.at < before && filters.every(({ fits }) => fits(row)),
    plan: {
      beginnings: [...new Set(parted.flatMap(({ parts }) => parts))],
      pairs: parted.filter(({ pairs }) => pairs.length > 0).flatMap(({ pairs }) => pairs),
      fields: filters.flatMap(({ field, value }) => (field && value ? [{ field, fits: value }] : [])),
      took: filters.flatMap(({ took }) => took ?? []),
      pinned: filters.some(({ pinned }) => pinned),
      after,
      before,
    },
  }
}

const parts = /([a-z]{1,10}):(?=\s|$)|(?:([a-z]{1,10}):)?(?:"([^"]*)"?|(\S+))/g

type Filter = keyof typeof filterTable | 'after' | 'before'

function isFilter(key: string): key is Filter {
  return key === 'after' || key === 'before' || Object.hasOwn(filterTable, key)
}

const filterTable: Record<
  'status' | 'host' | 'url' | 'method' | 'account' | 'took' | 'is',
  (value: string) => Filtering | undefined
> = {
  status(value) {
    if (value === 'failed' || value === 'none') return byStatus((status) => status === undefined)
    const hundred = /^([1-5])xx$/.exec(value)?.[1]
    if (hundred !== undefined)
      return byStatus((status) => status !== undefined && Math.floor(status / 100) === Number(hundred))
    const asked = /^(>=|<=|>|<)?([1-9]\d{2})$/.exec(value)
    return (
      (asked &&
        byStatus((status) => status !== undefined && compare(asked[1] ?? '=', status, Number(asked[2])))) ||
      undefined
    )
  },
  host: (value) => ({
    field: 'host',
    value: (host) => host.includes(value),
    fits: ({ url }) => hostOf(url).includes(value),
  }),
  url: (value) => ({ within: value, fits: ({ url }) => url.toLowerCase().includes(value) }),
  method: (value) => ({
    field: 'method',
    value: (method) => method === value,
    fits: ({ method }) => method.toLowerCase() === value,
  }),
  account: (value) =>
    value === 'none'
      ? {
          field: 'account',
          value: (name) => name === '',
          fits: ({ accountName }) => accountName === undefined,
        }
      : {
          field: 'account',
          value: (name) => name.includes(value),
          fits: ({ accountName = '' }) => accountName.toLowerCase().includes(value),
        },
  took(value) {
    const asked = /^(>=|<=|>|<)?(\d{1,9}(?:\.\d{1,6})?)(ms|s|m)?$/.exec(value)
    if (!asked) return undefined
    const limit = Number(asked[2]) * { ms: 1, s: 1_000, m: 60_000 }[(asked[3] ?? 'ms') as 'ms' | 's' | 'm']
    const took = (duration: number) => compare(asked[1] ?? '>=', duration, limit)
    return { took, fits: ({ duration }) => duration !== undefined && took(duration) }
  },
  is: (value) => (value === 'pinned' ? { pinned: true, fits: ({ pinned }) => pinned === true } : undefined),
}

function byStatus(fits: (status: number | undefined) => boolean): Filtering {
  return {
    field: 'status',
    value: (status) => fits(status === '' ? undefined : Number(status)),
    fits: ({ status }) => fits(status),
  }
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

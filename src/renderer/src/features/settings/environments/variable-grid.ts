import type { EnvironmentView, VariableDraft } from '@contract/environments.ts'

/** A variable in one environment. */
interface Cell {
  secret: boolean
  /** Left out: a secret whose value stays as it is. */
  value?: string
}

/** A name and what it is in each environment, by the environment's id; where it is not set there is no cell. */
export interface Row {
  name: string
  secret: boolean
  cells: Record<string, Cell>
}

type Saved = Pick<EnvironmentView, 'id' | 'current' | 'variables'>

export const blankRow: Row = { name: '', secret: false, cells: {} }

/** What was typed and not saved, and which environments it is of. */
export interface Typed {
  rows: Row[]
  of: string[]
}

/** What was typed, with the variables of environments that came later. */
export function withLater({ rows, of }: Typed, environments: readonly Saved[]): Row[] {
  return gridOf(
    environments.filter(({ id }) => !of.includes(id)),
    rows,
  )
}

/** The variables of all environments by name: those of the current one first, in its order. */
export function gridOf(environments: readonly Saved[], before: readonly Row[] = []): Row[] {
  const rows = new Map(before.map((row, index) => [row.name || String(index), row]))
  for (const { id, variables } of environments.toSorted((a, b) => Number(b.current) - Number(a.current))) {
    for (const { name, secret, value } of variables) {
      const row = rows.get(name) ?? { name, secret: true, cells: {} }
      const cell = secret ? { secret } : { secret, value: value ?? '' }
      rows.set(name, { ...row, secret: row.secret && secret, cells: { ...row.cells, [id]: cell } })
    }
  }
  return [...rows.values()]
}

/** The row with another text in one environment. Without text it is not set there; a secret that was saved stays, and
 *  what is set nowhere else is empty. */
export function withText(row: Row, id: string, text: string, saved: Saved | undefined): Row {
  const { [id]: before, ...others } = row.cells
  const secret = before?.secret ?? row.secret
  const kept = saved?.variables.find(({ name }) => name === row.name)
  if (text !== '') return { ...row, cells: { ...others, [id]: { secret, value: text } } }
  if (secret && kept?.secret) return { ...row, cells: { ...others, [id]: { secret } } }
  const alone = !secret && kept !== undefined && Object.keys(others).length === 0
  return { ...row, cells: alone ? { [id]: { secret, value: '' } } : others }
}

/** The row secret, or plain, in every environment. */
export function withSecret(row: Row, secret: boolean): Row {
  const cells = Object.entries(row.cells).map(([id, cell]) => [id, { ...cell, secret }] as const)
  return { ...row, secret, cells: Object.fromEntries(cells) }
}

export function withoutCell(row: Row, id: string): Row {
  const { [id]: _gone, ...cells } = row.cells
  return { ...row, cells }
}

/** What is to be saved: the environments that differ, with all their variables. A new name without a value is an
 *  empty variable of the current environment. */
export function changesOf(rows: readonly Row[], environments: readonly Saved[]) {
  const known = new Set(environments.flatMap(({ variables }) => variables.map(({ name }) => name)))
  return environments.flatMap(({ id, current, variables }) => {
    const drafts = rows.flatMap((row): VariableDraft[] => {
      const unset = current && !known.has(row.name) && Object.keys(row.cells).length === 0
      const cell = row.cells[id] ?? (unset ? { secret: row.secret, value: '' } : undefined)
      return cell ? [{ name: row.name, ...cell }] : []
    })
    return sortedText(drafts) === sortedText(variables) ? [] : [{ id, variables: drafts }]
  })
}

export function isBlank({ name, secret, cells }: Row): boolean {
  return name === '' && !secret && Object.keys(cells).length === 0
}

/** Whether a form that was kept holds rows. */
export function isTyped(value: unknown): value is Typed {
  if (!isMembers(value) || !Array.isArray(value['rows']) || !Array.isArray(value['of'])) return false
  return value['rows'].every(isRow)
}

function isRow(value: unknown): boolean {
  if (!isMembers(value) || !isMembers(value['cells'])) return false
  const cells = Object.values(value['cells'])
  return (
    typeof value['name'] === 'string' &&
    typeof value['secret'] === 'boolean' &&
    cells.every((cell) => isMembers(cell) && typeof cell['secret'] === 'boolean' && isText(cell['value']))
  )
}

function isText(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}

function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function sortedText(variables: readonly { name: string; secret: boolean; value?: string }[]): string {
  return JSON.stringify(variables.map(({ name, secret, value }) => [name, secret, value]).sort())
}

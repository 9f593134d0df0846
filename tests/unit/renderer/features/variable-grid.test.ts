import { describe, expect, it } from 'vitest'
import {
  blankRow,
  changesOf,
  gridOf,
  isTyped,
  withLater,
  withoutCell,
  withSecret,
  withText,
} from '../../../../src/renderer/src/features/settings/environments/variable-grid.ts'

const local = {
  id: 'l',
  current: false,
  variables: [
    { name: 'host', secret: false, value: 'http://localhost' },
    { name: 'key', secret: true },
  ],
}
const staging = {
  id: 's',
  current: true,
  variables: [
    { name: 'key', secret: true },
    { name: 'region', secret: false, value: '' },
  ],
}
const both = [local, staging]
const rowOf = (name: string) => gridOf(both).find((row) => row.name === name) ?? blankRow

describe('the variables of all environments', () => {
  it('are one row a name, those of the current one first', () => {
    expect(gridOf(both)).toEqual([
      { name: 'key', secret: true, cells: { l: { secret: true }, s: { secret: true } } },
      { name: 'region', secret: false, cells: { s: { secret: false, value: '' } } },
      { name: 'host', secret: false, cells: { l: { secret: false, value: 'http://localhost' } } },
    ])
    expect(changesOf(gridOf(both), both)).toEqual([])
  })
  it('are secret as a row only where they are everywhere', () => {
    const mixed = { ...staging, variables: [{ name: 'key', secret: false, value: 'v' }] }
    const [row] = gridOf([local, mixed])
    expect(row).toMatchObject({ name: 'key', secret: false, cells: { l: { secret: true } } })
    expect(changesOf(gridOf([local, mixed]), [local, mixed])).toEqual([])
  })
})

describe('what is saved', () => {
  const changed = (row: ReturnType<typeof rowOf>) =>
    changesOf(
      gridOf(both).map((one) => (one.name === row.name ? row : one)),
      both,
    )
  it('is each environment that differs, whole', () => {
    expect(changed(withText(rowOf('host'), 's', 'https://staging', staging))).toEqual([
      {
        id: 's',
        variables: [
          { name: 'key', secret: true },
          { name: 'region', secret: false, value: '' },
          { name: 'host', secret: false, value: 'https://staging' },
        ],
      },
    ])
  })
  it('is without what has no text any more, but keeps a secret that was not typed anew', () => {
    const further = withText(rowOf('host'), 's', 'https://staging', staging)
    expect(changed(withText(further, 'l', '', local))[0]).toEqual({
      id: 'l',
      variables: [{ name: 'key', secret: true }],
    })
    const alone = withText(rowOf('host'), 'l', '', local)
    expect(changed(alone)[0]?.variables).toContainEqual({ name: 'host', secret: false, value: '' })
    const typed = withText(rowOf('key'), 'l', 'another secret', local)
    expect(changed(typed)[0]?.variables).toContainEqual({
      name: 'key',
      secret: true,
      value: 'another secret',
    })
    expect(changed(withText(typed, 'l', '', local))).toEqual([])
    expect(changed(withoutCell(rowOf('key'), 'l')).map(({ id }) => id)).toEqual(['l'])
  })
  it('is secret in every environment when its row is', () => {
    const row = withSecret(withText(rowOf('host'), 's', 'https://staging', staging), true)
    expect(changed(row).map(({ id }) => id)).toEqual(['l', 's'])
    expect(withText(row, 's', 'typed', staging).cells['s']).toEqual({ secret: true, value: 'typed' })
  })
  it('is a new name without a value in the current environment', () => {
    expect(changesOf([...gridOf(both), { ...blankRow, name: 'fresh' }], both)).toEqual([
      { id: 's', variables: [...staging.variables, { name: 'fresh', secret: false, value: '' }] },
    ])
  })
})

it('what was typed leaves environments that came later as they are', () => {
  const rows = [{ ...blankRow, name: 'key', cells: { l: { secret: false, value: 'typed' } } }]
  const later = withLater({ rows, of: ['l'] }, both)
  expect(changesOf(later, both).map(({ id }) => id)).toEqual(['l'])
})

it('a kept form is taken only where it holds rows', () => {
  expect(isTyped({ rows: gridOf(both), of: ['l', 's'] })).toBe(true)
  for (const other of [undefined, null, [], {}, { rows: [null], of: [] }, { rows: [{ name: 1 }], of: [] }])
    expect(isTyped(other)).toBe(false)
  expect(isTyped({ rows: [{ ...blankRow, cells: { l: { secret: 1 } } }], of: [] })).toBe(false)
})

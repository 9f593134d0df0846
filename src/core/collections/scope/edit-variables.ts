import type { MapEdit } from '../edit-rows.ts'
import { newRow } from '../edit-rows.ts'
import type { VariableRow } from './read-variables.ts'
import type { NewEntries } from '../scalar-text.ts'

/** A variable as it is to be in a file: one that is secret has no value there. */
export interface FileVariable {
  name: string
  value: string
  enabled: boolean
  secret: boolean
}

/** Writes the variables that a map has under `variables`. One that becomes secret, or stops to be, is written anew. */
export function setVariables(
  edit: MapEdit,
  was: readonly VariableRow[],
  wanted: readonly FileVariable[],
): void {
  edit.setGroups(
    'variables',
    [false, true].map((kind) => ({
      was: was.filter(({ secret = false }) => secret === kind),
      wanted: wanted.filter(({ secret }) => secret === kind),
      also: kind ? [['secret', true]] : [],
    })),
  )
}

/** New entries for these variables. */
export function newVariables(wanted: readonly FileVariable[]): NewEntries[] {
  return wanted.map((row) => newRow(row, row.secret ? [['secret', true]] : []))
}

/** What a file has, as `FileVariable`. */
export function variablesOf(rows: readonly VariableRow[]): FileVariable[] {
  return rows.map(({ name, value, enabled, secret = false }) => ({ name, value, enabled, secret }))
}

/** Variables as a file can have them: without rows that say nothing, and without values of secret ones. */
export function fileVariables(rows: readonly FileVariable[]): FileVariable[] {
  return rows
    .filter(({ name, value }) => name.trim() !== '' || value !== '')
    .map(({ name, value, enabled, secret }) => ({ name, value: secret ? '' : value, enabled, secret }))
}

/** Whether both say the same; plain and secret ones each in their order. */
export function sameVariables(one: readonly FileVariable[], other: readonly FileVariable[]): boolean {
  const parted = (rows: readonly FileVariable[]) => [
    rows.filter(({ secret }) => !secret),
    rows.filter(({ secret }) => secret),
  ]
  return JSON.stringify(parted(one)) === JSON.stringify(parted(other))
}

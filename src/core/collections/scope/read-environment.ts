import type { FileFault } from '@contract/collections'
import { variableRows, type VariableRow } from './read-variables.ts'
import { readYaml, textOf, valueOf, type YamlFile } from '../yaml-file.ts'

/** A file of `environments`. */
export interface EnvironmentFile {
  file: YamlFile
  /** Empty where it does not say. */
  name: string
  variables: VariableRow[]
  /** The environment that has what this one lacks. */
  extends?: string
}

export function readEnvironment(
  text: string,
): { ok: true; environment: EnvironmentFile } | { ok: false; fault: FileFault } {
  const read = readYaml(text)
  if (!read.ok) return read
  const { file } = read
  const base = textOf(valueOf(file, file.root, 'extends')) ?? ''
  return {
    ok: true,
    environment: {
      file,
      name: textOf(valueOf(file, file.root, 'name')) ?? '',
      variables: variableRows(file, file.root),
      ...(base !== '' && { extends: base }),
    },
  }
}

import { fail, ok, type Result } from '@contract/result'
import { isMap } from 'yaml'
import { createSplices, isFlow } from './splices.ts'
import { pairOf, readYaml, textOf, valueOf, type YamlFile } from './yaml-file.ts'

/** The text with this name under `info`, whatever kind of file it is; the rest stays to the byte.
 *  Codes: `collection_fault`, `collection_edit`. */
export function editName(text: string, name: string): Result<string> {
  const read = readYaml(text)
  if (!read.ok)
    return fail(
      'collection_fault',
      `The file is broken at line ${read.fault.line}: ${read.fault.reason}`,
      'Fix it in a text editor.',
    )
  const splices = createSplices(text)
  setName(read.file, name, splices)
  const written = splices.write()
  const again = written === undefined ? undefined : readYaml(written)
  const named =
    again?.ok === true && textOf(valueOf(again.file, valueOf(again.file, again.file.root, 'info'), 'name'))
  return named === name && written !== undefined
    ? ok(written)
    : fail('collection_edit', 'The name cannot be written into this file.', 'Change it in a text editor.')
}

/** The name that a file has under `info`; empty where it has none. */
export function nameIn(text: string): string {
  const read = readYaml(text)
  return read.ok ? (textOf(valueOf(read.file, valueOf(read.file, read.file.root, 'info'), 'name')) ?? '') : ''
}

export function setName(file: YamlFile, name: string, splices: ReturnType<typeof createSplices>): void {
  const info = valueOf(file, file.root, 'info')
  const pair = pairOf(info, 'name')
  if (pair) return splices.setText(pair, name, isFlow(info))
  const [first] = isMap(info) ? info.items : []
  if (isMap(info) && first) return splices.addEntries(info, first, [['name', name]])
  const top = file.root.items[0]
  if (top && !isMap(info)) splices.addEntries(file.root, top, [['info', [['name', name]]]])
}

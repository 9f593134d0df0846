import { fail, ok, type Result } from '@contract/result'
import { isMap, type YAMLMap } from 'yaml'
import { plainOf, withoutNames } from '../plain.ts'
import { createSplices, type Splices } from '../splices.ts'
import { readYaml, valueOf, type YamlFile } from '../yaml-file.ts'

/** One change of a file’s `info`. */
interface InfoChange {
  /** The member that is changed. */
  name: 'seq' | 'tags'
  /** As it is called to the user. */
  called: string
  change: (file: YamlFile, info: YAMLMap, splices: Splices) => void
  /** Whether a file says by now what it should. */
  isMade: (file: YamlFile, info: unknown) => boolean
}

/** The text of a file, of whatever kind, with one member of its `info` changed; the rest stays to the byte. What was
 *  written is read again before it is answered. Codes: `collection_fault`, `collection_edit`. */
export function editInfo(text: string, { name, called, change, isMade }: InfoChange): Result<string> {
  const read = readYaml(text)
  if (!read.ok)
    return fail(
      'collection_fault',
      `The file is broken at line ${read.fault.line}: ${read.fault.reason}`,
      'Fix it in a text editor.',
    )
  const info = valueOf(read.file, read.file.root, 'info')
  if (isMade(read.file, info)) return ok(text)
  const splices = createSplices(text)
  if (isMap(info) && info.items.length > 0) change(read.file, info, splices)
  const written = splices.write()
  const again = written === undefined ? undefined : readYaml(written)
  const isWanted =
    written !== undefined &&
    again?.ok === true &&
    isMade(again.file, valueOf(again.file, again.file.root, 'info')) &&
    others(again.file, name) === others(read.file, name)
  return isWanted
    ? ok(written)
    : fail(
        'collection_edit',
        `The ${called} cannot be written into this file without changing other parts of it.`,
        'Change it in a text editor.',
      )
}

/** All that is not to change, as one text. */
function others(file: YamlFile, name: string): string {
  const { info, ...rest } = plainOf(file)
  return JSON.stringify([withoutNames(info, [name]), rest])
}

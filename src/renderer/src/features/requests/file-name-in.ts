import { dynamicTable } from '@contract/tables/dynamic-names.ts'
import { nameMark } from '../../lib/names.ts'

/** The last part of a path, of whichever system. */
export function fileNameIn(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

/** Why a path can never be sent: a name in it is another value each time. */
export function changingPath(path: string): string | undefined {
  const found = Array.from(path.matchAll(nameMark), ([, name = '']) => name).find((name) =>
    Object.hasOwn(dynamicTable, name),
  )
  return found === undefined
    ? undefined
    : `{{${found}}} is another value each time, so that no file of this name can be allowed. Write the path without it.`
}

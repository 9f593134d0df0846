import { paths, type JsonValue } from 'jsonpath-rfc9535'
import { fail, type Result } from '@contract/result'
import { createItemFilter, type ItemFilter } from '../../core/bodies/item-filter.ts'
import { createJsonFilter } from '../../core/bodies/json-filter.ts'
import { readJsonPath, type JsonPath } from '../../core/bodies/json-path.ts'
import type { ReadBytes } from '../../core/bodies/pieces.ts'

/** Reads a path with all that is in its filters. Code: `path_unfit`. */
export function readPath(text: string): Result<JsonPath> {
  const read = readJsonPath(text)
  if (!read.ok || read.value.items === undefined) return read
  try {
    paths([], `$${read.value.items}`)
    return read
  } catch {
    return fail(
      'path_unfit',
      'This JSONPath can’t be used: its filter can’t be read.',
      'A filter compares what is in an item: $.items[?@.total > 10 && @.state == "open"].',
    )
  }
}

/** A path that was read, as a filter of what comes. */
export function filterFor(
  path: JsonPath,
  read: ReadBytes,
  found: (from: number, to: number) => void,
): ItemFilter {
  if (path.items === undefined)
    return { ...createJsonFilter(path.segments, read, found), passedOver: () => 0 }
  return createItemFilter(path, read, { found, findPaths })
}

function findPaths(value: unknown, path: string): string[] {
  try {
    return paths(value as JsonValue, path)
  } catch {
    // What can't be compared is not what is looked for.
    return []
  }
}

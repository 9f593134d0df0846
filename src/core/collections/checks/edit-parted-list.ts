import { ok, type Result } from '@contract/result'
import { readRequest, type FileParts } from '../read-request.ts'
import type { NewEntries } from '../scalar-text.ts'
import { createSplices, type Splices } from '../splices.ts'
import type { YamlFile } from '../yaml-file.ts'
import { setList } from './edit-list.ts'
import { editRefusal as refusal } from './edit-refusal.ts'

/** A list of a request's file: what the format knows is in one place, what Gatehouse alone knows in another. */
interface PartedList<Row, Was extends Row> {
  rowsIn: (parts: FileParts) => Record<Place, Was[]>
  /** Whether a row says something. One of the file that does not is left alone; another is not written. */
  isFilled: (row: Row) => boolean
  isOwn: (row: Row) => boolean
  isSame: (one: Row | undefined, other: Row | undefined) => boolean
  /** The names that lead to each place from the top. */
  paths: Record<Place, readonly string[]>
  fresh: Record<Place, (row: Row) => NewEntries>
  change: (was: Was, row: Row, splices: Splices) => void
  /** All of the file but these rows, as one text. */
  othersOf: (file: YamlFile) => string
}

type Place = 'format' | 'own'

/** The text of a request's file with these rows in such a list: rows that differ are written, the rest stays to the byte.
 *  Codes: `collection_edit`. */
export function editPartedList<Row, Was extends Row & { index: number }>(
  text: string,
  rows: readonly Row[],
  { rowsIn, isFilled, isOwn, isSame, paths, fresh, change, othersOf }: PartedList<Row, Was>,
): Result<string> {
  const read = readRequest(text)
  if (!read.ok) return refusal(read.fault.reason)
  const { file, parts } = read.request
  const filled = rows.filter(isFilled)
  const wanted = { format: filled.filter((row) => !isOwn(row)), own: filled.filter(isOwn) }
  function filledIn(all: FileParts): Record<Place, Was[]> {
    const { format, own } = rowsIn(all)
    return { format: format.filter(isFilled), own: own.filter(isFilled) }
  }
  const differing = (now: Record<Place, readonly Row[]>): Place[] =>
    (['format', 'own'] as const).filter((place) => !areSame(now[place], wanted[place], isSame))
  const was = filledIn(parts)
  const places = differing(was)
  if (places.length === 0) return ok(text)
  const splices = createSplices(text)
  for (const place of places)
    setList<Was, Row>(
      file,
      {
        path: paths[place],
        was: was[place],
        wanted: wanted[place],
        isSame,
        fresh: fresh[place],
        change: (before, row) => change(before, row, splices),
      },
      splices,
    )
  const written = splices.write()
  const again = written === undefined ? undefined : readRequest(written)
  if (written === undefined || again?.ok !== true) return refusal('Two changes are in the same place.')
  if (differing(filledIn(again.request.parts)).length > 0)
    return refusal('The result would not be what was intended.')
  return othersOf(file) === othersOf(again.request.file)
    ? ok(written)
    : refusal('A value that is used in several places (an anchor) would change with it.')
}

function areSame<Row>(
  one: readonly Row[],
  other: readonly Row[],
  isSame: (one: Row | undefined, other: Row | undefined) => boolean,
): boolean {
  return one.length === other.length && one.every((row, index) => isSame(row, other[index]))
}

import { arrangedFolders, fileOrder, folderNameOrder, placeOf, type Placed } from './order.ts'

/** Places beyond this leave no room for others. */
const highest = 1_000_000_000

/** The places to be written, so that the files that are moved come between those `before` and those `after` them, each in
 *  order. As few files as possible are changed: those behind only as far as they have to make room. */
export function sequence(
  before: readonly Placed[],
  moved: readonly Placed[],
  after: readonly Placed[],
): Map<string, number> {
  const written = new Map<string, number>()
  if ([...before, ...moved].some(({ seq = 0 }) => Math.abs(seq) > highest)) {
    for (const [index, { path, seq }] of [...before, ...moved, ...after].entries())
      if (seq !== index + 1) written.set(path, index + 1)
    return written
  }
  let last = before.at(-1)
  function take(each: Placed): void {
    last = { path: each.path, seq: last ? Math.floor(placeOf(last)) + 1 : 1 }
    if (each.seq !== last.seq) written.set(each.path, last.seq ?? 1)
  }
  const [next] = after
  for (const each of moved) {
    if (isBehind(each, last) && (next === undefined || isBehind(next, each))) last = each
    else take(each)
  }
  for (const each of after) {
    if (isBehind(each, last)) break
    take(each)
  }
  return written
}

/** Whether one comes behind another whatever their names are; names count where both ask for no place. */
function isBehind(each: Placed, last: Placed | undefined): boolean {
  if (last === undefined) return true
  const byName = each.seq === undefined && last.seq === undefined
  return byName ? fileOrder(last, each) < 0 : placeOf(last) < placeOf(each)
}

/** The same for folders, whose places are counted among all that are there. */
export function folderSequence(
  before: readonly Placed[],
  moved: readonly Placed[],
  after: readonly Placed[],
): Map<string, number> {
  const wanted = [...before, ...moved, ...after]
  const isMoved = new Set(moved)
  // First with the fewest that are written: what is moved, then also those that ask for a place, then all.
  const tries = [
    () => false,
    (each: Placed) => isMoved.has(each),
    (each: Placed) => isMoved.has(each) || each.seq !== undefined,
  ]
  for (const isWritten of tries) {
    const now = wanted.map((each, index) => (isWritten(each) ? { ...each, seq: index + 1 } : each))
    const order = arrangedFolders(now.toSorted(folderNameOrder))
    if (order.every((each, index) => each === now[index])) return changes(wanted, now)
  }
  return changes(
    wanted,
    wanted.map((each, index) => ({ ...each, seq: index + 1 })),
  )
}

function changes(before: readonly Placed[], now: readonly Placed[]): Map<string, number> {
  return new Map(
    now.flatMap(({ path, seq }, index) =>
      seq === undefined || seq === before[index]?.seq ? [] : [[path, seq] as const],
    ),
  )
}

/** One of several in a folder, with its place among them; what has none comes last. */
export interface Placed {
  path: string
  seq?: number
}

/** Places beyond this leave no room for others. */
const highest = 1_000_000_000

/** The places to be written, so that what is moved comes between those `before` and those `after` it, each in order.
 *  As few files as possible are changed: those behind only as far as they have to make room, those before only where
 *  they have no place of their own. */
export function sequence(
  before: readonly Placed[],
  moved: readonly Placed[],
  after: readonly Placed[],
): Map<string, number> {
  const written = new Map<string, number>()
  let last = 0
  function take({ path, seq }: Placed): void {
    last = Math.floor(last) + 1
    if (seq !== last) written.set(path, last)
  }
  if ([...before, ...moved].some(({ seq = 0 }) => Math.abs(seq) > highest)) {
    for (const each of [...before, ...moved, ...after]) take(each)
    return written
  }
  for (const each of before) {
    if (each.seq === undefined) take(each)
    else last = Math.max(last, each.seq)
  }
  const next = after[0]?.seq ?? Infinity
  for (const each of moved) {
    if (each.seq !== undefined && each.seq > last && each.seq < next) last = each.seq
    else take(each)
  }
  for (const each of after) {
    if (each.seq === undefined || each.seq > last) break
    take(each)
  }
  return written
}

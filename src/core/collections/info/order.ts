/** One of several in a folder, with the place that its file asks for. */
export interface Placed {
  path: string
  seq?: number
}

/** Which of two files of a folder comes first, as Bruno has it: one that asks for no place, or for 0, is at 1, and of
 *  those at the same place the name of the file decides, character by character. */
export function fileOrder(one: Placed, other: Placed): number {
  return placeOf(one) - placeOf(other) || pathOrder(one, other)
}

/** The place of a file. */
export function placeOf({ seq }: Placed): number {
  return seq || 1
}

function pathOrder({ path: one }: Placed, { path: other }: Placed): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

const collator = new Intl.Collator('en')

/** Which of two folders comes first, were it for their names alone. */
export function folderNameOrder({ path: one }: Placed, { path: other }: Placed): number {
  return collator.compare(one, other) || (one < other ? -1 : 1)
}

/** Folders as Bruno arranges them: by their names on the disk, but for those that ask for a place, which are put there.
 *  Several that ask for the same one share it. `folders` are in the order of their names. */
export function arrangedFolders<Folder extends Placed>(folders: readonly Folder[]): Folder[] {
  const free = folders.filter((each) => !isPlaced(each))
  const placed = folders.filter(isPlaced).sort((one, other) => placeOf(one) - placeOf(other))
  const arranged: Folder[] = []
  let place = 1
  let [nextFree, nextPlaced] = [0, 0]
  for (; nextFree < free.length || nextPlaced < placed.length; place += 1) {
    const at = placed[nextPlaced]?.seq
    if (at !== undefined && (at <= place || nextFree === free.length))
      while (placed[nextPlaced]?.seq === at) arranged.push(placed[nextPlaced++] as Folder)
    else arranged.push(free[nextFree++] as Folder)
  }
  return arranged
}

function isPlaced({ seq = 0 }: Placed): boolean {
  return Number.isInteger(seq) && seq > 0
}

/** The place of a new file behind all others; none where none of them asks for one, which leaves it to the names. */
export function placeBehind(files: readonly Placed[]): number | undefined {
  const last = files.at(-1)
  if (last === undefined || files.every(({ seq }) => seq === undefined)) return undefined
  return Math.floor(placeOf(last)) + 1
}

/** The place of a copy, right behind the file that it is of; none where its name decides. `files` are in order. */
export function placeOfCopy(files: readonly Placed[], path: string): number | undefined {
  const at = files.findIndex((each) => each.path === path)
  const [own, next] = [files[at], files[at + 1]]
  if (own === undefined || files.every(({ seq }) => seq === undefined)) return undefined
  const behind = Math.floor(placeOf(own)) + 1
  if (next === undefined || behind < placeOf(next)) return behind
  return placeOf(own) < placeOf(next) ? (placeOf(own) + placeOf(next)) / 2 : undefined
}

/** A place in a body from which lines can be found again. */
interface Mark<Place> {
  /** The number of the line that comes next. */
  line: number
  place: Place
}

/** Places of a long body, one every so many bytes: what lies between two is looked through again when it is shown. With
 *  more than it may hold, every second one goes. */
export interface SparseIndex<Place> {
  /** Whether the bytes up to here ask for another place. */
  isDue: (offset: number) => boolean
  add: (line: number, place: Place) => void
  /** The last one at or before a line. */
  atLine: (line: number) => Mark<Place>
  /** The last one at or before a byte. */
  atOffset: (offset: number) => Mark<Place>
  /** The last one that is not after what is looked for: all behind one that is are too. */
  before: (isAfter: (place: Place, line: number) => boolean) => Mark<Place>
}

/** `weigh`: what a place takes, in any unit; all of them together stay below `most`. */
export function createSparseIndex<Place extends { offset: number }>(
  first: Place,
  { stride = 65_536, most = 1_000_000, weigh = () => 1 }: Room<Place> = {},
): SparseIndex<Place> {
  let marks: Mark<Place>[] = [{ line: 0, place: first }]
  let every = stride
  let due = stride
  let weight = weigh(first)

  function find(isAfter: (mark: Mark<Place>) => boolean): Mark<Place> {
    let low = 0
    let high = marks.length
    while (low + 1 < high) {
      const middle = (low + high) >> 1
      const mark = marks[middle]
      if (mark === undefined || isAfter(mark)) high = middle
      else low = middle
    }
    return marks[low] ?? { line: 0, place: first }
  }

  return {
    isDue: (offset) => offset >= due,
    add: (line, place) => {
      marks.push({ line, place })
      weight += weigh(place)
      if (weight > most && marks.length > 2) {
        marks = marks.filter((_, index) => index % 2 === 0)
        weight = marks.reduce((sum, mark) => sum + weigh(mark.place), 0)
        every *= 2
      }
      due = place.offset + every
    },
    atLine: (line) => find((mark) => mark.line > line),
    atOffset: (offset) => find((mark) => mark.place.offset > offset),
    before: (isAfter) => find((mark) => isAfter(mark.place, mark.line)),
  }
}

interface Room<Place> {
  /** Bytes between two places. */
  stride?: number
  most?: number
  weigh?: (place: Place) => number
}

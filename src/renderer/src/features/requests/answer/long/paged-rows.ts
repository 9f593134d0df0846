const pageSize = 256
const keptPages = 24

interface Page<Row> {
  rows: Row[]
  /** Asked for again while it was on its way. */
  isUnderway: boolean
  /** Lines that were there when it was asked for. */
  knownOf: number
}

/** Rows that are fetched a page at a time as they come into view, and again where there were fewer then. The pages that
 *  were looked at longest ago are forgotten. */
export function createPagedRows<Row>(
  fetchRows: (from: number, count: number) => Promise<Row[] | null>,
  changed: () => void,
) {
  const pages = new Map<number, Page<Row>>()

  function fetchPage(number: number, known: number): void {
    const page = pages.get(number) ?? { rows: [], isUnderway: false, knownOf: 0 }
    page.isUnderway = true
    page.knownOf = known
    pages.delete(number)
    pages.set(number, page)
    const [oldest] = pages.keys()
    if (pages.size > keptPages && oldest !== undefined) pages.delete(oldest)
    void fetchRows(number * pageSize, pageSize).then((rows) => {
      page.isUnderway = false
      if (rows === null) return
      page.rows = rows
      changed()
    })
  }

  return {
    /** `count`: lines that are known by now. Undefined while the line is on its way. */
    row: (index: number, count: number): Row | undefined => {
      const number = Math.floor(index / pageSize)
      const page = pages.get(number)
      const isShort =
        page === undefined || (page.rows.length < pageSize && page.knownOf < count && !page.isUnderway)
      if (isShort) fetchPage(number, count)
      return page?.rows[index % pageSize]
    },
  }
}

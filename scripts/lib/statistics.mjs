// @ts-check
/** The middle value (mean of the two middle ones for an even number). @param {number[]} values @returns {number} */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2
}

/** Rows of text under each other, numbers to the right. @param {(string | number)[][]} rows @returns {string} */
export function table(rows) {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => String(row[at]).length)))
  const cell = (/** @type {string | number} */ value, /** @type {number} */ at) =>
    at === 0 ? String(value).padEnd(widths[at] ?? 0) : String(value).padStart(widths[at] ?? 0)
  return rows.map((row) => row.map(cell).join('   ')).join('\n')
}

/** A stretch of lines that is shown as its first one. Both ends are lines of the body. */
export interface Fold {
  from: number
  to: number
}

/** Lines as they are shown while some are folded away. */
export interface FoldedLines {
  count: number
  /** The line of the body that is shown in a row, and the row that shows a line or what it is folded into. */
  lineIn: (row: number) => number
  rowOf: (line: number) => number
  /** The fold that a line stands for. */
  at: (line: number) => Fold | undefined
}

/** `folds`: in any order, in one another or not, none across the end of another. */
export function foldedLines(count: number, folds: readonly Fold[]): FoldedLines {
  const sorted = folds.filter(({ to }) => to < count).toSorted((one, other) => one.from - other.from)
  const outer: Fold[] = []
  for (const fold of sorted) if (fold.from > (outer.at(-1)?.to ?? -1)) outer.push(fold)
  const hidden = outer.reduce((sum, { from, to }) => sum + to - from, 0)
  return {
    count: count - hidden,
    lineIn: (row) => {
      let line = row
      for (const { from, to } of outer) {
        if (line <= from) break
        line += to - from
      }
      return line
    },
    rowOf: (line) => {
      let row = line
      for (const { from, to } of outer) {
        if (line <= from) break
        row -= Math.min(line, to) - from
      }
      return row
    },
    at: (line) => outer.find(({ from }) => from === line),
  }
}

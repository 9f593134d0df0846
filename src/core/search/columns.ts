/** Documents whose columns are in one block. */
export const columnsAtOnce = 4_096

/** What is known of documents beside their terms: which row each is, when it was and how long it took (-1: unknown). */
export interface Columns {
  numbers: Float64Array
  times: Float64Array
  durations: Float64Array
}

export function newColumns(documents: number): Columns {
  return {
    numbers: new Float64Array(documents),
    times: new Float64Array(documents),
    durations: new Float64Array(documents),
  }
}

/** The columns of a segment, block by block. */
export function* columnBlocks({ numbers, times, durations }: Columns): Generator<Uint8Array> {
  for (let from = 0; from < numbers.length; from += columnsAtOnce) {
    const to = Math.min(from + columnsAtOnce, numbers.length)
    const block = new Float64Array((to - from) * 3)
    block.set(numbers.subarray(from, to))
    block.set(times.subarray(from, to), to - from)
    block.set(durations.subarray(from, to), 2 * (to - from))
    yield new Uint8Array(block.buffer)
  }
}

export function columnBlockCount(documents: number): number {
  return Math.ceil(documents / columnsAtOnce)
}

export function readColumns(block: Uint8Array): Columns {
  const values = new Float64Array(block.slice().buffer)
  const count = Math.floor(values.length / 3)
  return {
    numbers: values.subarray(0, count),
    times: values.subarray(count, 2 * count),
    durations: values.subarray(2 * count),
  }
}

/** Milliseconds that decoding may take of one turn of the loop, all bodies together. */
const most = 8

/** When the decoding of this turn began. */
let since: number | undefined
const waiting: (() => void)[] = []

/** Waits for another turn of the loop, once decoding has had its share of this one: the pieces of many bodies, each of which
 *  is short, would otherwise follow one another without an end. */
export async function breathe(): Promise<void> {
  const now = performance.now()
  if (since === undefined) {
    since = now
    setImmediate(next)
    return
  }
  const isOver = now - since >= most
  const first = isOver ? undefined : waiting.shift()
  if (!isOver && first === undefined) return
  // Whoever has waited longest goes before who has just had a piece.
  await new Promise<void>((done) => {
    waiting.push(done)
    first?.()
  })
}

/** Begins a turn, with the one who has waited longest. */
function next(): void {
  const done = waiting.shift()
  since = done === undefined ? undefined : performance.now()
  if (done === undefined) return
  setImmediate(next)
  done()
}

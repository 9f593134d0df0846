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
  } else if (waiting.length > 0 || now - since >= most)
    await new Promise<void>((done) => void waiting.push(done))
}

/** Each turn has one of those who wait. */
function next(): void {
  const done = waiting.shift()
  since = done === undefined ? undefined : performance.now()
  if (done === undefined) return
  setImmediate(next)
  done()
}

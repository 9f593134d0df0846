import { Socket } from 'node:net'
import type { buildConnector } from 'undici'
import { knowingLoopbackNames } from './loopback-names.ts'

/** What undici takes of the head of a response. */
const mostHead = 65_536
const mostContinues = 16
const beginning = 'HTTP/1.'
const headEnd = /\n\r?\n/g
const nothing = Buffer.alloc(0)
const requestLine = /^[A-Z-]+ \S+ HTTP\/1\.1\r\n/

/** A connector whose sockets have out of the heads of responses what HTTP allows and undici's parser does not: `100
 *  Continue` that no one asked for (RFC 9110 section 15.2), a length that is given twice and is the same (RFC 9110
 *  section 8.6), and the ways of older servers (`tidied`). Lengths that differ, or come beside chunks, are refused as `ERR_TWO_LENGTHS`. Names under `localhost` are
 *  known to it. */
export function softeningHeads(connector: buildConnector.connector): buildConnector.connector {
  const connect = knowingLoopbackNames(connector)
  return (options, callback) =>
    connect(options, (...outcome) => {
      const [, socket] = outcome
      // Where it failed there is none, whatever the types say of it.
      if (socket instanceof Socket) softenHeads(socket)
      callback(...outcome)
    })
}

function softenHeads(socket: Socket): void {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null
  const write = socket.write.bind(socket) as (...given: unknown[]) => boolean
  let head: HeadReader | undefined
  socket.write = (...given: unknown[]) => {
    if (typeof given[0] === 'string' && requestLine.test(given[0])) head = createHeadReader()
    return write(...given)
  }
  socket.read = (size?: number) => {
    for (;;) {
      const piece = read(size)
      if (piece === null || head === undefined) return piece
      const step = head(piece)
      if (step.done) head = undefined
      if (step.refused !== undefined) {
        socket.destroy(Object.assign(new Error(step.refused), { code: step.refused }))
        return null
      }
      if (step.bytes.byteLength > 0) return step.bytes
    }
  }
}

interface Step {
  /** What the parser is to have. */
  bytes: Buffer
  /** The head is complete: the body is passed on as it comes. */
  done: boolean
  refused?: string
}
type HeadReader = (piece: Buffer) => Step

/** Holds back what comes until the head of the response is complete. What is none passes as it is. */
function createHeadReader(): HeadReader {
  let held: Buffer[] = []
  let size = 0
  let continues = 0
  /** The newest characters, in which the end of a head may begin. */
  let tail = ''
  return (piece) => {
    held.push(piece)
    size += piece.byteLength
    const seen = tail + piece.toString('latin1')
    tail = seen.slice(-3)
    if (seen.search(headEnd) < 0 && mayBecomeHead(Buffer.concat(held.slice(0, beginning.length)), size))
      return { bytes: nothing, done: false }
    const all = Buffer.concat(held)
    const whole = all.toString('latin1')
    const passed: Buffer[] = []
    let at = 0
    for (;;) {
      const rest = all.subarray(at)
      headEnd.lastIndex = at
      const end = headEnd.exec(whole)
      if (end === null && mayBecomeHead(rest, rest.byteLength)) {
        held = [rest]
        size = rest.byteLength
        return { bytes: Buffer.concat(passed), done: false }
      }
      const status = /^HTTP\/1\.[01] (\d{3})[ \r\n]/.exec(whole.slice(at, at + 13))?.[1]
      if (end === null || status === undefined || status === '101')
        return { bytes: Buffer.concat([...passed, rest]), done: true }
      const after = end.index + end[0].length
      if (!status.startsWith('1')) {
        const head = withOneLength(tidied(whole.slice(at, after)))
        if (head === undefined) return { bytes: nothing, done: true, refused: 'ERR_TWO_LENGTHS' }
        passed.push(Buffer.from(head, 'latin1'), all.subarray(after))
        return { bytes: Buffer.concat(passed), done: true }
      }
      // The parser itself reads over 103 and the like.
      if (status === '100') continues += 1
      else passed.push(Buffer.from(tidied(whole.slice(at, after)), 'latin1'))
      if (continues > mostContinues) return { bytes: nothing, done: true, refused: 'ERR_MANY_CONTINUES' }
      at = after
    }
  }
}

/** Whether so many bytes without the end of a head may be the beginning of one. */
function mayBecomeHead(begun: Buffer, size: number): boolean {
  return size < mostHead && beginning.startsWith(begun.toString('latin1', 0, beginning.length))
}

/** What clients take of older servers: lines that end with LF alone (RFC 9112 section 2.2), a line that goes on in the
 *  next (section 5.2), blanks before a colon (section 5.1). */
function tidied(head: string): string {
  if (!/[^\r]\n|\n[\t ]|[\t ]:/.test(head)) return head
  const tidy: string[] = []
  for (const line of head.split(/\r?\n/)) {
    const before = tidy.at(-1)
    // The status line does not go on.
    if (/^[\t ]/.test(line) && tidy.length > 1 && before !== undefined && before !== '')
      tidy[tidy.length - 1] = `${before} ${line.trim()}`
    else tidy.push(line.replace(/^([\w!#$%&'*+.^`|~-]+)[\t ]+:/, '$1:'))
  }
  return tidy.join('\r\n')
}

/** The head with its length once; as it is where it has one; `undefined` where lengths do not agree. */
function withOneLength(head: string): string | undefined {
  const lines = head.split('\n')
  const isLength = (line: string) => /^content-length:/i.test(line)
  const values = lines.filter(isLength).flatMap((line) =>
    line
      .slice(15)
      .split(',')
      .map((value) => value.trim()),
  )
  if (values.length === 0) return head
  if (values.length > 1 && (new Set(values).size > 1 || !/^\d+$/.test(values[0] ?? ''))) return undefined
  if (lines.some((line) => /^transfer-encoding:/i.test(line))) return undefined
  const first = lines.findIndex(isLength)
  return lines
    .filter((line, index) => index === first || !isLength(line))
    .map((line) => (values.length > 1 && isLength(line) ? `Content-Length: ${values[0]}\r` : line))
    .join('\n')
}

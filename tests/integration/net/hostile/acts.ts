import type { Socket } from 'node:net'

/** What a hostile server does. */
export interface Act {
  name: string
  /** Done with each connection: at once, or when its request came. */
  at?: 'connect'
  play: (socket: Socket, path: string) => void
  /** Code of the failure or of the answer's problem; `cut off` at the size limit; `ok`. */
  ends: string | readonly string[]
  /** Where it ends otherwise for the OAuth fetch, which shows no part of an answer and follows no redirect. */
  oauth?: string
  method?: string
}

export const okHead = 'HTTP/1.1 200 OK\r\n'

/** Writes without an end, as fast as it is taken. */
export function endless(socket: Socket, piece: string | Uint8Array): void {
  function go(): void {
    while (!socket.destroyed && socket.write(piece));
    if (!socket.destroyed) socket.once('drain', go)
  }
  go()
}

/** Writes a byte at a time, so slowly that it never ends within the limit. */
export function drip(socket: Socket, text: string): void {
  let at = 0
  const timer = setInterval(() => socket.write(text.charAt(at++ % text.length), 'latin1'), 40)
  socket.once('close', () => clearInterval(timer))
}

/** An answer that is sent in one and then ended. */
export function says(
  name: string,
  text: string | Uint8Array,
  ends: Act['ends'],
  more: Partial<Act> = {},
): Act {
  return {
    name,
    ends,
    play: (socket) => socket.end(typeof text === 'string' ? Buffer.from(text, 'latin1') : text),
    ...more,
  }
}

/** A head, and a body as bytes. */
export function withBody(head: string, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${okHead}${head}\r\n\r\n`, 'latin1'), body])
}

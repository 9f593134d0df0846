import type { IncomingMessage } from 'node:http'

const maximumBytes = 16 * 1024

/** Reads an urlencoded form; undefined when it is larger than any form here can be. */
export async function readForm(
  request: IncomingMessage,
  limit = maximumBytes,
): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > limit) return undefined
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}

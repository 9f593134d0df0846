import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { FaultName } from './table.ts'

const slowMs = 10_000
const hugeBytes = 64 * 1024 * 1024
const retryAfterSeconds = 2

/** Faults that show themselves in how a response comes, not in what it says; they can be put at any place. */
export const answerFaults: ReadonlySet<FaultName> = new Set<FaultName>([
  'slow-answer',
  'cut-answer',
  'huge-answer',
  'html-answer',
  'rate-limited',
  'unavailable',
])

/** Lets a response go wrong; true where it has been given already and nothing else may be done with the request. */
export async function spoilAnswer(response: ServerResponse, faults: readonly FaultName[]): Promise<boolean> {
  const on = new Set(faults)
  if (on.has('cut-answer')) cut(response)
  if (on.has('slow-answer')) delay(response)
  if (on.has('rate-limited')) refuse(response, 429)
  else if (on.has('unavailable')) refuse(response, 503)
  else if (on.has('html-answer')) {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
    response.end('<!DOCTYPE html><title>Welcome</title><h1>Please sign in to the network</h1>')
  } else if (on.has('huge-answer')) await flood(response)
  else return false
  return true
}

function refuse(response: ServerResponse, status: 429 | 503): void {
  const error = status === 429 ? 'too_many_requests' : 'temporarily_unavailable'
  response.writeHead(status, { 'Content-Type': 'application/json', 'Retry-After': String(retryAfterSeconds) })
  response.end(JSON.stringify({ error, error_description: 'this is a requested fault' }))
}

async function flood(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/json' })
  // Whoever stops reading has seen enough.
  await pipeline(padding(), response).catch(() => undefined)
}

function* padding(): Generator<string> {
  const piece = 'x'.repeat(64 * 1024)
  yield '{"padding":"'
  for (let sent = 0; sent < hugeBytes; sent += piece.length) yield piece
  yield '"}'
}

/** Breaks the connection after half of what is to be sent. */
function cut(response: ServerResponse): void {
  response.end = ((chunk?: unknown) => {
    const body =
      typeof chunk === 'string' || chunk instanceof Uint8Array
        ? Buffer.from(chunk as string)
        : Buffer.alloc(0)
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.socket?.destroy())
    return response
  }) as typeof response.end
}

function delay(response: ServerResponse): void {
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse
  response.end = ((...given: unknown[]) => {
    void wait(slowMs, undefined, { ref: false }).then(() => end(...given))
    return response
  }) as typeof response.end
}

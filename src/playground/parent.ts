import { fstatSync } from 'node:fs'
import { isFaultName, type FaultName } from './faults/table.ts'

type MessagePort = { on: (event: 'message', listener: (message: { data: unknown }) => void) => unknown }

type FaultMessage = { id?: number; fault: FaultName; on: boolean }

/** Calls back once when the parent goes: its end of a pipe closes, or another process takes over as parent. */
export function onParentGone(gone: () => void): void {
  process.on('disconnect', gone)
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && gone(), 1000).unref()
  const input = fstatSync(0)
  // Only a pipe tells anything by its end; /dev/null has always ended.
  if (input.isFIFO() || input.isSocket()) process.stdin.on('end', gone).on('error', gone).resume()
}

/** Takes `{ id, fault, on }` from a parent that has a message channel to this process, whichever of the two kinds. */
export function onFaultMessage(take: (message: FaultMessage) => void): void {
  function read(message: unknown) {
    if (typeof message !== 'object' || message === null) return
    const { id, fault, on } = message as { id?: unknown; fault?: unknown; on?: unknown }
    if (typeof fault === 'string' && isFaultName(fault) && typeof on === 'boolean') {
      take({ ...(typeof id === 'number' ? { id } : {}), fault, on })
    }
  }
  process.on('message', read)
  const { parentPort } = process as { parentPort?: MessagePort }
  parentPort?.on('message', ({ data }) => read(data))
}

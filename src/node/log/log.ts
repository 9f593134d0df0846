import { defined } from '@contract/defined'
import { cleanField, createClean, type Field, type Place } from './clean.ts'
import { describeError } from './describe-error.ts'
import { createRotatingFile, type LogLimits } from './rotating-file.ts'

type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** What can be told. A closed list: free text does not reach the log, so a secret can't be put into a
 *  sentence by mistake. */
type LogCode =
  | 'page_opened'
  | 'switches_refused'
  | 'call_failed'
  | 'start_failed'
  | 'uncaught_exception'
  | 'unhandled_rejection'
  | 'window_gone'
  | 'window_unresponsive'
  | 'helper_process_gone'

export interface LogOptions {
  /** Folder of the log files; made where it is not there. */
  directory: string
  /** Milliseconds since 1970. */
  now: () => number
  limits?: Partial<LogLimits>
  /** Folders that are written by name, so that a log can be shown to others. */
  places?: readonly Place[]
  /** Lines below this level are left out. */
  level?: LogLevel
}

/** The one way into the log. Nothing here throws, blocks or waits for the disk. */
export interface Log {
  write: (level: LogLevel, code: LogCode, fields?: Record<string, Field>, error?: unknown) => void
  flush: () => Promise<void>
  flushNow: () => void
}

/** Three files of 1 MB; a burst of 2,000 lines waits in memory. */
const defaultLimits: LogLimits = { fileSize: 1_048_576, files: 3, waiting: 2_000 }

const order: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 }
const maxFields = 20

/** Writes JSON lines to `gatehouse.log` in `directory`, each string without secrets and private paths. */
export function createLog({ directory, now, limits, places = [], level = 'info' }: LogOptions): Log {
  const clean = createClean(places)
  const time = (): string => new Date(now()).toISOString()
  const line = (entry: object): string => `${JSON.stringify(entry)}\n`
  const file = createRotatingFile(directory, { ...defaultLimits, ...limits }, (count) =>
    line({ at: time(), level: 'warn', code: 'lines_lost', count }),
  )
  return {
    write: (at, code, fields = {}, error) => {
      if (order[at] < order[level]) return
      try {
        const told = Object.entries(fields)
          .slice(0, maxFields)
          .map(([name, value]) => [clean(name, 60), cleanField(clean, name, value)])
        file.write(
          line({
            at: time(),
            level: at,
            code: clean(code, 60),
            ...defined({
              fields: told.length > 0 ? (Object.fromEntries(told) as Record<string, unknown>) : undefined,
              error: error === undefined ? undefined : describeError(error, clean),
            }),
          }),
        )
      } catch {
        // The log is never the reason why something else fails.
      }
    },
    flush: file.flush,
    flushNow: file.flushNow,
  }
}

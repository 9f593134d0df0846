const levels = ['error', 'warn', 'info', 'debug'] as const

type LogLevel = (typeof levels)[number]

export type Log = (
  level: LogLevel,
  message: string,
  more?: Readonly<Record<string, string | number | undefined>>,
) => void

export type LogOptions = { level: LogLevel; format: 'text' | 'json'; write: (line: string) => void }

/** One line an event. No token, code, secret or password ever comes here: who logs names what happened. */
export function createLog({ level, format, write }: LogOptions): Log {
  const most = levels.indexOf(level)
  return (at, message, more = {}) => {
    if (levels.indexOf(at) > most) return
    const shown = message.slice(0, 2000)
    if (format === 'json')
      write(JSON.stringify({ time: new Date().toISOString(), level: at, message: shown, ...more }))
    else {
      const rest = Object.entries(more).flatMap(([name, value]) =>
        value === undefined ? [] : [`${name}=${value}`],
      )
      // A line break in what someone sent does not begin a line of ours.
      write([shown, ...rest].join(' ').replace(/[\r\n]+/g, ' '))
    }
  }
}

/** `10:48`, hours as `1:02:03`. Seconds are cut, not rounded, so that a countdown never shows too much. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`
}

/** One or two units: `48 s`, `10 min 48 s`, `3 h 5 min`, `2 d 4 h`. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(Math.abs(milliseconds) / 1000))
  const [d, h, m, s] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ]
  if (d > 0) return h > 0 && d < 30 ? `${d} d ${h} h` : `${d} d`
  if (h > 0) return m > 0 ? `${h} h ${m} min` : `${h} h`
  if (m > 0) return s > 0 ? `${m} min ${s} s` : `${m} min`
  return `${s} s`
}

/** The largest unit alone: `3 h`, for what needs no exactness. */
export function roughSpan(milliseconds: number): string {
  return span(milliseconds).split(' ').slice(0, 2).join(' ')
}

/** `in 10 min 48 s` or `4 min 12 s ago`. */
export function relative(at: number, now: number): string {
  if (Math.abs(at - now) < 1000) return 'now'
  return at > now ? `in ${span(at - now)}` : `${span(now - at)} ago`
}

/** A length of work in milliseconds: `0.4 ms`, `14 ms`, `1.24 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return `${milliseconds.toFixed(1)} ms`
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(2)} s`
  return span(milliseconds)
}

/** Bytes in decimal units: `212 B`, `1.1 kB`, `62 MB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? 'TB'}`
}

/** `13:45:28` in local time. */
export function timeOfDay(at: number): string {
  const date = new Date(at)
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`
}

/** `2026-11-23` in local time: sorts, and names a day without a language. */
export function dayKey(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

/** `Today`, `Yesterday`, else `2026-11-20`. */
export function dayName(at: number, now: number): string {
  const key = dayKey(at)
  if (key === dayKey(now)) return 'Today'
  const yesterday = new Date(now)
  yesterday.setDate(yesterday.getDate() - 1)
  return key === dayKey(yesterday.getTime()) ? 'Yesterday' : key
}

/** The time of day, with the date in front where it is not today. */
export function moment(at: number, now: number): string {
  return dayKey(at) === dayKey(now) ? timeOfDay(at) : `${dayKey(at)} ${timeOfDay(at)}`
}

/** `host:port` of a URL, or the text itself where it is none. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host || url
}

/** Path and query of a URL, for lists that are narrow. */
export function pathOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed ? parsed.pathname + parsed.search : url
}

/** `a1f3e0c2…9c`: the ends of an identifier that is too long to read. */
export function shorten(text: string, most = 24): string {
  return text.length <= most ? text : `${text.slice(0, most - 8)}…${text.slice(-6)}`
}

/** `1 account`, `2 accounts`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
function pad(value: number): string {
  return String(value).padStart(2, '0')
}

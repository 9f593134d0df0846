import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'

/** Process ids of the page processes of the app on this profile. */
export const pageProcesses = (profile: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        return line.includes('--type=renderer') && line.includes(profile)
      } catch {
        return false
      }
    })

/** A read in one go; regions larger than this are read in overlapping pieces. Bytes. */
const piece = 16 * 1024 * 1024

/** Which of these texts (name → text) are in a process's writable memory, as bytes or as UTF-16. */
export const findInMemory = (pid: number, texts: Record<string, string>): string[] => {
  const needles = Object.entries(texts).flatMap(([name, text]) => [
    { name, bytes: Buffer.from(text, 'latin1') },
    { name, bytes: Buffer.from(text, 'utf16le') },
  ])
  const overlap = Math.max(...needles.map(({ bytes }) => bytes.length))
  const found = new Set<string>()
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const region = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line)
      if (!region) continue
      const [from = 0, to = 0] = [region[1], region[2]].map((digits) => Number.parseInt(digits ?? '0', 16))
      for (let at = from; at < to; at += piece) {
        const buffer = Buffer.alloc(Math.min(piece + overlap, to - at))
        try {
          readSync(memory, buffer, 0, buffer.length, at)
        } catch {
          continue // Reserved and never used, or another program's.
        }
        for (const { name, bytes } of needles) if (buffer.includes(bytes)) found.add(name)
      }
    }
  } finally {
    closeSync(memory)
  }
  return [...found]
}

/** Milliseconds after which typed letters start over. */
const pause = 500

interface Place {
  open: boolean
  /** The option that is looked at, or is chosen. */
  at: number
  last: number
  /** Options that Page Up and Page Down go over. */
  page: number
}

/** Where a key leads in a list of options; undefined for a key that leads nowhere. */
export function stepOf(key: string, { open, at, last, page }: Place): number | undefined {
  const to = (index: number): number => Math.max(0, Math.min(last, index))
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (!open) return undefined
  if (key === 'ArrowDown') return to(at + 1)
  if (key === 'ArrowUp') return to(at - 1)
  if (key === 'PageDown') return to(at + page)
  if (key === 'PageUp') return to(at - page)
  return undefined
}

/** Options that are in view at once. */
export function pageOfOptions(list: HTMLElement | null): number {
  const height = list?.firstElementChild?.clientHeight ?? 0
  return list && height > 0 ? Math.max(1, Math.floor(list.clientHeight / height) - 1) : 10
}

/** Finds options by the letters that are typed one after the other, as a browser's own list does. */
export function createTypeAhead() {
  let letters = ''
  let last = -Infinity
  return {
    /** Whether letters were typed just now: then a space is one of them. `at` in milliseconds. */
    holds: (at: number): boolean => letters !== '' && at - last < pause,
    /** The next option that begins with what was typed; the same letter again goes to the next one. */
    find(letter: string, labels: readonly string[], from: number, at: number): number | undefined {
      letters = (at - last < pause ? letters : '') + letter.toLowerCase()
      last = at
      const same = letters === letters.charAt(0).repeat(letters.length)
      const wanted = same ? letters.charAt(0) : letters
      const start = same ? from + 1 : from
      for (let step = 0; step < labels.length; step += 1) {
        const index = (start + step) % labels.length
        if (labels[index]?.toLowerCase().startsWith(wanted)) return index
      }
      return undefined
    },
  }
}

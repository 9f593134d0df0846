/** How much structure one file may have: lines, entries and brackets outside of quoted and block text. A parser needs
 *  microseconds for each, and a file is read in one go. */
const structureLimit = 20_000

/** Whether there is more structure in a text than is read; long bodies, as block or quoted text, count for nothing. */
export function hasTooMuchStructure(text: string): boolean {
  let count = 0
  for (let at = 0; at < text.length && count <= structureLimit; count += 1) {
    const end = endOfLine(text, at)
    const { weight, next } = weigh(text, at, end)
    count += weight
    at = next
  }
  return count > structureLimit
}

/** What one line weighs, and where the next begins that is to be weighed. */
function weigh(text: string, start: number, end: number): { weight: number; next: number } {
  let weight = 0
  for (let at = start; at < end; at += 1) {
    const char = text.charAt(at)
    if ((char === '"' || char === "'") && opensText(text, start, at)) {
      weight += 1
      const closed = endOfQuoted(text, at, char)
      if (closed >= end) return { weight, next: closed }
      at = closed - 1
    } else if (structural.has(char)) weight += 1
  }
  const header = blockHeader.test(text.slice(Math.max(start, end - 12), end))
  return { weight, next: header ? endOfBlock(text, start, end) : end + 1 }
}

const structural = new Set([',', '[', '{', ':', '-', '?', '&', '*', '!', '"', "'"])
const blockHeader = /[:-] [|>][+\-\d]{0,2} *\r?$/

function opensText(text: string, start: number, at: number): boolean {
  return at === start || ' \t,[{'.includes(text.charAt(at - 1))
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** Behind the closing quote. */
function endOfQuoted(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char === '\\' && quote === '"') at += 1
    else if (char === quote) {
      if (quote === '"' || text.charAt(at + 1) !== quote) return at + 1
      at += 1
    }
  }
  return text.length
}

/** The start of the first line that is not part of the block text that a line opens. */
function endOfBlock(text: string, start: number, end: number): number {
  const indent = indentAt(text, start)
  let at = end + 1
  while (at < text.length) {
    const stop = endOfLine(text, at)
    const own = indentAt(text, at)
    if (own <= indent && at + own < stop && text.charAt(at + own) !== '\r') return at
    at = stop + 1
  }
  return at
}

function indentAt(text: string, start: number): number {
  let at = start
  while (text.charAt(at) === ' ') at += 1
  return at - start
}

/** Longer texts are not laid out whole: a field would hold the page up for half a second. In characters. */
export const longest = 65_536
/** What is shown of a longer one. */
const head = 4_000

/** What a field shows of a text: all of it, or its beginning and how much more there is. */
export function shownOf(text: string): string {
  return text.length <= longest ? text : text.slice(0, head) + restOf(text)
}

/** The text that is meant by what the field holds after an edit: the beginning was edited, or all was replaced. */
export function editedText(before: string, field: string): string {
  if (before.length <= longest) return field
  const rest = restOf(before)
  return field.endsWith(rest) ? field.slice(0, -rest.length) + before.slice(head) : field
}

function restOf(text: string): string {
  return `\n… and ${(text.length - head).toLocaleString('en')} more characters, all of which are read.`
}

import { tagLimits } from '@contract/words.ts'

/** The tags that a line of text names, each once: with commas between them. */
export function tagsIn(text: string): string[] {
  const tags = text.split(',').map((each) => each.trim().slice(0, tagLimits.length).trim())
  return [...new Set(tags.filter((each) => each !== ''))].slice(0, tagLimits.count)
}

/** Tags as a line of text. */
export function textOfTags(tags: readonly string[]): string {
  return tags.join(', ')
}

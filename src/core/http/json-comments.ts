import { stripComments } from 'jsonc-parser'

/** JSON without its comments (`//` to the end of the line, and between slashes and stars). What has none stays as it is,
 *  to the byte, whether it is JSON or not. */
export function withoutComments(text: string): string {
  return text.includes('//') || text.includes('/*') ? stripComments(text) : text
}

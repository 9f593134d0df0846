import { fail, ok, type Result } from '@contract/result'

/** Characters in a username, at most. */
const usernameLimit = 64

/** What two usernames are compared by: compatibility forms and letter case do not tell them apart (in the
 *  spirit of RFC 8265 section 3.3, UsernameCaseMapped). Upper case between makes ß and ss, σ and ς the same,
 *  lower case before it ẞ and ß. */
export function foldUsername(username: string): string {
  return username
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFKC')
}

/** A username as it is kept: composed, without spaces at the ends. Code: `username_invalid`. */
export function readUsername(text: string): Result<string> {
  const username = text.normalize('NFC').trim()
  const length = Array.from(username).length
  const refuse = (why: string) =>
    fail(
      'username_invalid',
      `This username cannot be used: ${why}.`,
      'Choose letters, digits, spaces, . _ @ or -.',
    )
  if (length === 0) return refuse('it is empty')
  if (length > usernameLimit || Array.from(foldUsername(username)).length > usernameLimit)
    return refuse(`it is longer than ${usernameLimit} characters`)
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(username)) return refuse('it contains invisible characters')
  if (/[<>"'`\\/|:*?]/.test(username)) return refuse('it contains one of < > " \' ` \\ / | : * ?')
  if (!/[\p{L}\p{N}]/u.test(username)) return refuse('it contains no letter and no digit')
  return ok(username)
}

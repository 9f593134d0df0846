import { RE2JS, RE2JSException } from 're2js'
import { fail, ok, type Result } from '@contract/result'
import { searchLines, type ByteSearch } from '../../core/bodies/search.ts'

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Looks for a regular expression in the syntax of RE2, whose time grows with the body alone. Code: `pattern_unfit`. */
export function searchPattern(pattern: string, matchCase: boolean): Result<ByteSearch> {
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.MULTILINE | (matchCase ? 0 : RE2JS.CASE_INSENSITIVE))
    return ok(searchLines((bytes) => matchesIn(compiled, bytes)))
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    return fail(
      'pattern_unfit',
      'This is not a regular expression that can be used here.',
      'Check its brackets and repetitions. Backreferences and lookarounds are not part of RE2’s syntax.',
    )
  }
}

function matchesIn(compiled: RE2JS, bytes: Uint8Array): number[] {
  const text = utf8.decode(bytes)
  // Of ASCII a place in the text is one in the bytes, and texts are searched several times as fast.
  const matcher = compiled.matcher(text.length === bytes.length ? text : bytes)
  const found: number[] = []
  while (matcher.find()) if (matcher.end() > matcher.start()) found.push(matcher.start())
  return found
}

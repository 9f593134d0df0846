import { expect, it } from 'vitest'
import { escapeBeyondLatin1 } from '../../../scripts/lib/one-byte.mjs'

it('writes what is beyond Latin-1 as escapes that mean the same', () => {
  const code = 'export default ["“é”", `…${1}😀`, /[“😀]/u.test("😀"), { naïve: 1 }]'
  const escaped = escapeBeyondLatin1(code)
  expect([...escaped].every((each) => each.charCodeAt(0) <= 0xff)).toBe(true)
  const valueOf = (text: string): unknown => new Function(text.replace('export default', 'return'))()
  expect(valueOf(escaped)).toEqual(valueOf(code))
  expect(valueOf(escaped)).toEqual(['“é”', '…1😀', true, { naïve: 1 }])
})

it('leaves everything else as it is', () => {
  const code = 'const café = "\\u2026"\n'
  expect(escapeBeyondLatin1(code)).toBe(code)
})

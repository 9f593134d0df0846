import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SendSettings } from '@contract/sending/settings'
import { editRequest } from '../../../../src/core/collections/edit-request.ts'
import { readRequest } from '../../../../src/core/collections/read-request.ts'

const bare = `info:
  name: Orders
  type: http

http:
  method: GET
  url: https://api.example/orders

docs: kept
`
const said = bare.replace(
  'docs: kept',
  `settings:
  encodeUrl: true
  timeout: 0 # as usual
  followRedirects: true
  maxRedirects: inherit

docs: kept
extensions:
  other: {a: 1}
  gatehouse:
    http2: true`,
)

function read(text: string) {
  const found = readRequest(text)
  if (!found.ok) throw new Error(found.fault.reason)
  return found.request
}
function edited(text: string, settings: SendSettings | undefined): string {
  const request = read(text)
  const { settings: _before, ...draft } = request.draft
  const result = editRequest(request, 'Orders', { ...draft, ...(settings && { settings }) })
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.next ?? result.error.message}`)
  return result.value
}

describe('settings of a request’s file', () => {
  it('are read from the format’s block and from the extensions', () => {
    expect(read(bare).draft.settings).toBeUndefined()
    expect(read(said).draft.settings).toEqual({ timeout: 0, followRedirects: true, http2: true })
  })
  it('stay to the byte where nothing changed', () => {
    expect(edited(said, read(said).draft.settings)).toBe(said)
  })
  it('are changed where they are', () => {
    const text = edited(said, { timeout: 2_500, followRedirects: false, maxRedirects: 3, http2: false })
    expect(text).toBe(
      said
        .replace('timeout: 0 #', 'timeout: 2500 #')
        .replace('followRedirects: true', 'followRedirects: false')
        .replace('maxRedirects: inherit', 'maxRedirects: 3')
        .replace('http2: true', 'http2: false'),
    )
  })
  it('are taken out, with the maps that they alone are in', () => {
    const text = edited(said, undefined)
    expect(text).toContain('settings:\n  encodeUrl: true\n  maxRedirects: inherit\n')
    expect(text).toContain('extensions:\n  other: {a: 1}')
    expect(text).not.toContain('gatehouse')
    expect(edited(edited(bare, { timeout: 5, http2: true }), undefined)).toBe(bare)
  })
  it('say what was set, whatever was there before', () => {
    const settings: fc.Arbitrary<SendSettings> = fc.record(
      {
        timeout: fc.integer({ min: 0, max: 86_400_000 }),
        followRedirects: fc.boolean(),
        maxRedirects: fc.integer({ min: 0, max: 50 }),
        http2: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.constantFrom(bare, said), settings, settings, (text, first, second) => {
        const again = edited(edited(text, first), second)
        expect(read(again).draft.settings ?? {}).toEqual(second)
        expect(again).toContain('docs: kept')
      }),
    )
  })
})

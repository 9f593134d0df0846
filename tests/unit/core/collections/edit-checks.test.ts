import { describe, expect, it } from 'vitest'
import type { Check } from '@contract/sending/checks'
import { editRequest } from '../../../../src/core/collections/edit-request.ts'
import { readRequest } from '../../../../src/core/collections/read-request.ts'

const before = `info:
  name: Orders
  type: http

http:
  method: GET
  url: https://api.example/orders

runtime:
  scripts:
    - type: tests
      code: test("x", () => {})
  assertions:
    # the status first
    - expression: res.status
      operator: eq
      value: "200"
      description: Has to be there
    - {expression: res.body.ok, operator: isTruthy}
    - expression: res.body.count
      operator: gt
      value: 3 # at least
      disabled: true

settings:
  timeout: 0
`

function read(text: string) {
  const found = readRequest(text)
  if (!found.ok) throw new Error(found.fault.reason)
  return found.request
}
function edited(text: string, change: (checks: Check[]) => Check[]): string {
  const request = read(text)
  const { draft, head } = request
  const result = editRequest(request, head.name, { ...draft, checks: change(draft.checks ?? []) })
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}
const own: Check = { expression: '$.items[0].id', operator: 'eq', value: '7', enabled: true }

describe('checks of a file', () => {
  it('are read in order, and scripts are kept and named', () => {
    const { draft, kept } = read(before)
    expect(draft.checks).toEqual([
      { expression: 'res.status', operator: 'eq', value: '200', enabled: true },
      { expression: 'res.body.ok', operator: 'isTruthy', value: '', enabled: true },
      { expression: 'res.body.count', operator: 'gt', value: '3', enabled: false },
    ])
    expect(kept).toEqual(['scripts'])
  })
  it('stay to the byte where nothing changed', () => expect(edited(before, (checks) => checks)).toBe(before))
  it('that say nothing yet stay where another is changed', () => {
    const empty = before.replace(/(assertions:\n)/, '$1    - expression: ""\n      operator: eq\n')
    expect(empty).not.toBe(before)
    expect(edited(empty, (checks) => checks)).toBe(empty)
    const added = edited(empty, (checks) => [
      ...checks,
      { expression: 'res.url', operator: 'isString', value: '', enabled: true },
    ])
    expect(added).toContain('    - expression: ""\n      operator: eq\n')
  })
  it('are changed where they are', () => {
    const text = edited(before, (checks) =>
      checks.map((one, at) => (at === 0 ? { ...one, value: '201' } : one)),
    )
    expect(text).toBe(before.replace('value: "200"', 'value: "201"'))
    const enabled = edited(before, (checks) => checks.map((one) => ({ ...one, enabled: true })))
    expect(enabled).toBe(before.replace('      disabled: true\n', ''))
    const flow = edited(before, (checks) =>
      checks.map((one, at) => (at === 1 ? { ...one, operator: 'eq', value: 'true' } : one)),
    )
    expect(read(flow).draft.checks?.[1]).toMatchObject({ operator: 'eq', value: 'true' })
    expect(flow.split('\n').length).toBe(before.split('\n').length)
  })
  it('are added and taken away', () => {
    const less = edited(before, (checks) => checks.slice(0, 1))
    expect(less).toContain('description: Has to be there')
    expect(read(less).draft.checks).toHaveLength(1)
    const more = edited(before, (checks) => [...checks, { ...own, expression: 'res.body.id' }])
    expect(read(more).draft.checks).toHaveLength(4)
    expect(read(edited(before, () => [])).draft.checks).toBeUndefined()
    expect(edited(before, () => [])).toContain('scripts:')
  })
  it('that only Gatehouse knows are written beside the format’s own', () => {
    const text = edited(before, (checks) => [own, ...checks])
    expect(text).toContain(
      'extensions:\n  gatehouse:\n    checks:\n      - expression: $.items[0].id\n        operator: eq\n        value: "7"',
    )
    expect(read(text).draft.checks?.at(-1)).toEqual(own)
    expect(text.startsWith(before)).toBe(true)
    const again = edited(text, (checks) =>
      checks.map((one) => (one.expression === own.expression ? { ...one, value: '8' } : one)),
    )
    expect(again).toBe(text.replace('value: "7"', 'value: "8"'))
    expect(read(edited(text, (checks) => checks.slice(0, 3))).draft.checks).toHaveLength(3)
  })
  it('come into a file without any, together with other changes', () => {
    const bare = 'info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: https://a.example\n'
    const request = read(bare)
    const result = editRequest(request, 'B', {
      ...request.draft,
      variables: [{ name: 'a', value: '1', enabled: true }],
      checks: [{ ...own, expression: 'res.status' }, own],
    })
    if (!result.ok) throw new Error(result.error.message)
    const now = read(result.value)
    expect(now.head.name).toBe('B')
    expect(now.draft.variables).toHaveLength(1)
    expect(now.draft.checks).toHaveLength(2)
  })
})

import { describe, expect, it } from 'vitest'
import type { Capture } from '@contract/sending/captures'
import { editRequest } from '../../../../src/core/collections/edit-request.ts'
import { readRequest } from '../../../../src/core/collections/read-request.ts'

const before = `info:
  name: Orders
  type: http

http:
  method: GET
  url: https://api.example/orders

runtime:
  assertions:
    - expression: res.status
      operator: eq
      value: "200"
  actions:
    # what the next one needs
    - type: set-variable
      description: The first order
      phase: after-response
      selector:
        expression: res.body[0].id # the newest
        method: jsonq
      variable:
        name: orderId
        scope: runtime
    - type: set-variable
      phase: before-request
      selector: {expression: req.url, method: jsonq}
      variable: {name: address, scope: request}
    - type: set-variable
      phase: after-response
      selector: {expression: 'res.headers["etag"]', method: jsonq}
      variable: {name: etag, scope: request}
      disabled: true

settings:
  timeout: 0
`
const bare = 'info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: https://api.example/\n'

function read(text: string) {
  const found = readRequest(text)
  if (!found.ok) throw new Error(found.fault.reason)
  return found.request
}
function edited(text: string, change: (captures: Capture[]) => Capture[]): string {
  const request = read(text)
  const { draft, head } = request
  const result = editRequest(request, head.name, { ...draft, captures: change(draft.captures ?? []) })
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}
const made: Capture = { name: 'id', expression: 'res.body.id', scope: 'runtime', enabled: true }
const own: Capture = { name: 'last', expression: '$.items[-1].id', scope: 'folder', enabled: true }

describe('captures of a file', () => {
  it('are read in order, and other actions are kept and named', () => {
    const { draft, kept } = read(before)
    expect(draft.captures).toEqual([
      { name: 'orderId', expression: 'res.body[0].id', scope: 'runtime', enabled: true },
      { name: 'etag', expression: 'res.headers["etag"]', scope: 'request', enabled: false },
    ])
    expect(kept).toEqual(['actions'])
  })
  it('stay to the byte where nothing changed', () => expect(edited(before, (all) => all)).toBe(before))
  it('that say nothing yet stay where anything else is changed', () => {
    const empty = before
      .replace('expression: res.body[0].id # the newest', 'expression: ""')
      .replace('name: orderId', 'name: ""')
    expect(edited(empty, (all) => all)).toBe(empty)
    expect(edited(empty, (all) => all.map((each) => ({ ...each, enabled: true })))).toBe(
      empty.replace('      disabled: true\n', ''),
    )
  })
  it('are changed where they are', () => {
    const text = edited(before, (all) =>
      all.map((one, at) => (at === 0 ? { ...one, expression: 'res.body[1].id', scope: 'environment' } : one)),
    )
    expect(text).toBe(
      before.replace('res.body[0].id', 'res.body[1].id').replace('scope: runtime', 'scope: environment'),
    )
    expect(edited(before, (all) => all.map((one) => ({ ...one, enabled: true })))).toBe(
      before.replace('      disabled: true\n', ''),
    )
    const renamed = edited(before, (all) =>
      all.map((one) => (one.name === 'etag' ? { ...one, name: 'tag' } : one)),
    )
    expect(renamed).toBe(before.replace('name: etag', 'name: tag'))
  })
  it('are added and taken away beside other actions', () => {
    const more = edited(before, (all) => [...all, made])
    expect(read(more).draft.captures).toHaveLength(3)
    expect(more).toContain(before.slice(0, before.indexOf('\nsettings')))
    const none = edited(before, () => [])
    expect(read(none).draft.captures).toBeUndefined()
    expect(none).toContain('phase: before-request')
    expect(none).not.toContain('after-response')
    expect(none).toContain('assertions:')
  })
  it('are written as Bruno does; a JSONPath is Gatehouse’s own', () => {
    expect(edited(bare, () => [made])).toBe(
      `${bare}runtime:\n  actions:\n    - type: set-variable\n      phase: after-response\n      selector:\n        expression: res.body.id\n        method: jsonq\n      variable:\n        name: id\n        scope: runtime\n`,
    )
    const text = edited(bare, () => [own])
    expect(text).toBe(
      `${bare}extensions:\n  gatehouse:\n    captures:\n      - name: last\n        expression: $.items[-1].id\n        scope: folder\n`,
    )
    expect(read(text).draft.captures).toEqual([own])
    expect(edited(text, () => [{ ...own, enabled: false }])).toBe(`${text}        disabled: true\n`)
    const checks = read(edited(text, (all) => [...all, made])).draft.captures
    expect(checks).toEqual([made, own])
  })
  it('leave alone what has another scope or way', () => {
    const other = before
      .replace('scope: runtime', 'scope: planet')
      .replace('etag, scope', 'etag, place: here, scope')
    expect(read(other).draft.captures).toEqual([expect.objectContaining({ name: 'etag' })])
    expect(edited(other, (all) => all)).toBe(other)
  })
})

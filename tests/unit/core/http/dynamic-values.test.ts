import { describe, expect, it } from 'vitest'
import { dynamicTable, type DynamicName } from '../../../../src/core/contract/tables/dynamic-names.ts'
import { dynamicValue } from '../../../../src/core/http/dynamic-values.ts'

let next = 0
const chance = {
  now: () => Date.UTC(2026, 10, 27, 19, 0, 0, 5),
  randomBytes: (length: number) => Uint8Array.from({ length }, () => (next = (next * 73 + 41) % 256)),
}
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const looks: Partial<Record<DynamicName, RegExp>> = {
  $uuid: uuid,
  $guid: uuid,
  $randomUUID: uuid,
  $timestamp: /^1795806000$/,
  $isoTimestamp: /^2026-11-27T19:00:00\.005Z$/,
  $randomInt: /^(?:\d{1,3}|1000)$/,
  $randomBoolean: /^(?:true|false)$/,
  $randomAlphaNumeric: /^[a-z\d]$/,
  $randomHexColor: /^#[\da-f]{6}$/,
  $randomNanoId: /^[\w-]{21}$/,
  $randomPassword: /^[A-Za-z\d]{15}$/,
  $randomIP: /^(?:\d{1,3}\.){3}\d{1,3}$/,
  $randomIPV6: /^(?:[\da-f]{4}:){7}[\da-f]{4}$/,
  $randomMACAddress: /^(?:[\da-f]{2}:){5}[\da-f]{2}$/,
  $randomEmail: /^[a-z]+\.[a-z]+\d+@example\.com$/,
  $randomPrice: /^\d+\.\d\d$/,
  $randomDatePast: /^202[56]-/,
  $randomDateFuture: /^202[67]-/,
}

describe('values that change each time', () => {
  it.each(Object.keys(dynamicTable) as DynamicName[])('%s looks as it should, every time', (name) => {
    for (let round = 0; round < 50; round += 1) {
      const value = dynamicValue(name, chance) ?? ''
      expect(value).toMatch(looks[name] ?? /^[^\s{}][^{}]*$/)
    }
  })
  it('are none of other names', () => {
    expect(dynamicValue('$nothing', chance)).toBeUndefined()
    expect(dynamicValue('$constructor', chance)).toBeUndefined()
    expect(dynamicValue('toString', chance)).toBeUndefined()
  })
})

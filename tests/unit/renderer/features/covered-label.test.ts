import { expect, it } from 'vitest'
import { variableName } from '../../../../src/core/contract/words.ts'
import {
  coveredLabel,
  proposedName,
} from '../../../../src/renderer/src/features/requests/answer/headers/covered-label.ts'

it.each([
  ['X-Subject-Token', '•••', 'X-Subject-Token', 'subject_token'],
  ['Set-Cookie', 'sid=•••; Path=/', 'Set-Cookie sid', 'sid'],
  ['set-cookie', '__Host-id=•••', 'set-cookie __Host-id', '__Host_id'],
  ['Set-Cookie', 'without a name', 'Set-Cookie', 'set_cookie'],
  ['Authorization', 'Bearer •••', 'Authorization', 'authorization'],
  ['2fa-code', '•••', '2fa-code', '_2fa_code'],
  ['a'.repeat(300), '•••', 'a'.repeat(300), 'a'.repeat(63)],
])('names %s', (name, shown, label, variable) => {
  expect(coveredLabel(name, shown)).toBe(label)
  expect(proposedName(name, shown)).toBe(variable)
  expect(proposedName(name, shown)).toMatch(new RegExp(`^${variableName}$`))
})

import { describe, expect, it } from 'vitest'
import { hashPassword, verifyPassword } from '../../../src/playground/passwords.ts'

describe('password hashes', () => {
  it('verify their own password only, in any Unicode form', async () => {
    const hash = await hashPassword('caf\u00e9')
    expect(hash).toMatch(/^scrypt\$32768\$8\$3\$/)
    expect(await verifyPassword('cafe\u0301', hash)).toBe(true)
    expect(await verifyPassword('cafe', hash)).toBe(false)
  })

  it('verify nothing when they are no hash', async () => {
    for (const text of ['', 'alice-password', 'scrypt$1$1$1$$', 'md5$a$b$c$d$e']) {
      expect(await verifyPassword('alice-password', text)).toBe(false)
    }
  })
})

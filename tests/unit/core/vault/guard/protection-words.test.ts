import { describe, expect, it } from 'vitest'
import {
  guardedProtection,
  keyringName,
  memoryProtection,
} from '../../../../../src/core/vault/guard/protection-words.ts'

describe('what guards a vault', () => {
  it.each([
    ['keychain', 'macOS Keychain', 'login keychain'],
    ['dpapi', 'Windows DPAPI', 'Windows account'],
    ['gnome_libsecret', 'GNOME keyring', 'can ask the open keyring'],
    ['kwallet', 'KWallet', 'wallet is open'],
    ['kwallet5', 'KWallet', 'wallet is open'],
    ['kwallet6', 'KWallet', 'wallet is open'],
    ['another', 'the system keyring', 'Copied files are useless without it.'],
  ])('is told by its name, with what it does not hold against: %s', (backend, name, limit) => {
    expect(keyringName(backend)).toBe(name)
    const keyring = guardedProtection('keyring', backend)
    expect(keyring).toMatchObject({ kind: 'keyring', backend, label: name })
    expect(keyring.says).toContain(limit)
    const both = guardedProtection('both', backend)
    expect(both).toMatchObject({ kind: 'both', backend, label: `Password and ${name}` })
    expect(both.says).toContain('both are required')
  })

  it('is the password alone, whatever the keyring', () => {
    expect(guardedProtection('password', 'kwallet')).toMatchObject({
      kind: 'password',
      backend: 'password',
      label: 'Password',
    })
  })

  it('may be a keyring without a name', () => {
    for (const guard of ['keyring', 'both'] as const)
      expect(guardedProtection(guard, undefined)).toMatchObject({ kind: guard, backend: 'unknown' })
  })

  it('is nothing, and why', () => {
    const stand = memoryProtection('basic_text', 'no-keyring')
    expect(stand).toMatchObject({ kind: 'memory', backend: 'basic_text', label: 'Memory only' })
    expect(stand.says).toContain('basic_text')
    expect(memoryProtection('unknown', 'no-keyring').says).toContain('No unlocked keyring')
    const changed = memoryProtection('kwallet', 'keyring-changed')
    expect(changed).toMatchObject({ kind: 'memory', backend: 'kwallet' })
    expect(changed.label).toBe('Memory only: keyring changed')
    expect(changed.says).toContain('kept untouched')
  })
})

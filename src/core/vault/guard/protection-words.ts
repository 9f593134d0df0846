import type { Protection } from '@contract/vault'
import type { Guard } from '../box/vault-keys.ts'

const names: Record<string, string> = {
  keychain: 'macOS Keychain',
  dpapi: 'Windows DPAPI',
  gnome_libsecret: 'GNOME keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
}

/** The keyring's name as a person knows it. */
export function keyringName(backend: string): string {
  return names[backend] ?? 'the system keyring'
}

const details: Record<string, string> = {
  keychain:
    'Its key is in your login keychain, which only Gatehouse may read without macOS asking you. Copied files are useless without your login password. It does not protect against someone at your unlocked Mac, or programs that you allow to read the keychain.',
  dpapi:
    'Its key is bound to your Windows account. Copied files are useless without your Windows password. It does not protect against other programs that run under your Windows account: DPAPI does not tell programs apart.',
  gnome_libsecret:
    'Its key is in your keyring, which opens when you log in. Copied files are useless without your login password. It does not protect against other programs that run as you: they can ask the open keyring too.',
  kwallet:
    'Its key is in your wallet. Copied files are useless without the password of the wallet. It does not protect against other programs that run as you while the wallet is open.',
}

/** Says what guards an opened vault, and what that does not hold against. */
export function guardedProtection(guard: Guard, backend: string | undefined): Protection {
  const keyring = keyringName(backend ?? '')
  if (guard === 'password')
    return {
      kind: 'password',
      backend: 'password',
      label: 'Password',
      says: 'Your password protects the tokens on this disk. Copied files are useless without it, and a weak password can be guessed from them. While Gatehouse is unlocked, programs that run as you may read its memory. A forgotten password cannot be recovered.',
    }
  if (guard === 'both')
    return {
      kind: 'both',
      backend: backend ?? 'unknown',
      label: `Password and ${keyring}`,
      says: `Your password and ${keyring} protect the tokens on this disk, and both are required. Programs that run as you cannot open the vault while it is locked. Losing either one makes the tokens unreadable: keep an export.`,
    }
  return {
    kind: 'keyring',
    backend: backend ?? 'unknown',
    label: keyring,
    says: `${keyring} protects the tokens on this disk. ${detailOf(backend ?? '')}`,
  }
}

/** Says that nothing lasting is written, and why. */
export function memoryProtection(backend: string, why: 'no-keyring' | 'keyring-changed'): Protection {
  return why === 'no-keyring'
    ? {
        kind: 'memory',
        backend,
        label: 'Memory only',
        says: `${
          backend === 'basic_text'
            ? 'This system offers no keyring, only a stand-in (basic_text) whose key is the same on every computer: it would protect nothing.'
            : 'No unlocked keyring is available on this system.'
        } Tokens and client secrets stay in memory and are gone when Gatehouse closes; none of them reaches the disk. With a keyring or a password they can be kept.`,
      }
    : {
        kind: 'memory',
        backend,
        label: 'Memory only: keyring changed',
        says: 'The keyring that protects the stored tokens is not the one available now. The stored tokens are kept untouched and cannot be read; new ones stay in memory until the keyring is back.',
      }
}
function detailOf(backend: string): string {
  const found = details[backend.startsWith('kwallet') ? 'kwallet' : backend]
  return found ?? 'Copied files are useless without it. It does not protect against programs that run as you.'
}

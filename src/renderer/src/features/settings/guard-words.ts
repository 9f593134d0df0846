import type { UserView } from '@contract/vault.ts'

export type Guard = 'keyring' | 'password' | 'both'

/** What each way of guarding a vault means, for whoever chooses one. */
export const guardWords: readonly { guard: Guard; name: string; means: string }[] = [
  {
    guard: 'password',
    name: 'Password',
    means: 'Opens with the password only. Can be locked. A forgotten password cannot be recovered.',
  },
  {
    guard: 'keyring',
    name: 'System keyring',
    means: 'Opens with your desktop login, without asking. Cannot be locked apart from the desktop.',
  },
  {
    guard: 'both',
    name: 'Password and keyring',
    means:
      'Both are required: copied files are useless even to someone who knows the password. If you lose either, you lose the tokens.',
  },
]

/** Whether this user's vault asks for a password. */
export function asksForPassword(user: UserView | undefined): boolean {
  return user?.guard === 'password' || user?.guard === 'both'
}

/** What guards a vault, in a list of users. */
export const guardNames: Record<UserView['guard'], string> = {
  keyring: 'system keyring',
  password: 'password',
  both: 'password and keyring',
  memory: 'memory only',
}

/** A failure as one line under a field. */
export function inOneLine({ message, next }: { message: string; next?: string }): string {
  return next === undefined ? message : `${message} ${next}`
}

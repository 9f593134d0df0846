import type { Account } from '../../records/model.ts'

/** Stands for the subject where a provider does not say who signed in (plain OAuth 2, opaque tokens). */
export const unidentifiedSubject = '(not identified)'

/** How an account is called on screen: preferred_username, email or name, else the subject. */
export function displayName({ profile, subject }: Pick<Account, 'profile' | 'subject'>): string {
  return text(profile['preferred_username']) ?? text(profile['email']) ?? text(profile['name']) ?? subject
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined
}

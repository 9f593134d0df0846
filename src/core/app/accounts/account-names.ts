import type { Account } from '../../records/model.ts'

/** Stands for the subject where a provider does not say who signed in (plain OAuth 2, opaque tokens): the first one
 *  for which `taken` says no. Two sign-ins never share one, as they may be two people. */
export function unidentifiedSubject(taken: (subject: string) => boolean): string {
  let number = 1
  while (taken(named(number))) number += 1
  return named(number)
}

/** Whether a subject only stands for one that no one knows. */
export function isUnidentified({ subject }: Pick<Account, 'subject'>): boolean {
  return /^\(not identified(?: \d{1,9})?\)$/.test(subject)
}

/** How an account is called on screen: preferred_username, email or name, else the subject. */
export function displayName({ profile, subject }: Pick<Account, 'profile' | 'subject'>): string {
  return text(profile['preferred_username']) ?? text(profile['email']) ?? text(profile['name']) ?? subject
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined
}

function named(number: number): string {
  return number === 1 ? '(not identified)' : `(not identified ${number})`
}

import type { ContainerAuth } from '@contract/collection-scope'
import type { RequestAuth } from '@contract/requests'
import { authKindTable, type AuthField } from '@contract/tables/auth-kinds'
import type { CollectionMemory } from '../../../records/documents/collection-memory.ts'
import { isVariable } from '../../../secrecy/looks.ts'
import { secretKey } from './scope-layers.ts'

/** The auth of a folder with the secret values that were entered for it, which are never in its file. */
export function withEntered(
  auth: RequestAuth,
  file: string,
  { secrets }: Pick<CollectionMemory, 'secrets'>,
): RequestAuth {
  const entered = secretFields(auth).flatMap((field): [string, string][] => {
    const value = secrets[authKey(file, auth.kind, field)]
    return textOf(auth, field) === '' && value !== undefined ? [[field, value]] : []
  })
  return { ...auth, ...Object.fromEntries(entered) }
}

/** The secret fields that were entered, by their names. */
export function enteredFields(
  auth: ContainerAuth,
  file: string,
  { secrets }: Pick<CollectionMemory, 'secrets'>,
): string[] {
  return isSent(auth)
    ? secretFields(auth).filter(
        (field) => textOf(auth, field) === '' && Object.hasOwn(secrets, authKey(file, auth.kind, field)),
      )
    : []
}

/** Parts an auth into what the file may have, and what is kept here. A value that is in the file already is its own
 *  affair and stays there; variables say nothing secret. */
export function partAuth(
  auth: ContainerAuth,
  inFile: ContainerAuth,
  file: string,
): { open: ContainerAuth; secrets: Record<string, string> } {
  if (!isSent(auth)) return { open: auth, secrets: {} }
  const hidden = secretFields(auth).filter((field) => {
    const text = textOf(auth, field)
    const isThere = isSent(inFile) && inFile.kind === auth.kind && textOf(inFile, field) === text
    return text !== '' && !isThere && !isVariable(text)
  })
  return {
    open: { ...auth, ...Object.fromEntries(hidden.map((field) => [field, ''])) },
    secrets: Object.fromEntries(
      hidden.map((field) => [authKey(file, auth.kind, field), textOf(auth, field)]),
    ),
  }
}

/** Where a secret field is kept, beside the secret variables of the file: no variable has a colon in its name. */
function authKey(file: string, kind: string, field: string): string {
  return secretKey(file, `auth:${kind}:${field}`)
}

function isSent(auth: ContainerAuth): auth is Exclude<RequestAuth, { kind: 'inherit' }> {
  return !['inherit', 'none', 'kept', 'sign-in'].includes(auth.kind)
}

function secretFields(auth: RequestAuth): string[] {
  const { fields }: { fields: Readonly<Record<string, AuthField>> } = authKindTable[auth.kind]
  return Object.entries(fields).flatMap(([name, { secret }]) => (secret ? [name] : []))
}

function textOf(auth: RequestAuth, field: string): string {
  return new Map(Object.entries<string>(auth)).get(field) ?? ''
}

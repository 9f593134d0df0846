import { isObject } from '../../text/parse-object.ts'
import type { PublicKeys } from '../model.ts'
import { storedDocument, type Checked } from './document.ts'

type Members<T> = { [K in keyof T]-?: 'string' | 'number' }

const keyMembers = { algorithm: 'string', kid: 'string', jwk: 'string' } as const
const shapes = {
  client: keyMembers,
  dpop: keyMembers,
  certificate: { subject: 'string', issuer: 'string', thumbprint: 'string', validTo: 'number' },
} satisfies { [K in keyof PublicKeys]-?: Members<NonNullable<PublicKeys[K]>> }

/** `connections.public_keys`: what may be shown of a connection's keys. Without a schema, as the first picture reads
 *  it. */
export const publicKeysDocument = storedDocument<PublicKeys>({
  name: 'public-keys',
  called: 'connection',
  check: (content): Checked<PublicKeys> => {
    if (!isObject(content)) return { fits: false, fault: 'its keys are not a list of names' }
    const wrong = Object.entries(shapes).find(([name, members]) => !holds(content[name], members))
    return wrong === undefined
      ? { fits: true, value: content }
      : { fits: false, fault: `the key “${wrong[0]}”` }
  },
})

function holds(value: unknown, members: Record<string, 'string' | 'number'>): boolean {
  if (value === undefined) return true
  return isObject(value) && Object.entries(members).every(([name, type]) => typeof value[name] === type)
}

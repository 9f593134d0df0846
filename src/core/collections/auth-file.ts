import type { Auth } from '@opencollection/types/common/auth'
import type { AuthKind, RequestAuth } from '@contract/sending/auth'
import type { authKindTable } from '@contract/tables/auth-kinds'
import { keyIn, keysOf } from '@contract/tables/keys-of'
import { signInOf } from './sign-in/sign-in-file.ts'
import { textOf, valueOf, type YamlFile } from './yaml-file.ts'

type FormatType = Exclude<Auth, string>['type']
type Written = Exclude<AuthKind, 'inherit'>

/** Where each field of a kind is in the format's “auth” block. */
type Places = {
  [Kind in Written]: {
    type: FormatType
    /** What else has to be there. */
    also?: Readonly<Record<string, string>>
    fields: Readonly<Record<keyof (typeof authKindTable)[Kind]['fields'], readonly string[]>>
    /** A field whose words are others in the format. */
    words?: Readonly<Record<string, Readonly<Record<string, string>>>>
  }
}

const userAndPassword = { username: ['username'], password: ['password'] } as const

/** A cookie is no place of an API key in the format: it is kept beside, where other programs take it for a header. */
const cookieMark = ['extensions', 'placement'] as const

const authPlaces = {
  bearer: { type: 'bearer', fields: { token: ['token'] } },
  basic: { type: 'basic', fields: userAndPassword },
  digest: { type: 'digest', fields: userAndPassword },
  apikey: { type: 'apikey', fields: { key: ['key'], value: ['value'], placement: ['placement'] } },
  awsv4: {
    type: 'awsv4',
    fields: {
      accessKeyId: ['accessKeyId'],
      secretAccessKey: ['secretAccessKey'],
      sessionToken: ['sessionToken'],
      service: ['service'],
      region: ['region'],
    },
  },
  'client-credentials': {
    type: 'oauth2',
    also: { flow: 'client_credentials' },
    fields: {
      tokenUrl: ['accessTokenUrl'],
      clientId: ['credentials', 'clientId'],
      clientSecret: ['credentials', 'clientSecret'],
      scope: ['scope'],
      placement: ['credentials', 'placement'],
    },
    words: { placement: { header: 'basic_auth_header', body: 'body' } },
  },
} as const satisfies Places

/** What Gatehouse does not know of the format's ways to say who calls, by what each is called. */
const unsentAuths = { oauth1: 'OAuth 1', ntlm: 'NTLM', wsse: 'WSSE' } as const satisfies Partial<
  Record<FormatType, string>
>

/** Who calls by the word of a file: nothing where it says nothing, or that it inherits that; else `unsent` with what the
 *  way is called, if it is one that Gatehouse does not send. */
export function saidAuth(file: YamlFile, section: unknown): { says?: 'inherit' | 'own'; unsent?: string } {
  const value = valueOf(file, section, 'auth')
  const said = textOf(value) ?? textOf(valueOf(file, value, 'type')) ?? ''
  if (said === '') return {}
  if (said === 'inherit') return { says: 'inherit' }
  const { kept } = readAuth(file, section)
  if (kept === undefined || signInOf(file, section) !== undefined) return { says: 'own' }
  const known = keyIn(unsentAuths, said)
  return { says: 'own', unsent: known === undefined ? said.slice(0, 40) : unsentAuths[known] }
}

/** What a file says of who calls; `kept` names a kind that Gatehouse does not send. */
export function readAuth(file: YamlFile, section: unknown): { auth?: RequestAuth; kept?: string } {
  const value = valueOf(file, section, 'auth')
  const said = textOf(value) ?? textOf(valueOf(file, value, 'type')) ?? ''
  if (said === 'inherit') return { auth: { kind: 'inherit' } }
  if (said === '' || said === 'none') return {}
  const kind = keysOf(authPlaces).find((each) => {
    const { type, also = {} }: Places[Written] = authPlaces[each]
    return type === said && Object.entries(also).every(([name, word]) => at(file, value, [name]) === word)
  })
  return kind === undefined || signInOf(file, section) !== undefined
    ? { kept: `auth (${said.slice(0, 40)})` }
    : { auth: authOf(kind, (path) => at(file, value, path)) }
}

/** The fields of an auth as they are written, by their places in the block. */
export function authMembers(auth: Exclude<RequestAuth, { kind: 'inherit' }>): [readonly string[], string][] {
  const { type, also = {}, fields, words = {} }: Places[Written] = authPlaces[auth.kind]
  const isCookie = auth.kind === 'apikey' && auth.placement === 'cookie'
  const own = Object.entries<readonly string[]>(fields).map(([field, path]): [readonly string[], string] => {
    const text = textsOf(auth)[field] ?? ''
    const written = isCookie && field === 'placement' ? 'header' : text
    return [path, words[field]?.[written] ?? written]
  })
  return [
    [['type'], type],
    ...Object.entries(also).map(([name, word]): [readonly string[], string] => [[name], word]),
    ...own,
    ...(auth.kind === 'apikey'
      ? [[cookieMark, isCookie ? 'cookie' : ''] as [readonly string[], string]]
      : []),
  ]
}

export function sameAuth(one: RequestAuth | undefined, other: RequestAuth | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  const [a, b] = [textsOf(one), textsOf(other)]
  return one.kind === other.kind && Object.keys(a).every((field) => a[field] === b[field])
}

/** Each field by its name. */
function textsOf(auth: RequestAuth): Record<string, string> {
  const { kind: _kind, ...fields } = auth
  return fields
}

function authOf(kind: Written, read: (path: readonly string[]) => string): RequestAuth {
  const { fields, words = {} }: Places[Written] = authPlaces[kind]
  const texts = Object.entries<readonly string[]>(fields).map(([field, path]): [string, string] => {
    const said = read(path)
    const word = Object.entries(words[field] ?? {}).find(([, written]) => written === said)?.[0]
    return [field, word ?? said]
  })
  const found = Object.fromEntries(texts)
  const text = (field: string): string => found[field] ?? ''
  switch (kind) {
    case 'bearer':
      return { kind, token: text('token') }
    case 'basic':
    case 'digest':
      return { kind, username: text('username'), password: text('password') }
    case 'apikey': {
      const isCookie = read(cookieMark) === 'cookie'
      const placement = isCookie ? 'cookie' : text('placement') === 'query' ? 'query' : 'header'
      return { kind, key: text('key'), value: text('value'), placement }
    }
    case 'awsv4':
      return {
        kind,
        accessKeyId: text('accessKeyId'),
        secretAccessKey: text('secretAccessKey'),
        sessionToken: text('sessionToken'),
        service: text('service'),
        region: text('region'),
      }
    case 'client-credentials':
      return {
        kind,
        tokenUrl: text('tokenUrl'),
        clientId: text('clientId'),
        clientSecret: text('clientSecret'),
        scope: text('scope'),
        placement: text('placement') === 'body' ? 'body' : 'header',
      }
  }
}

function at(file: YamlFile, map: unknown, path: readonly string[]): string {
  return textOf(path.reduce<unknown>((inner, name) => valueOf(file, inner, name), map)) ?? ''
}

import type { ScopeView } from '@contract/collection-scope'
import type { Pair, RequestAuth, RequestDraft } from '@contract/requests'
import type { SendSettings } from '@contract/sending/settings'
import { authKindTable } from '@contract/tables/auth-kinds'
import { pairIn } from '../../../collections/address.ts'
import type { FileSignIn } from '../../../collections/sign-in/sign-in-file.ts'
import type { ScopeLevel } from './scope-files.ts'
import { namesInAuth } from './used-names.ts'

/** A header with where it is from. */
export interface InheritedHeader extends Pair {
  from: string
}

/** The variable that an address without its beginning begins with. */
const baseName = 'baseUrl'

/** The headers that folders and collection add: of each name those of the nearest. */
export function inheritedHeaders(levels: readonly ScopeLevel[]): InheritedHeader[] {
  const taken = new Set<string>()
  const found: InheritedHeader[][] = []
  for (const { from, container } of levels) {
    const own = container.defaults.headers.filter(
      ({ enabled, name }) => enabled && name.trim() !== '' && !taken.has(keyOf(name)),
    )
    for (const { name } of own) taken.add(keyOf(name))
    found.unshift(own.map((row) => ({ ...pairIn(row), from })))
  }
  return found.flat()
}

/** Who calls by the word of the nearest place that says it. */
export function inheritedAuth(
  levels: readonly ScopeLevel[],
): { auth: RequestAuth; from: string; file: string } | undefined {
  const nearest = levels.find(({ container }) => container.defaults.auth !== undefined)
  const auth = nearest?.container.defaults.auth
  return nearest && auth ? { auth, from: nearest.from, file: nearest.file } : undefined
}

/** The same in words, also where it is no one, or a way that is kept and not sent. */
export function saidAuth(levels: readonly ScopeLevel[]): ScopeView['auth'] {
  const nearest = levels.find(({ container }) => container.defaults.auth !== undefined)
  if (nearest === undefined) return null
  const { auth, kept } = nearest.container.defaults
  const called = auth ? authKindTable[auth.kind].called : (kept ?? 'No auth')
  return { called, from: nearest.from, sent: Boolean(auth), names: auth ? namesInAuth(auth) : [] }
}

/** How one signs in by the word of the nearest place that says who calls, and the file that says it. */
export function inheritedSignIn(
  levels: readonly ScopeLevel[],
): { signIn: FileSignIn; from: string; file: string } | undefined {
  const nearest = levels.find(({ container }) => container.defaults.auth !== undefined)
  const signIn = nearest?.container.defaults.signIn
  return nearest && signIn ? { signIn, from: nearest.from, file: nearest.file } : undefined
}

/** A draft with what its folders add: headers that it does not have itself, the beginning of its address,
 *  and who calls where it says that it inherits that. */
export function withInherited(
  given: RequestDraft,
  headers: readonly Pair[],
  auth: RequestAuth | { accountId: string } | undefined,
): RequestDraft {
  const takes = given.accountId === null && given.auth?.kind === 'inherit' && auth !== undefined
  const draft = takes ? callingAs(given, auth) : given
  const own = new Set(draft.headers.filter(({ enabled }) => enabled).map(({ name }) => keyOf(name)))
  // Who was chosen to call as is nearer than what a folder says.
  const { kind = 'inherit' } = draft.auth ?? {}
  if (draft.accountId !== null || (kind !== 'inherit' && kind !== 'apikey')) own.add('authorization')
  const added = headers.filter(({ name }) => !own.has(keyOf(name))).map(pairIn)
  const url = /^\/(?!\/)/.test(draft.url) ? `{{${baseName}}}${draft.url}` : draft.url
  return { ...draft, url, headers: [...added, ...draft.headers] }
}

function callingAs(given: RequestDraft, auth: RequestAuth | { accountId: string }): RequestDraft {
  if (!('accountId' in auth)) return { ...given, auth }
  const { auth: _inherited, ...draft } = given
  return { ...draft, accountId: auth.accountId }
}

/** The settings that hold: of each the nearest. */
export function nearestSettings(
  all: readonly { from: string; settings: SendSettings }[],
): { name: keyof SendSettings; value: number | boolean; from: string }[] {
  return (['timeout', 'followRedirects', 'maxRedirects'] as const).flatMap((name) => {
    const nearest = all.find(({ settings }) => settings[name] !== undefined)
    const value = nearest?.settings[name]
    return nearest === undefined || value === undefined ? [] : [{ name, value, from: nearest.from }]
  })
}

/** The same in words. */
export function settingWords({ name, value }: ReturnType<typeof nearestSettings>[number]): string {
  if (name === 'timeout') return value === 0 ? 'no limit of its own' : `${Number(value) / 1_000} s`
  if (name === 'followRedirects') return value === false ? 'not followed' : 'followed'
  return `at most ${String(value)}`
}

function keyOf(name: string): string {
  return name.trim().toLowerCase()
}

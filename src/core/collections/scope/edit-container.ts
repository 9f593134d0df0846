import type { ContainerAuth } from '@contract/collection-scope'
import type { SendSettings } from '@contract/sending/settings'
import type { RequestAuth } from '@contract/requests'
import { ok, type Result } from '@contract/result'
import { isMap, type YAMLMap } from 'yaml'
import { authMembers, readAuth, sameAuth } from '../auth-file.ts'
import { editRefusal as refusal } from '../checks/edit-refusal.ts'
import { fillMembers, membersAsEntries } from '../edit-auth.ts'
import { createMapEdit } from '../edit-rows.ts'
import { objectOf, plainOf, withoutNames } from '../plain.ts'
import { readDefaults } from '../read-container.ts'
import type { NewEntries } from '../scalar-text.ts'
import { signInOf } from '../sign-in/sign-in-file.ts'
import { createSplices, type Splices } from '../splices.ts'
import { pairOf, textOf, valueOf, type YamlFile } from '../yaml-file.ts'

/** What the file of a folder or a collection says of who calls. */
export function containerAuthOf(file: YamlFile): ContainerAuth {
  const request = valueOf(file, file.root, 'request')
  const signIn = signInOf(file, request)
  if (signIn !== undefined) return { kind: 'sign-in', name: signIn.texts.name ?? signIn.texts.issuer ?? '' }
  const value = valueOf(file, request, 'auth')
  const said = textOf(value) ?? textOf(valueOf(file, value, 'type')) ?? ''
  if (said === '' || said === 'inherit') return { kind: 'inherit' }
  if (said === 'none') return { kind: 'none' }
  return readAuth(file, request).auth ?? { kind: 'kept', called: said.slice(0, 40) }
}

/** The text with another auth; what of its block is not known stays where the kind does. Code: `collection_edit`. */
export function editContainerAuth(text: string, wanted: ContainerAuth): Result<string> {
  const read = readDefaults(text)
  if (!read.ok) return refusal(read.fault.reason)
  const { file } = read.container
  const before = containerAuthOf(file)
  // What Gatehouse does not edit here stays as it is.
  if (wanted.kind === 'kept' || wanted.kind === 'sign-in' || sameContainerAuth(before, wanted))
    return ok(text)
  const splices = createSplices(text)
  const request = valueOf(file, file.root, 'request')
  const pair = pairOf(request, 'auth')
  const fresh =
    wanted.kind === 'inherit' || wanted.kind === 'none' ? wanted.kind : membersAsEntries(authMembers(wanted))
  const map = valueOf(file, request, 'auth')
  const isFilled =
    wanted.kind !== 'inherit' &&
    wanted.kind !== 'none' &&
    wanted.kind === before.kind &&
    isMap(map) &&
    fillMembers(file, map, authMembers(wanted), splices)
  if (isFilled) return judged(file, splices.write(), wanted, undefined)
  if (!isMap(request) || request.items.length === 0)
    createMapEdit(file, file.root, splices, rootOrder).replace('request', [['auth', fresh]])
  else if (wanted.kind === 'inherit' && pair && request.items.length > 1) splices.removePair(request, pair)
  else createMapEdit(file, request, splices, requestOrder).replace('auth', fresh)
  return judged(file, splices.write(), wanted, undefined)
}

/** The text with other settings of sending; one that is left out is as usual. Code: `collection_edit`. */
export function editContainerSettings(text: string, wanted: SendSettings): Result<string> {
  const read = readDefaults(text)
  if (!read.ok) return refusal(read.fault.reason)
  const { file, defaults } = read.container
  if (sameSettings(defaults.settings, wanted)) return ok(text)
  const splices = createSplices(text)
  const path = ['request', 'settings', 'http']
  let map: YAMLMap = file.root
  while (path.length > 0) {
    const next = valueOf(file, map, path[0] ?? '')
    if (!isMap(next) || next.items.length === 0) break
    map = next
    path.shift()
  }
  const [first, ...inner] = path
  if (first === undefined) setMembers(map, defaults.settings, wanted, splices)
  else {
    const members = settingNames.flatMap((name): NewEntries => {
      const value = wanted[name]
      return value === undefined ? [] : [[name, value]]
    })
    const entries = inner.toReversed().reduce<NewEntries>((below, name) => [[name, below]], members)
    createMapEdit(file, map, splices, map === file.root ? rootOrder : requestOrder).replace(first, entries)
  }
  return judged(file, splices.write(), undefined, wanted)
}

function sameContainerAuth(one: ContainerAuth, other: ContainerAuth): boolean {
  return isSent(one) && isSent(other) ? sameAuth(one, other) : one.kind === other.kind
}

function isSent(auth: ContainerAuth): auth is Exclude<RequestAuth, { kind: 'inherit' }> {
  return !['inherit', 'none', 'kept', 'sign-in'].includes(auth.kind)
}

const settingNames = ['timeout', 'followRedirects', 'maxRedirects'] as const

function sameSettings(one: SendSettings, other: SendSettings): boolean {
  return settingNames.every((name) => one[name] === other[name])
}

function setMembers(map: YAMLMap, before: SendSettings, wanted: SendSettings, splices: Splices): void {
  const fresh: NewEntries = []
  for (const name of settingNames) {
    const value = wanted[name]
    if (value === before[name]) continue
    const pair = pairOf(map, name)
    if (value === undefined) {
      if (pair && map.items.length > 1) splices.removePair(map, pair)
      else if (pair) splices.replacePair(map, pair, [[name, 'inherit']])
    } else if (pair) splices.replacePair(map, pair, [[name, value]])
    else fresh.push([name, value])
  }
  const last = map.items.at(-1)
  if (fresh.length > 0 && last) splices.addEntries(map, last, fresh)
}

/** The order of names, as Bruno writes it. */
const rootOrder = ['opencollection', 'info', 'config', 'items', 'request', 'docs', 'extensions']
const requestOrder = ['headers', 'metadata', 'auth', 'variables', 'actions', 'scripts', 'settings']

/** The new text, if it says what is wanted and everything else as before. */
function judged(
  before: YamlFile,
  text: string | undefined,
  auth: ContainerAuth | undefined,
  settings: SendSettings | undefined,
): Result<string> {
  const read = text === undefined ? undefined : readDefaults(text)
  if (text === undefined || read?.ok !== true) return refusal('Two changes are in the same place.')
  const { file, defaults } = read.container
  const isWanted =
    (auth === undefined || sameContainerAuth(containerAuthOf(file), auth)) &&
    (settings === undefined || sameSettings(defaults.settings, settings))
  if (!isWanted) return refusal('The result would not be what was intended.')
  return othersOf(before, auth !== undefined) === othersOf(file, auth !== undefined)
    ? ok(text)
    : refusal('A value that is used in several places (an anchor) would change with it.')
}

/** All but what is edited, as one text. */
function othersOf(file: YamlFile, isAuth: boolean): string {
  const { request, ...rest } = plainOf(file)
  const all = objectOf(request)
  if (isAuth) return JSON.stringify([rest, withoutNames(all, ['auth'])])
  const { settings, ...beside } = all
  const { http, ...others } = objectOf(settings)
  return JSON.stringify([rest, beside, others, withoutNames(objectOf(http), [...settingNames])])
}

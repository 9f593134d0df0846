import { ok, type Result } from '@contract/result'
import { isMap, type YAMLMap } from 'yaml'
import { editRefusal as refusal } from '../checks/edit-refusal.ts'
import { fillMembers, membersAsEntries } from '../edit-auth.ts'
import { createMapEdit } from '../edit-rows.ts'
import { objectOf, plainOf, withoutNames } from '../plain.ts'
import { readDefaults, type ContainerFile } from '../read-container.ts'
import type { NewEntries } from '../scalar-text.ts'
import { createSplices, isFlow, type Splices } from '../splices.ts'
import { pairOf, valueOf, type YamlFile } from '../yaml-file.ts'
import {
  authMembersOf,
  ownMembersOf,
  ownPlace,
  sameBlock,
  signInFields,
  signInOf,
  type SignInField,
  type SignInTexts,
} from './sign-in-file.ts'

/** The text of opencollection.yml or folder.yml with this sign-in as its auth, in the place of another auth; all else
 *  stays to the byte. A client secret that is there already stays where it is. Code: `collection_edit`. */
export function editSignIn(container: ContainerFile, texts: SignInTexts): Result<string> {
  const { file } = container
  // In two goes: both may make a map at the top.
  const first = createSplices(file.text)
  setAuth(file, texts, first)
  const half = reread(first.write())
  if (half === undefined) return refusal('Two changes are in the same place.')
  const second = createSplices(half.text)
  setOwn(half, ownMembersOf(texts), second)
  const whole = reread(second.write())
  if (whole === undefined) return refusal('Two changes are in the same place.')
  const found = signInOf(whole, valueOf(whole, whole.root, 'request'))
  // What is left as it was there: where others send a secret that this client does not have.
  const isKept = (field: SignInField): boolean => field === 'placement' && texts.placement === undefined
  if (signInFields.some((field) => !isKept(field) && (found?.texts[field] ?? '') !== (texts[field] ?? '')))
    return refusal('The result would not be what was intended.')
  return othersOf(whole) === othersOf(file)
    ? ok(whole.text)
    : refusal('A value that is used in several places (an anchor) would change with it.')
}

function reread(text: string | undefined): YamlFile | undefined {
  const read = text === undefined ? undefined : readDefaults(text)
  return read?.ok === true ? read.container.file : undefined
}

function setAuth(file: YamlFile, texts: SignInTexts, splices: Splices): void {
  const members = authMembersOf(texts)
  const request = valueOf(file, file.root, 'request')
  const entry: NewEntries = [['auth', membersAsEntries(members.filter(([, value]) => value !== ''))]]
  if (!isMap(request) || request.items.length === 0)
    return createMapEdit(file, file.root, splices, rootOrder).replace('request', entry)
  const auth = valueOf(file, request, 'auth')
  const before = signInOf(file, request)
  const isOne = before !== undefined && sameBlock(before.texts, texts)
  if (
    isOne &&
    isMap(auth) &&
    fillMembers(
      file,
      auth,
      members.filter(([path, value]) => !['placement', 'method'].includes(path.at(-1) ?? '') || value !== ''),
      splices,
    )
  )
    return
  createMapEdit(file, request, splices, requestOrder).replace('auth', entry[0]?.[1] ?? '')
}

function setOwn(file: YamlFile, members: readonly [string, string][], splices: Splices): void {
  const wanted = members.filter(([, value]) => value !== '')
  let map: YAMLMap = file.root
  const missing: string[] = [...ownPlace]
  while (missing.length > 0) {
    const next = valueOf(file, map, missing[0] ?? '')
    if (!isMap(next) || next.items.length === 0) break
    map = next
    missing.shift()
  }
  const [first, ...inner] = missing
  if (first !== undefined) {
    if (wanted.length === 0) return
    const entries = inner.toReversed().reduce<NewEntries>((below, name) => [[name, below]], wanted)
    return createMapEdit(file, map, splices, map === file.root ? rootOrder : []).replace(first, entries)
  }
  const fresh: NewEntries = []
  for (const [name, value] of members) {
    const pair = pairOf(map, name)
    if (pair === undefined) {
      if (value !== '') fresh.push([name, value])
    } else if (value !== '') splices.setText(pair, value, isFlow(map))
    else if (map.items.length > 1) splices.removePair(map, pair)
    else splices.setText(pair, '', isFlow(map))
  }
  const last = map.items.at(-1)
  if (fresh.length > 0 && last) splices.addEntries(map, last, fresh)
}

/** The order of names, as Bruno writes it. */
const rootOrder = ['opencollection', 'info', 'config', 'items', 'request', 'docs', 'extensions']
const requestOrder = ['headers', 'metadata', 'auth', 'variables', 'actions', 'scripts', 'settings']

/** All but the sign-in and what was in its place, as one text. */
function othersOf(file: YamlFile): string {
  const { request, extensions, ...rest } = plainOf(file)
  const { gatehouse, ...others } = objectOf(extensions)
  return JSON.stringify([
    rest,
    withoutNames(objectOf(request), ['auth']),
    others,
    withoutNames(objectOf(gatehouse), ['signIn']),
  ])
}

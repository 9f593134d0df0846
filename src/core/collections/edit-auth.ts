import type { RequestAuth } from '@contract/requests'
import { isMap, type YAMLMap } from 'yaml'
import { authMembers } from './auth-file.ts'
import type { MapEdit } from './edit-rows.ts'
import type { RequestFile } from './read-request.ts'
import type { NewEntries } from './scalar-text.ts'
import { isFlow, type Splices } from './splices.ts'
import { pairOf, valueOf, type YamlFile } from './yaml-file.ts'

/** Makes a file say otherwise who calls: what of its “auth” block is not known stays where the kind does. */
export function setAuth(
  { file, draft }: RequestFile,
  auth: RequestAuth | undefined,
  section: MapEdit,
  splices: Splices,
): void {
  const pair = pairOf(section.map, 'auth')
  if (auth === undefined) return pair && splices.removePair(section.map, pair)
  const fresh = auth.kind === 'inherit' ? 'inherit' : membersAsEntries(authMembers(auth))
  if (!pair) return section.add('auth', fresh)
  const map = valueOf(file, section.map, 'auth')
  if (
    auth.kind !== 'inherit' &&
    auth.kind === draft.auth?.kind &&
    isMap(map) &&
    fillMembers(file, map, authMembers(auth), splices)
  )
    return
  splices.replacePair(section.map, pair, [['auth', fresh]])
}

/** Texts of an “auth” block, by their places in it. */
export type AuthMembers = readonly [readonly string[], string][]

/** Gives the block that is there its texts; false where a map within it is not there. */
export function fillMembers(file: YamlFile, map: YAMLMap, members: AuthMembers, splices: Splices): boolean {
  const wanted = members.map(([path, value]) => {
    const [name = '', ...before] = path.toReversed()
    const inner = before.reduceRight<unknown>((each, member) => valueOf(file, each, member), map)
    return { name, value, inner }
  })
  const missing = new Map<YAMLMap, NewEntries>()
  const writes: (() => void)[] = []
  for (const { name, value, inner } of wanted) {
    if (!isMap(inner)) {
      if (value === '') continue
      return false
    }
    const pair = pairOf(inner, name)
    if (pair) writes.push(() => splices.setText(pair, value, isFlow(inner)))
    else if (value !== '') missing.set(inner, [...(missing.get(inner) ?? []), [name, value]])
  }
  for (const write of writes) write()
  for (const [inner, entries] of missing) {
    const last = inner.items.at(-1)
    if (last) splices.addEntries(inner, last, entries)
  }
  return true
}

/** A new “auth” block. */
export function membersAsEntries(members: AuthMembers): NewEntries {
  const entries: NewEntries = []
  for (const [path, value] of members) {
    const [first = '', second] = path
    if (second === undefined) entries.push([first, value])
    else if (value !== '' || first !== 'extensions') {
      const inner = entries.find(([name]) => name === first)?.[1]
      if (Array.isArray(inner)) (inner as NewEntries).push([second, value])
      else entries.push([first, [[second, value]]])
    }
  }
  return entries
}

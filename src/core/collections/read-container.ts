import type { FileFault } from '@contract/collections'
import { readAuth, saidAuth } from './auth-file.ts'
import { tagsMember, tagsOf } from './read-head.ts'
import { signInOf } from './sign-in/sign-in-file.ts'
import { keptLists } from './read-request.ts'
import { defaultsOf, type Defaults } from './scope/read-defaults.ts'
import { readYaml, textOf, valueOf, type YamlFile } from './yaml-file.ts'

/** What opencollection.yml or folder.yml says of what is in its folder. */
export interface Container {
  /** Empty where it does not say. */
  name: string
  seq?: number
  tags?: string[]
  /** What requests below would get from it, and do not. */
  passesOn: string[]
  /** It says who calls: nothing above it counts. */
  auth?: { unsent?: string }
}

/** A container with where in its text its parts are. */
export interface ContainerFile {
  file: YamlFile
  name: string
  defaults: Defaults
}

/** Reads what opencollection.yml or folder.yml passes on. */
export function readDefaults(
  text: string,
): { ok: true; container: ContainerFile } | { ok: false; fault: FileFault } {
  const read = readYaml(text)
  if (!read.ok) return read
  const { file } = read
  const name = textOf(valueOf(file, valueOf(file, file.root, 'info'), 'name')) ?? ''
  return { ok: true, container: { file, name, defaults: defaultsOf(file) } }
}

/** Reads opencollection.yml or folder.yml. */
export function readContainer(text: string): Container & { fault?: FileFault } {
  const read = readYaml(text)
  if (!read.ok) return { name: '', passesOn: [], fault: read.fault }
  const { file } = read
  const info = valueOf(file, file.root, 'info')
  const request = valueOf(file, file.root, 'request')
  const { kept } = readAuth(file, request)
  const auth = signInOf(file, request) === undefined ? kept : undefined
  const { says, unsent } = saidAuth(file, request)
  const member = (name: string): string => textOf(valueOf(file, info, name)) ?? ''
  const seq = Number(member('seq') || 'none')
  return {
    name: member('name'),
    passesOn: [...(auth === undefined ? [] : [auth]), ...keptLists(file, request, ['scripts'])],
    ...(says === 'own' && { auth: { ...(unsent !== undefined && { unsent }) } }),
    ...(Number.isFinite(seq) && { seq }),
    ...tagsMember(tagsOf(file, info)),
  }
}

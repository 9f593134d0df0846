import type { FileFault } from '@contract/collections'
import { keptAuth, keptLists } from './read-request.ts'
import { readYaml, textOf, valueOf } from './yaml-file.ts'

/** What opencollection.yml or folder.yml says of what is in its folder. */
export interface Container {
  /** Empty where it does not say. */
  name: string
  seq?: number
  /** What requests below would get from it. */
  passesOn: string[]
}

/** Reads opencollection.yml or folder.yml. */
export function readContainer(text: string): Container & { fault?: FileFault } {
  const read = readYaml(text)
  if (!read.ok) return { name: '', passesOn: [], fault: read.fault }
  const { file } = read
  const info = valueOf(file, file.root, 'info')
  const request = valueOf(file, file.root, 'request')
  const member = (name: string): string => textOf(valueOf(file, info, name)) ?? ''
  const seq = Number(member('seq') || 'none')
  return {
    name: member('name'),
    passesOn: [
      ...keptLists(file, request, ['headers']),
      ...keptAuth(file, request),
      ...keptLists(file, request, ['variables', 'scripts']),
    ],
    ...(Number.isFinite(seq) && { seq }),
  }
}

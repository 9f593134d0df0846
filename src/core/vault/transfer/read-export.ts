import { fail, ok, type Result } from '@contract/result'
import { pointsInside } from '../../records/destination.ts'
import { jsonMembers, type JsonPart } from '../../text/json-members.ts'
import { schemaWords } from '../../text/schema-words.ts'
import {
  danglingReference,
  exportHead,
  exportRows,
  laterLists,
  mostRows,
  type ExportDocument,
} from './export-document.ts'
import type { ImportSteps } from './import-steps.ts'
import type { SecretFile } from './secret-file.ts'

/** Bytes of an export file, at most. */
export const importLimit = 64 * 1024 * 1024

/** Opens and checks an export file, in pieces, without writing anything.
 *  Codes: `export_too_large`, `export_too_costly`, `export_password_wrong`, `export_unreadable`, `export_points_inside`,
 *  `import_stopped`. */
export async function readExport(
  bytes: Uint8Array,
  password: string,
  file: SecretFile,
  steps: ImportSteps,
): Promise<Result<ExportDocument>> {
  if (bytes.byteLength > importLimit)
    return fail(
      'export_too_large',
      'The file is larger than 64 MiB, too large for an export.',
      'Choose another file.',
    )
  steps.progress({ stage: 'opening', done: 0, total: 1 })
  const plain = await file.decrypt(bytes, password, steps.pacer)
  if (!plain.ok) return plain
  try {
    const read = await readDocument(plain.value, steps)
    if (!read.ok) return read
    const dangling = danglingReference(read.value)
    if (dangling !== undefined) return damaged(dangling)
    for (const { name, metadata } of read.value.connections) {
      const inside = pointsInside(metadata)
      if (inside)
        return fail(
          'export_points_inside',
          `The file was not imported: the connection “${name.slice(0, 80)}” to ${metadata.issuer.slice(0, 200)} points to this computer (${inside.name}: ${inside.host.slice(0, 80)}).`,
          'Import only files that you exported yourself. You can enter such an address yourself afterwards.',
        )
      if (steps.pacer.isDue()) await steps.pacer.turn()
    }
    return read
  } finally {
    plain.value.fill(0)
  }
}

function damaged(detail: string) {
  return fail(
    'export_unreadable',
    `The file opened, but its content is not an export (${detail}).`,
    'Choose another file.',
  )
}

async function readDocument(bytes: Uint8Array, steps: ImportSteps): Promise<Result<ExportDocument>> {
  const head: Record<string, unknown> = {}
  const lists = new Map<string, unknown[]>()
  const parts = jsonMembers(bytes)
  for (let next = parts.next(); ; next = parts.next()) {
    if (next.done) {
      if (next.value !== undefined) return damaged(next.value)
      break
    }
    const wrong = take(next.value, head, lists)
    if (wrong !== undefined) return damaged(wrong)
    if (!steps.pacer.isDue()) continue
    steps.progress({ stage: 'checking', done: next.value.end, total: bytes.byteLength })
    await steps.pacer.turn()
    if (steps.stopped()) return fail('import_stopped', 'The import was stopped before anything was imported.')
  }
  const said = exportHead.safeParse(head, { error: schemaWords })
  if (!said.success) return damaged(detailOf(said.error.issues))
  for (const name of Object.keys(exportRows)) {
    if (lists.has(name)) continue
    if (!laterLists.has(name)) return damaged(`${name} is missing`)
    lists.set(name, [])
  }
  return ok({ ...said.data, ...Object.fromEntries(lists) } as ExportDocument)
}

/** Checks a part and keeps it; answers what is wrong with it. */
function take(
  part: JsonPart,
  head: Record<string, unknown>,
  lists: Map<string, unknown[]>,
): string | undefined {
  const { name } = part
  if (part.kind === 'value') {
    Object.defineProperty(head, name, { value: part.value, enumerable: true })
    return undefined
  }
  const row = Object.hasOwn(exportRows, name) ? exportRows[name as keyof typeof exportRows] : undefined
  if (row === undefined) return `${name.slice(0, 40)}: not a list of an export`
  if (part.kind === 'list') {
    lists.set(name, [])
    return undefined
  }
  const list = lists.get(name) ?? []
  if (list.length === mostRows) return `${name}: more than ${mostRows.toLocaleString('en-US')}`
  const read = row.safeParse(part.value, { error: schemaWords })
  if (!read.success) return detailOf(read.error.issues, `${name}.${list.length}`)
  list.push(read.data)
  return undefined
}

function detailOf(issues: { path: PropertyKey[]; message: string }[], above?: string): string {
  const issue = issues[0]
  const path = [...(above === undefined ? [] : [above]), ...(issue?.path ?? [])].map(String).join('.')
  return `${path}: ${issue?.message ?? 'is not what was expected'}`
}

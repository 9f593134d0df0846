import type { FormPart } from '@contract/requests'
import { isMap, isSeq } from 'yaml'
import { pairIn } from './address.ts'
import { isSame, listOf, type FileRow } from './rows.ts'
import type { NewEntries } from './scalar-text.ts'
import { pairOf, resolved, textOf, valueOf, type YamlFile } from './yaml-file.ts'

/** The parts of a multipart body. What is written otherwise than the format has it is left alone. */
export function partRowsOf(file: YamlFile, map: unknown): FileRow[] {
  return (listOf(file, map, 'data')?.items ?? []).flatMap((item, index): FileRow[] => {
    const node = resolved(file.document, item)
    if (!isMap(node) || pairOf(node, 'name') === undefined) return []
    const text = (member: string): string | undefined => textOf(valueOf(file, node, member))
    const [name, contentType = ''] = [text('name'), text('contentType')]
    const value = valueOf(file, node, 'value')
    const texts = isSeq(value) ? value.items.map((each) => textOf(resolved(file.document, each))) : []
    const files = texts.filter((each) => each !== undefined)
    const plain = isSeq(value) ? undefined : (text('value') ?? (value === undefined ? '' : undefined))
    if (name === undefined || files.length < texts.length || (!isSeq(value) && plain === undefined)) return []
    const isFile = text('type') === 'file'
    if (!isFile && plain === undefined) return []
    return [
      {
        index,
        node,
        name,
        value: isFile ? '' : (plain ?? ''),
        enabled: text('disabled') !== 'true',
        ...(isFile && { files: plain === undefined ? files : plain === '' ? [] : [plain] }),
        ...(contentType !== '' && { contentType }),
      },
    ]
  })
}

/** A row of a file as a draft has it. */
export function formPartIn({ files, contentType, ...row }: FileRow): FormPart {
  return { ...pairIn(row), ...(files && { files }), ...(contentType && { contentType }) }
}

/** Whether two parts say the same. */
export function isSamePart(one: FormPart | undefined, other: FormPart | undefined): boolean {
  return (
    isSame(one, other) &&
    (one?.contentType ?? '') === (other?.contentType ?? '') &&
    JSON.stringify(one?.files) === JSON.stringify(other?.files)
  )
}

/** A part as it is written anew. */
export function newPart({ name, value, enabled, files, contentType = '' }: FormPart): NewEntries {
  return [
    ['name', name],
    ['type', files === undefined ? 'text' : 'file'],
    ['value', files ?? value],
    ...(contentType === '' ? [] : [['contentType', contentType] as [string, string]]),
    ...(enabled ? [] : [['disabled', true] as [string, true]]),
  ]
}

import type { FormPart, RequestBody } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { bodyKindTable } from '@contract/tables/body-kinds'
import { fileNameOf, typeOfFile } from './file-types.ts'
import type { BodyPiece, WireRequest } from './wire.ts'

/** A body for the wire: its bytes, or where some of it is on the disk its pieces in order. */
export type WireBody = { contentType: string } & ({ bytes: Uint8Array } | { pieces: BodyPiece[] })

// RFC 9110 section 5.5, without what would begin another header of the part.
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/

/** Encodes a body; nothing where there is none. `newBoundary` answers a text that no one can guess, of letters and
 *  digits. Codes: `draft_header_value`, `draft_no_file`, `draft_variables`. */
export function encodeBody(
  body: RequestBody,
  newBoundary: () => string,
  notes: string[],
): Result<WireBody | undefined> {
  const { contentType } = bodyKindTable[body.kind]
  switch (body.kind) {
    case 'none':
      return ok(undefined)
    case 'json':
      if (!isJson(body.text)) notes.push('The body is not valid JSON; it is sent as is.')
      return ok({ contentType, bytes: utf8(body.text) })
    case 'xml':
      return ok({ contentType, bytes: utf8(body.text) })
    case 'text':
      return ok({ contentType: body.contentType, bytes: utf8(body.text) })
    case 'form': {
      const form = new URLSearchParams()
      for (const { name, value, enabled } of body.fields) if (enabled && name !== '') form.append(name, value)
      return ok({ contentType, bytes: utf8(form.toString()) })
    }
    case 'multipart':
      return multipart(body.parts, newBoundary())
    case 'file':
      return body.path === ''
        ? fail('draft_no_file', 'No file was chosen for the body.', 'Choose one in the Body tab.')
        : ok({ contentType: body.contentType || typeOfFile(body.path), pieces: [{ file: body.path }] })
    case 'graphql':
      return graphql(body.query, body.variables)
  }
}

/** A body as text, in which each file is named and not shown. */
export function textSent({ body, pieces }: Pick<WireRequest, 'body' | 'pieces'>): string {
  const decoder = new TextDecoder()
  if (pieces === undefined) return body === undefined ? '' : decoder.decode(body)
  return pieces.map((piece) => ('file' in piece ? `[file ${piece.file}]` : decoder.decode(piece))).join('')
}

/** RFC 7578; names and file names as the WHATWG has them in “multipart/form-data encoding algorithm”. */
function multipart(parts: readonly FormPart[], boundary: string): Result<WireBody> {
  const pieces: BodyPiece[] = []
  let text = ''
  for (const { name, value, enabled, files, contentType = '' } of parts) {
    if (!enabled || (name === '' && value === '' && files === undefined)) continue
    if (!fieldValue.test(contentType))
      return fail(
        'draft_header_value',
        `The content type of “${name.slice(0, 60)}” contains a character that headers cannot carry.`,
      )
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`
    if (files === undefined) {
      const type = contentType === '' ? '' : `Content-Type: ${contentType}\r\n`
      text += `${head}\r\n${type}\r\n${value}\r\n`
      continue
    }
    if (files.length === 0)
      return fail(
        'draft_no_file',
        `No file was chosen for the field “${name.slice(0, 60)}”.`,
        'Choose one in its row, or turn the row off.',
      )
    for (const file of files) {
      const type = contentType || typeOfFile(file)
      text += `${head}; filename="${quoted(fileNameOf(file))}"\r\nContent-Type: ${type}\r\n\r\n`
      pieces.push(utf8(text), { file })
      text = '\r\n'
    }
  }
  text += `--${boundary}--\r\n`
  const contentType = `${bodyKindTable.multipart.contentType}; boundary=${boundary}`
  return ok(
    pieces.length === 0
      ? { contentType, bytes: utf8(text) }
      : { contentType, pieces: [...pieces, utf8(text)] },
  )
}

/** A GraphQL request as the working draft “GraphQL over HTTP” has it. Variables go as they are written: numbers keep
 *  all of their digits. */
function graphql(query: string, variables: string): Result<WireBody> {
  const given = variables.trim()
  if (given !== '' && !isObject(given))
    return fail(
      'draft_variables',
      'The GraphQL variables are not a JSON object. Nothing was sent.',
      'Write them as { "name": value }, or leave them empty.',
    )
  const members = [`"query":${JSON.stringify(query)}`, ...(given === '' ? [] : [`"variables":${given}`])]
  return ok({ contentType: bodyKindTable.graphql.contentType, bytes: utf8(`{${members.join(',')}}`) })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function isObject(text: string): boolean {
  return text.startsWith('{') && isJson(text)
}

function quoted(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22')
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

import { expect, it } from 'vitest'
import { bodyType } from '../../../../src/core/bodies/body-type.ts'

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]
const zip = [0x50, 0x4b, 3, 4, 20, 0]

function typeOf(body: string | readonly number[], contentType = ''): [string, string | undefined] {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : Uint8Array.from(body)
  const { contentType: type, declared } = bodyType(bytes, contentType)
  return [type, declared]
}

it.each<[string, string | readonly number[], string, string]>([
  ['a picture without a type', png, '', 'image/png'],
  ['a picture that says it is JSON', png, 'application/json', 'image/png'],
  ['a picture that says it is another', png, 'image/gif', 'image/png'],
  ['a JPEG', [0xff, 0xd8, 0xff, 0xe0], 'application/octet-stream', 'image/jpeg'],
  ['a WebP', 'RIFF0000WEBPVP8 ', 'text/plain', 'image/webp'],
  ['a PDF', '%PDF-1.7\n', 'text/html', 'application/pdf'],
  ['a zip', zip, 'application/octet-stream', 'application/zip'],
  ['JSON without a type', '{"a":1}', '', 'application/json'],
  ['JSON as text', ' [{"a":1}]', 'text/plain; charset=iso-8859-1', 'application/json; charset=iso-8859-1'],
  ['JSON as a page', '{"a":1}', 'text/html; charset=utf-8', 'application/json; charset=utf-8'],
  ['JSON behind a mark', '\ufeff{"a":1}', 'application/octet-stream', 'application/json'],
  ['JSON under a name of its own', '{"a":1}', 'application/x-amz-json-1.1', 'application/json'],
  ['records', '{"a":1}\n{"a":2}\n', 'application/json', 'application/x-ndjson'],
  ['a page that says it is JSON', '\n<!DOCTYPE html><html>', 'application/json', 'text/html'],
  ['XML', '<?xml version="1.0"?><a/>', 'text/plain', 'application/xml'],
  ['a drawing', '<?xml version="1.0"?>\n<svg xmlns="">', '', 'image/svg+xml'],
  ['text', 'id,name\n', '', 'text/plain'],
  ['text as bytes', 'id,name\n', 'application/octet-stream', 'text/plain'],
  ['text that says it is a picture', 'not found', 'image/png', 'text/plain'],
  ['bytes without a type', [1, 2, 3, 0], '', 'application/octet-stream'],
])('recognizes %s', (_name, body, declared, expected) => {
  expect(typeOf(body, declared)).toEqual([expected, declared.split(';')[0]])
})

it.each<[string, string | readonly number[], string]>([
  ['nothing', '', 'application/pdf'],
  ['JSON', '{"a":1}', 'application/problem+json'],
  ['JSON that is broken', '{"a":1', 'application/json'],
  ['text that begins like JSON', '[section]\nname=1', 'text/plain'],
  ['a format made of a zip', zip, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['a format of its own', [1, 2, 3, 0], 'application/x-protobuf'],
  ['XHTML', '<?xml version="1.0"?><!doctype html><html>', 'application/xhtml+xml'],
  ['a script', '[1,2]', 'text/javascript'],
  ['events', '{"a":1}', 'text/event-stream'],
  ['CSV', 'a,b\n1,2\n', 'text/csv; charset=utf-8'],
  ['text in UTF-16', [0xff, 0xfe, 0x61, 0], 'text/plain'],
])('leaves %s as it calls itself', (_name, body, declared) => {
  expect(typeOf(body, declared)).toEqual([declared, undefined])
})

it('knows other names of a type', () => {
  expect(typeOf([0xff, 0xd8, 0xff], 'image/jpg')).toEqual(['image/jpeg', undefined])
})

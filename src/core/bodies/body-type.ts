import { createJsonScan } from './json-scan.ts'

/** What a body is by its bytes, and what its head calls it where that is something else: empty where it says nothing. */
export interface BodyType {
  contentType: string
  declared?: string
}

interface Signature {
  type: string
  at?: number
  bytes: string | readonly number[]
  and?: { at: number; bytes: string | readonly number[] }
  /** Many formats are made of it: a type of its own goes before. */
  vessel?: true
}

/** WHATWG MIME Sniffing, sections 6 and 7, and what else comes from APIs. */
const signatures: readonly Signature[] = [
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', bytes: 'GIF87a' },
  { type: 'image/gif', bytes: 'GIF89a' },
  { type: 'image/webp', bytes: 'RIFF', and: { at: 8, bytes: 'WEBPVP' } },
  { type: 'image/avif', at: 4, bytes: 'ftypavif' },
  { type: 'image/bmp', bytes: 'BM', and: { at: 6, bytes: [0, 0, 0, 0] } },
  { type: 'image/x-icon', bytes: [0, 0, 1, 0] },
  { type: 'application/pdf', bytes: '%PDF-' },
  { type: 'application/zip', bytes: [0x50, 0x4b, 3, 4], vessel: true },
  { type: 'application/gzip', bytes: [0x1f, 0x8b, 8], vessel: true },
  { type: 'video/mp4', at: 4, bytes: 'ftyp', vessel: true },
  { type: 'video/webm', bytes: [0x1a, 0x45, 0xdf, 0xa3], vessel: true },
  { type: 'application/ogg', bytes: 'OggS', vessel: true },
  { type: 'font/woff2', bytes: 'wOF2' },
  { type: 'font/woff', bytes: 'wOFF' },
]

const sameAs: Record<string, string> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/x-png': 'image/png',
  'image/x-ms-bmp': 'image/bmp',
  'image/vnd.microsoft.icon': 'image/x-icon',
  'application/x-pdf': 'application/pdf',
}

/** Says nothing of what a body is. */
const general = /^(?:|text\/plain|(?:application|binary)\/octet-stream|.*\/(?:x-)?unknown|\*\/\*)$/
const textual =
  /^(?:text\/|application\/(?:.*\+)?(?:json|xml|javascript|ecmascript|x-www-form-urlencoded|graphql|yaml|x-yaml|toml|sql|x-ndjson|ndjson|x-jsonl|jsonl|jsonlines|json-lines|json-seq|stream\+json)$|image\/svg)/
/** Types under which JSON and web pages are sent by mistake. */
const mistakable = /^(?:text\/(?:html|xml|csv)|application\/(?:xml|json))$/

/** Bytes that are looked at. */
const looked = 65_536

/** Recognizes a body by its first part where its head says nothing, or what can't be. What it calls itself is kept where
 *  that may be. Linear. */
export function bodyType(body: Uint8Array, contentType: string): BodyType {
  const given = contentType.slice(0, 500)
  const [name = '', ...parameters] = given.split(';')
  const declared = name.trim().toLowerCase()
  const found = body.length === 0 ? undefined : typeByBytes(body.subarray(0, looked), declared)
  if (found === undefined || found === declared || found === sameAs[declared])
    return { contentType: sameAs[declared] ?? contentType }
  // Its charset may still be right.
  const charset = parameters.find((parameter) => /^\s*charset\s*=/i.test(parameter))
  return { contentType: charset && textual.test(found) ? `${found};${charset}` : found, declared }
}

function typeByBytes(first: Uint8Array, declared: string): string | undefined {
  const sign = signatures.find((each) => isSigned(first, each))
  const isText = textual.test(declared)
  const isGeneral = general.test(declared)
  if (sign !== undefined) {
    if (!sign.vessel || isText || isGeneral || declared.startsWith('image/')) return sign.type
    return undefined
  }
  if (!isGeneral && isText && !mistakable.test(declared)) return undefined
  if (isBinary(first)) return declared === '' ? 'application/octet-stream' : undefined
  const known = textType(first, declared)
  if (known !== undefined) return known
  return isText ? undefined : 'text/plain'
}

function isSigned(first: Uint8Array, { at = 0, bytes, and }: Signature): boolean {
  return holds(first, at, bytes) && (and === undefined || holds(first, and.at, and.bytes))
}
function holds(first: Uint8Array, at: number, bytes: string | readonly number[]): boolean {
  for (let index = 0; index < bytes.length; index += 1) {
    const wanted = typeof bytes === 'string' ? bytes.charCodeAt(index) : bytes[index]
    if (first[at + index] !== wanted) return false
  }
  return true
}

/** Binary data bytes (WHATWG MIME Sniffing, section 3). Of text in UTF-16 its mark is known. */
function isBinary(first: Uint8Array): boolean {
  if (holds(first, 0, [0xff, 0xfe]) || holds(first, 0, [0xfe, 0xff])) return false
  return first
    .subarray(0, 4_096)
    .some((byte) => byte < 9 || byte === 0x0b || (byte > 0x0d && byte < 0x20 && byte !== 0x1b))
}

const decoder = new TextDecoder()

function textType(first: Uint8Array, declared: string): string | undefined {
  const start = decoder.decode(first.subarray(0, 1_024)).trimStart()
  if (/^<!doctype html|^<html[\s>]/i.test(start)) return declared.endsWith('xml') ? undefined : 'text/html'
  if (/^<\?xml\s/.test(start) && declared !== 'text/html' && !declared.endsWith('xml'))
    return /<svg[\s>]/.test(start) ? 'image/svg+xml' : 'application/xml'
  if (/^<svg[\s>]/.test(start))
    return declared.endsWith('xml') || declared === 'text/html' ? undefined : 'image/svg+xml'
  if (!/^(?:\{\s*["}]|\[)/.test(start)) return undefined
  if ((declared === 'application/json' && isWholeJson(first)) || isJson(first, false))
    return 'application/json'
  return start.startsWith('{') && isJson(first, true) ? 'application/x-ndjson' : undefined
}

/** As far as it was looked at. `many`: values one after another. */
function isJson(first: Uint8Array, many: boolean): boolean {
  const scan = createJsonScan({ line: () => undefined }, undefined, many)
  scan.push(holds(first, 0, [0xef, 0xbb, 0xbf]) ? first.subarray(3) : first, 0)
  return scan.fault() === undefined
}

/** Most bodies are short and what they are called: the engine's own parser tells so in a fraction of the time. */
function isWholeJson(first: Uint8Array): boolean {
  if (first.length >= looked) return false
  try {
    JSON.parse(decoder.decode(first))
    return true
  } catch {
    return false
  }
}

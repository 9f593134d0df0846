import { fail, ok, type Result } from '@contract/result'
import { parseJson } from '../../text/parse-json.ts'

/** A kind of thing that is stored as JSON. Reading never throws: what cannot be read is a failure that says why, and
 *  the stored text stays as it is. */
export interface StoredDocument<T> {
  /** Codes: `document_malformed`, `document_newer`, `document_unfit`. */
  read(text: string): Result<T>
  write(value: T): string
}

interface Kind<T> {
  /** In the envelope; never to be changed. */
  name: string
  /** In sentences: “This exchange …”. */
  called: string
  /** Steps from each version to the next; the current version is one more than there are. A step gets content that
   *  no one has checked; where it throws, the document cannot be read. */
  upcasts?: readonly ((content: unknown) => unknown)[]
  /** The content, or what is wrong with it. */
  check: (content: unknown) => Checked<T>
}

export type Checked<T> = { fits: true; value: T } | { fits: false; fault: string }

/** Makes the reader and writer of a kind. Version 1 is in the store as it is, as it did before there were versions;
 *  later ones are in an envelope: `{ "gatehouse": name, "version": n, "content": … }`. */
export function storedDocument<T>({ name, called, upcasts = [], check }: Kind<T>): StoredDocument<T> {
  const current = upcasts.length + 1
  function checkedAt(version: number, content: unknown): Checked<T> {
    try {
      return check(upcasts.slice(version - 1).reduce((before, step) => step(before), content))
    } catch {
      return { fits: false, fault: `it cannot be upgraded from version ${version}` }
    }
  }
  return {
    read(text) {
      const parsed = parseJson(text)
      if (parsed === undefined)
        return unread('document_malformed', `This ${called} is damaged: it is not JSON`)
      const { version, content } = opened(name, parsed.value)
      if (version > current) {
        return fail(
          'document_newer',
          `This ${called} was written by a newer Gatehouse (version ${version}, this one knows ${current}).`,
          `It is kept as is. Start the newer Gatehouse to use it.`,
        )
      }
      const checked = checkedAt(version, content)
      return checked.fits
        ? ok(checked.value)
        : unread('document_unfit', `This ${called} has unexpected content: ${checked.fault}`)
    },
    write: (value) =>
      JSON.stringify(current === 1 ? value : { gatehouse: name, version: current, content: value }),
  }
}

function unread(code: string, message: string): Result<never> {
  return fail(code, `${message}.`, 'It is kept as is. A backup may have it intact.')
}

function opened(name: string, value: unknown): { version: number; content: unknown } {
  if (typeof value === 'object' && value !== null && 'version' in value && 'content' in value) {
    const { version } = value
    const isOurs = 'gatehouse' in value && value.gatehouse === name && Object.keys(value).length === 3
    if (isOurs && typeof version === 'number' && Number.isSafeInteger(version) && version > 1)
      return { version, content: value.content }
  }
  return { version: 1, content: value }
}

import { defined } from '@contract/defined'
import { X509Certificate } from 'node:crypto'
import { unlink } from 'node:fs/promises'
import * as tls from 'node:tls'
import type { AuthoritiesView } from '@contract/authorities'
import { fail, ok, type Result } from '@contract/result'
import type { Authorities } from '../../core/records/authorities.ts'
import { readFileWithin } from '../files/read-file-within.ts'
import { writeForOwner } from '../files/write-for-owner.ts'

/** Bytes of the kept file: the PEM text and a little. */
const longest = 2_097_152
const most = 500

interface Kept {
  system: boolean
  own?: { name: string; certificates: string[] }
}

/** Keeps which authorities are trusted besides those that come with the runtime, in a file of the profile. `changed`:
 *  connections that were made by the old ones are not to be used again. */
export function createAuthorities(file: string): Authorities & { onChange: (then: () => void) => void } {
  const listeners: (() => void)[] = []
  let kept: Promise<Kept> | undefined
  /** What was removed or replaced. */
  let former: Kept['own']
  const read = (): Promise<Kept> => (kept ??= readKept(file))

  async function write(wanted: Kept): Promise<Result<AuthoritiesView>> {
    const before = await read()
    try {
      if (!wanted.system && wanted.own === undefined) await unlink(file).catch(ignoreMissing)
      else await writeForOwner(file, [Buffer.from(JSON.stringify(wanted))])
    } catch {
      return fail('authorities_not_kept', 'The choice could not be saved.', 'Is the disk full?')
    }
    if (before.own !== wanted.own) former = before.own
    kept = Promise.resolve(wanted)
    for (const then of listeners) then()
    return ok(viewOf(wanted))
  }

  return {
    view: async () => viewOf(await read()),
    useSystem: async (system) => write({ ...(await read()), system }),
    keepOwn: async (name, pem) => {
      const certificates = certificatesIn(new TextDecoder().decode(pem))
      return certificates.ok
        ? write({ ...(await read()), own: { name, certificates: certificates.value } })
        : certificates
    },
    removeOwn: async () => write({ system: (await read()).system }),
    bringBack: async () => write({ ...(await read()), ...defined({ own: former }) }),
    trusted: async () => {
      const { system, own } = await read()
      const more = [...(system ? (systemStore() ?? []) : []), ...(own?.certificates ?? [])]
      return more.length === 0 ? undefined : [...new Set([...tls.rootCertificates, ...more])]
    },
    onChange: (then) => void listeners.push(then),
  }
}

/** The certificates in a PEM text, each parsed once. Codes: `authority_none`, `authority_unreadable`. */
export function certificatesIn(text: string): Result<string[]> {
  const begin = '-----BEGIN CERTIFICATE-----'
  const end = '-----END CERTIFICATE-----'
  const found: string[] = []
  for (let at = text.indexOf(begin); at !== -1; at = text.indexOf(begin, at + begin.length)) {
    const stop = text.indexOf(end, at)
    if (stop === -1 || found.length === most) break
    const pem = text.slice(at, stop + end.length)
    if (subjectOf(pem) === undefined)
      return fail(
        'authority_unreadable',
        `Certificate ${found.length + 1} in this file cannot be read.`,
        'Export it again as PEM.',
      )
    found.push(pem)
  }
  return found.length === 0
    ? fail(
        'authority_none',
        'There is no certificate in this file.',
        'Choose a PEM file: it starts with BEGIN CERTIFICATE.',
      )
    : ok(found)
}

function subjectOf(pem: string): string | undefined {
  try {
    return new X509Certificate(pem).subject.split('\n').join(', ').slice(0, 200)
  } catch {
    return undefined
  }
}

function viewOf({ system, own }: Kept): AuthoritiesView {
  return {
    ...defined({
      system: systemStore() === undefined ? undefined : { used: system },
      own:
        own === undefined
          ? undefined
          : { name: own.name, subjects: own.certificates.map((pem) => subjectOf(pem) ?? '') },
    }),
  }
}

/** Node 22.15 and 23.10 read it; the older runtime for tests does not. */
function systemStore(): string[] | undefined {
  try {
    return (tls as { getCACertificates?: (type: string) => string[] }).getCACertificates?.('system')
  } catch {
    return undefined
  }
}

/** What was kept, judged again: the file may have been changed. */
async function readKept(file: string): Promise<Kept> {
  try {
    const bytes = await readFileWithin(file, longest)
    const value: unknown = bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes))
    if (typeof value !== 'object' || value === null) return { system: false }
    const { system, own } = value as { system?: unknown; own?: { name?: unknown; certificates?: unknown } }
    const listed = Array.isArray(own?.certificates) ? own.certificates.join('\n') : ''
    const certificates = certificatesIn(listed)
    return {
      system: system === true,
      ...defined({
        own: certificates.ok
          ? { name: String(own?.name).slice(0, 200), certificates: certificates.value }
          : undefined,
      }),
    }
  } catch {
    return { system: false }
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RequestDraft } from '../../src/core/contract/requests.ts'
import type { App } from '../../src/core/app/create-app.ts'
import type { Result } from '../../src/core/contract/result.ts'

type Parts = Pick<App, 'cookies' | 'pins' | 'collections' | 'collectionItems'>

export const keptKinds = ['cookie', 'pin', 'collection'] as const
export type KeptKind = (typeof keptKinds)[number]

/** The folder of the collection, beside the database. */
export function collectionFolder(profile: string): string {
  const folder = join(profile, 'collection')
  mkdirSync(folder, { recursive: true })
  return folder
}

/** A cookie, a pin and a request of a collection that each hold a number which counts up: what was acknowledged is the
 *  least that must be there after a kill. */
export function createKept(app: Parts) {
  const cookie = { accountId: null, domain: 'api.example', path: '/', name: 'number' }
  const draft = (number: number): RequestDraft => ({
    method: 'GET',
    url: `https://api.example/${number}`,
    query: [],
    headers: [{ name: 'X-Api-Key', value: `key-of-number-${number}`, enabled: true }],
    body: { kind: 'none' },
    accountId: null,
  })
  const firstPin = async () => must(await app.pins.list())[0]
  async function request() {
    const [collection] = must(await app.collections.list()).filter(({ own }) => !own)
    const path = collection?.items.find(({ kind }) => kind === 'http')?.path
    if (collection === undefined || path === undefined) return undefined
    return must(await app.collections.read({ collectionId: collection.id, path }))
  }

  const reads: Record<KeptKind, () => Promise<number>> = {
    cookie: async () => {
      const shown = await app.cookies.reveal(cookie)
      return shown.ok ? Number(shown.value.value) : 0
    },
    pin: async () => Number((await firstPin())?.name ?? 0),
    /** The file and the sealed value beside it are written one after the other: the lesser of the two. */
    collection: async () => {
      const { url = '', headers = [] } = (await request())?.draft ?? {}
      return Math.min(Number(url.split('/').at(-1)), Number(headers[0]?.value.split('-').at(-1) ?? 0))
    },
  }
  const writes: Record<KeptKind, (number: number) => Promise<void>> = {
    cookie: async (number) => {
      const kinds = { below: true, secure: true, httpOnly: true }
      must(await app.cookies.save({ ...cookie, ...kinds, value: String(number) }))
    },
    pin: async (number) => {
      const pin = await firstPin()
      const name = String(number)
      if (pin) must(app.pins.rename({ id: pin.id, name }))
      else must(app.pins.add({ name, token: { text: 'eyJhbGciOiJub25lIn0.e30.' } }))
    },
    collection: async (number) => {
      const found = await request()
      if (found === undefined) {
        const [open] = must(await app.collections.list()).filter(({ own }) => !own)
        const collectionId = open?.id ?? must(await app.collections.create({ name: 'Kept' }))?.id ?? ''
        must(
          await app.collectionItems.createRequest({
            ...{ collectionId, folder: '', name: 'One' },
            draft: draft(number),
          }),
        )
      } else {
        const { collectionId, path, version } = found
        const saved = must(await app.collections.save({ collectionId, path, version, draft: draft(number) }))
        if (!('saved' in saved)) throw new Error('no one else changes the folder')
      }
    },
  }
  return {
    read: (kind: KeptKind): Promise<number> => reads[kind](),
    /** Counts one of them up. */
    async write(kind: KeptKind): Promise<number> {
      const number = (await reads[kind]()) + 1
      await writes[kind](number)
      return number
    },
  }
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(`${result.error.code}: ${result.error.message}`)
}

import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { CollectionView } from '../../../src/core/contract/collections.ts'
import { formsOf, scanForSecrets } from '../../../tests/support/scan.ts'
import type { Attack } from '../words.ts'
import { makeCanary, randomOf } from './canary.ts'
import { places } from './places.ts'
import { openWorld, type World } from './world.ts'

/** Plants so many secrets in every place that a user or a server can put one, does what a session does with them, and
 *  looks for each in each file of profile, backups, exports and logs, while it runs and after its end. Once with a keyring,
 *  and a round without, where secrets may be in memory only. */
export const attackCanaries: Attack = async ({ count, seed, tell }) => {
  const random = randomOf(seed)
  const sealed = await tryIn('real', count, random, tell)
  const inMemory = await tryIn('none', Math.min(count, names.length), random, tell)
  return {
    tried: count,
    wrong: [...sealed.wrong, ...inMemory.wrong.map((line) => `without a keyring, ${line}`)],
    figures: { ...sealed.figures, foundWithoutKeyring: inMemory.figures.found },
  }
}

const names = Object.keys(places)

async function tryIn(
  keyring: 'real' | 'none',
  count: number,
  random: () => number,
  tell: (line: string) => void,
) {
  const world = await openWorld(keyring)
  const wrong: string[] = []
  const canaries: Record<string, string> = {}
  try {
    for (let number = 0; number < count; number += 1) {
      const name = names[number % names.length] ?? ''
      const place = places[name]
      // A password makes a vault that lasts.
      if (!place || (keyring === 'none' && place.needsVault)) continue
      const canary = makeCanary(place.alphabet, random)
      canaries[`${name} (${number})`] = canary
      try {
        await place.plant(world, canary, Math.floor(number / names.length))
      } catch (error) {
        wrong.push(`${name} could not be planted: ${String(error)}`)
      }
      if ((number + 1) % names.length === 0) tell(`${number + 1} planted`)
    }
    const words = await searchHistory(world, canaries)
    wrong.push(...words.found)
    await restOfSession(world, keyring)
    const finds = createFinds(world, { ...canaries, ...world.also })
    await finds.look('while it runs')
    const files = sizeOf(world.folder)
    await world.close()
    await finds.look('after its end')
    wrong.push(...finds.lines(), ...world.defects)
    return {
      wrong,
      figures: { places: names.length, ...files, searched: words.searched, ...finds.figures() },
    }
  } finally {
    world.remove()
  }
}

/** What is found, told by place and file. */
function createFinds(world: World, secrets: Record<string, string>) {
  const found = new Map<string, Set<string>>()
  return {
    look: async (when: string): Promise<void> => {
      for (const { file, secret, encoding } of await scanForSecrets(world.folder, secrets)) {
        // Those of one place, and backups, are told together.
        const where = relative(world.folder, file).replaceAll(/\d{4,}/g, '…')
        const place = secret.replace(/ \(\d+\)$/, '')
        // Whoever exports what a server said, wants it as it was said.
        if (places[place]?.unknown === true && where.startsWith('exports')) continue
        const line = `${place}: ${encoding} in ${where} ${when}`
        found.set(line, (found.get(line) ?? new Set()).add(secret))
      }
    },
    lines: () => [...found].map(([line, { size }]) => `${size} × ${line}`),
    figures: () => ({
      secrets: Object.keys(secrets).length,
      found: new Set([...found.values()].flatMap((each) => [...each])).size,
    }),
  }
}

/** Looks each secret up in the history, as whoever searches it would: in every spelling that is text, and its first word.
 *  What nothing says to be secret is there, as it was said. */
async function searchHistory(
  world: World,
  canaries: Record<string, string>,
): Promise<{ searched: number; found: string[] }> {
  const found: string[] = []
  let searched = 0
  for (const [name, canary] of Object.entries(canaries)) {
    const place = name.replace(/ \(\d+\)$/, '')
    if (places[place]?.unknown === true) continue
    const spelled = formsOf(canary).filter(([encoding]) => !encoding.startsWith('UTF-16'))
    const texts = [
      ...spelled.map(([encoding, bytes]) => [encoding, bytes.toString()]),
      ['first word', canary.slice(0, 10)],
    ]
    for (const [encoding = '', text = ''] of texts) {
      searched += 1
      const search = `"${text.replaceAll('"', ' ').slice(0, 190)}"`
      const { rows } = (await world.must('exchanges:list', { limit: 1, search })) as { rows: unknown[] }
      if (rows.length > 0) found.push(`${place}: ${encoding} is found by a search of the history`)
    }
  }
  return { searched, found: [...new Set(found)] }
}

/** Reads all that is kept, writes it in other forms, and moves it about. */
async function restOfSession(world: World, keyring: 'real' | 'none'): Promise<void> {
  const { must, call } = world
  const { rows: exchanges } = (await must('exchanges:list', { limit: 200 })) as { rows: { id: string }[] }
  for (const { id } of exchanges.slice(0, 60)) await must('exchanges:get', { id })
  for (const { id, items } of (await must('collections:list', {})) as CollectionView[])
    for (const { path, kind } of items)
      if (kind === 'http') await must('collections:read', { collectionId: id, path })
  const flows = (await must('flows:list', { limit: 100 })) as { id: string }[]
  for (const { id } of flows.slice(0, 20)) await must('flows:export', { id, format: 'har', to: 'file' })
  for (const { id } of exchanges.slice(0, 10)) {
    await call('exchanges:save-body', { id })
    world.keepExport()
  }
  const password = world.also['the vault’s password']
  if (keyring === 'real') await must('vault:rotate', password === undefined ? {} : { password })
  await must('backups:make', {})
  const [own] = (await must('collections:list', {})) as CollectionView[]
  for (const { path } of own?.items.slice(0, 5) ?? [])
    await must('collections:remove', { collectionId: own?.id, paths: [path] })
  await must('storage:check', { full: true })
  world.bench.clock.forward(1_000)
  const { name } = (await must('backups:make', {})) as { name: string }
  const { user } = (await must('vault:state', {})) as { user: { id: string } }
  // Without a vault that lasts a restore forgets what was in memory.
  if (keyring === 'none') return
  await must('backups:restore', { name })
  if (password !== undefined) await must('vault:unlock', { userId: user.id, password })
  await exportAndImport(world)
}

/** Brings back what was exported, after some of it was deleted. */
async function exportAndImport(world: World): Promise<void> {
  const { must } = world
  const password = 'words of an export'
  await must('vault:export', { password })
  world.keepExport()
  const accounts = (await must('accounts:list', {})) as { id: string }[]
  for (const { id } of accounts.slice(0, 5)) await must('accounts:remove', { id })
  await must('bin:empty', {})
  await must('vault:choose-import', {})
  await must('vault:import', { password })
}

function sizeOf(folder: string): { files: number; kilobytes: number } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const bytes = files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
  return { files: files.length, kilobytes: Math.round(bytes / 1000) }
}

import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { scanForSecrets } from '../../../tests/support/scan.ts'
import type { Attack } from '../words.ts'
import { makeCanary, randomOf } from './canary.ts'
import { places } from './places.ts'
import { openWorld, type World } from './world.ts'

/** Plants so many secrets in every place that a user or a server can put one, does what a session does with them, and
 *  looks for each in each file of profile, backups, exports and logs, while it runs and after its end. */
export const attackCanaries: Attack = async ({ count, seed, tell }) => {
  const random = randomOf(seed)
  const names = Object.keys(places)
  const canaries: Record<string, string> = {}
  const wrong: string[] = []
  const world = await openWorld()
  try {
    for (let number = 0; number < count; number += 1) {
      const name = names[number % names.length] ?? ''
      const place = places[name]
      if (!place) continue
      const canary = makeCanary(place.alphabet, random)
      canaries[`${name} (${number})`] = canary
      try {
        await place.plant(world, canary, Math.floor(number / names.length))
      } catch (error) {
        wrong.push(`${name} could not be planted: ${String(error)}`)
      }
      if ((number + 1) % names.length === 0) tell(`${number + 1} planted`)
    }
    await restOfSession(world)
    const secrets = { ...canaries, ...world.also }
    const found = new Map<string, Set<string>>()
    const unknown = new Set<string>()
    const look = async (when: string): Promise<void> => {
      for (const { file, secret, encoding } of await scanForSecrets(world.folder, secrets)) {
        // Those of one place, and backups, are told together.
        const where = relative(world.folder, file).replaceAll(/\d{4,}/g, '…')
        const place = secret.replace(/ \(\d+\)$/, '')
        if (places[place]?.unknown) {
          unknown.add(secret)
          continue
        }
        const line = `${place}: ${encoding} in ${where} ${when}`
        found.set(line, (found.get(line) ?? new Set()).add(secret))
      }
    }
    await look('while it runs')
    const files = sizeOf(world.folder)
    await world.close()
    await look('after its end')
    wrong.push(...[...found].map(([line, { size }]) => `${size} × ${line}`), ...world.defects)
    const figures = {
      places: names.length,
      secrets: Object.keys(secrets).length,
      ...files,
      unknownFound: unknown.size,
      found: new Set([...found.values()].flatMap((each) => [...each])).size,
    }
    return { tried: count, wrong, figures }
  } finally {
    world.remove()
  }
}

/** Reads all that is kept, writes it in other forms, and moves it about. */
async function restOfSession(world: World): Promise<void> {
  const { must, call } = world
  const exchanges = (await must('exchanges:list', { limit: 200 })) as { id: string }[]
  for (const { id } of exchanges.slice(0, 60)) await must('exchanges:get', { id })
  const flows = (await must('flows:list', { limit: 100 })) as { id: string }[]
  for (const { id } of flows.slice(0, 20)) await must('flows:export', { id, format: 'har', to: 'file' })
  for (const { id } of exchanges.slice(0, 10)) {
    await call('exchanges:save-body', { id })
    world.keepExport()
  }
  const password = world.also['the vault’s password']
  await must('vault:rotate', password === undefined ? {} : { password })
  await must('backups:make', {})
  const requests = (await must('requests:list', {})) as { id: string }[]
  for (const { id } of requests.slice(0, 5)) await must('requests:remove', { id })
  await must('storage:check', { full: true })
  world.bench.clock.forward(1_000)
  const { name } = (await must('backups:make', {})) as { name: string }
  const { user } = (await must('vault:state', {})) as { user: { id: string } }
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

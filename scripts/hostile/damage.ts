import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { restoreBackup } from '../../src/node/sqlite/restore.ts'
import { historyName } from '../../src/node/sqlite/history/schema.ts'
import { readSettings } from '../../src/node/settings/settings.ts'
import { databaseName, makeProfiles, startOn, type Start } from './profile.ts'
import type { Attack, Outcome } from './words.ts'

/** A file of a profile that is damaged, and what is done with the profile then. */
interface Target {
  name: string
  /** The profile that was closed properly, or the one that was killed. */
  profile: 'closed' | 'killed'
  file: string
  start: (folder: string) => Promise<Start>
}

const backupFile = join('backups', 'backup-1700000000000.db')

function settingsOf(folder: string): Start {
  const { theme, textSize, lock } = readSettings(folder)
  return { facts: JSON.stringify([theme, textSize, lock]) }
}

function restore(folder: string): Promise<Start> {
  const done = restoreBackup(join(folder, databaseName), join(folder, backupFile), 2)
  return done.ok ? startOn(folder) : Promise.resolve({ told: done.error.code })
}

const targets: Target[] = [
  { name: 'database', profile: 'closed', file: databaseName, start: startOn },
  { name: 'database in use', profile: 'killed', file: databaseName, start: startOn },
  { name: 'log', profile: 'killed', file: `${databaseName}-wal`, start: startOn },
  { name: 'history', profile: 'closed', file: historyName, start: startOn },
  { name: 'history in use', profile: 'killed', file: historyName, start: startOn },
  { name: 'history log', profile: 'killed', file: `${historyName}-wal`, start: startOn },
  { name: 'mark', profile: 'closed', file: `${databaseName}.generation`, start: startOn },
  { name: 'backup', profile: 'closed', file: backupFile, start: restore },
  {
    name: 'settings',
    profile: 'closed',
    file: 'settings.json',
    start: (folder) => Promise.resolve(settingsOf(folder)),
  },
]

type Damage = (bytes: Buffer, random: () => number) => Buffer | undefined

function flip(bytes: Buffer, random: () => number): Buffer {
  const changed = Buffer.from(bytes)
  const at = Math.floor(random() * changed.byteLength)
  changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(random() * 8))
  return changed
}

const damages: Damage[] = [
  (bytes, random) => bytes.subarray(0, Math.floor(random() * bytes.byteLength)),
  () => Buffer.alloc(0),
  () => undefined,
  (bytes) => Buffer.alloc(bytes.byteLength),
  (bytes, random) => Buffer.from(bytes.map(() => Math.floor(random() * 256))),
  (bytes, random) => Buffer.concat([bytes, Buffer.from(bytes.subarray(0, Math.floor(random() * 5_000)))]),
  (bytes, random) => {
    const at = Math.floor(random() * bytes.byteLength)
    return Buffer.from(bytes).fill(0, at, Math.min(at + 512, bytes.byteLength))
  },
]

/** One flipped bit in one file of a profile at a time. */
export const attackBits: Attack = (asked) => attack(asked, () => flip)

/** One file that is cut off, emptied, gone, overwritten or grown at a time. */
export const attackFiles: Attack = (asked) =>
  attack(asked, (number) => damages[Math.floor(number / targets.length) % damages.length] ?? flip)

async function attack(
  { count, seed, tell }: Parameters<Attack>[0],
  damageOf: (number: number) => Damage,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-hostile-'))
  const random = randomFrom(seed)
  const wrong: string[] = []
  const figures: Record<string, number> = { withoutEffect: 0, mended: 0, told: 0, unnoticed: 0 }
  try {
    await makeProfiles(join(folder, 'closed'), join(folder, 'killed'))
    const sound = new Map<string, string | undefined>()
    for (const target of targets) sound.set(target.name, (await on(folder, target)).facts)
    for (let number = 0; number < count; number += 1) {
      const target = targets[number % targets.length] as Target
      const started = await on(folder, target, (bytes) => damageOf(number)(bytes, random))
      const { facts, told } = started
      const before = sound.get(target.name)
      if (before === undefined) throw new Error(`${target.name}: the sound profile does not start`)
      const isSame = facts === before
      const what = told?.startsWith('defect')
        ? 'wrong'
        : told
          ? 'told'
          : isSame
            ? 'withoutEffect'
            : whatOf(target, started, before)
      if (what === 'wrong')
        wrong.push(
          `${target.name}, ${number}: ${told ?? `nothing is told, and ${difference(facts, before)}`}`,
        )
      else figures[what] = (figures[what] ?? 0) + 1
      if (number % 100 === 99) tell(`${number + 1} damaged`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { tried: count, wrong, figures }
}

/** What it is called where something else is read and nothing is told. Settings that can't be read fall back to what can
 *  be chosen anew; a digit in them is a choice as good as another. A file that is in use has no digest: after a kill a
 *  changed letter in what is not sealed is read as it is. The end of a log looks as it does when the computer stops while
 *  it is written: requests and history behind the last sign-in may go with it, and of the history's own log its newest
 *  exchanges. */
function whatOf({ name }: Target, { facts }: Start, before: string): 'mended' | 'unnoticed' | 'wrong' {
  if (name === 'settings') return facts === settingsOf('/nowhere').facts ? 'mended' : 'unnoticed'
  const isEnd =
    facts !== undefined &&
    ((name === 'log' && whatMatters(facts) === whatMatters(before)) ||
      (name === 'history log' && lacksHistoryOnly(facts, before)))
  return isEnd || name === 'database in use' ? 'unnoticed' : 'wrong'
}

/** What is read in the place of what was there. */
function difference(facts = '', before: string): string {
  let at = 0
  while (at < before.length && facts[at] === before[at]) at += 1
  const around = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 80), at + 80))
  return `${around(facts)} is read instead of ${around(before)}`
}

/** Users, environments, connections and accounts with their tokens. */
function whatMatters(facts: string): string {
  return JSON.stringify((JSON.parse(facts) as unknown[]).slice(0, 4))
}

/** Whether all else is the same, and each exchange that is left is as it was. */
function lacksHistoryOnly(facts: string, before: string): boolean {
  const [found, sound] = [JSON.parse(facts) as unknown[], JSON.parse(before) as unknown[]]
  const [exchanges, all] = [found.pop() as unknown[], sound.pop() as unknown[]]
  const known = new Set(all.map((each) => JSON.stringify(each)))
  return (
    JSON.stringify(found) === JSON.stringify(sound) &&
    exchanges.every((each) => known.has(JSON.stringify(each)))
  )
}

/** Does it on a copy of the profile. */
async function on(
  folder: string,
  target: Target,
  damage: (bytes: Buffer) => Buffer | undefined = (bytes) => bytes,
): Promise<Start> {
  const copy = join(folder, 'copy')
  rmSync(copy, { recursive: true, force: true })
  cpSync(join(folder, target.profile), copy, { recursive: true })
  const file = join(copy, target.file)
  const changed = damage(readFileSync(file))
  if (changed === undefined) rmSync(file)
  else {
    truncateSync(file)
    writeFileSync(file, changed)
  }
  const started = await target.start(copy)
  const isLeft = changed === undefined || existsSync(file) || readdirSync(copy).length > 0
  return isLeft ? started : { told: 'defect: a file was deleted' }
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { NetworkManner } from '../../../src/core/contract/network/network.ts'
import type { ExchangeView, RequestDraft } from '../../../src/core/contract/requests.ts'
import { value } from '../odd-workbench.ts'
import { formsOf } from '../scan.ts'
import { openStage, type Stage } from './stage.ts'
import type { Fault } from './words.ts'
import type { World } from './world.ts'

/** What came of a fault. */
export interface Outcome {
  /** What must not be, in words; the same only once. */
  wrong: string[]
  /** Milliseconds that the slowest took. */
  slowest: number
  /** How often the other origin was asked. */
  asked: number
}

/** Sendings at once. */
const lanes = 25
/** Milliseconds until everything that was opened has to be closed. */
const patience = 5_000
/** Milliseconds that a sending may take: the limit is 2 s where one waits, the rest is for the machine. */
const longest = 12_000

const short: NetworkManner = { connectSeconds: 1, pauseSeconds: 1, totalSeconds: 2 }
const long: NetworkManner = { connectSeconds: 30, pauseSeconds: 30, totalSeconds: 60 }

/** Sends into a fault so often, as the app does, and looks at what is told, what other servers got, and what is left. */
export async function performFault(world: World, fault: Fault, times: number): Promise<Outcome> {
  const { app } = world.bench
  world.renew()
  // The thread for long bodies, which stays for a while, is there from the beginning.
  world.warm()
  const before = await settledDown()
  const stage = await openStage(fault, { other: world.other.origin, certificates: world.certificates })
  const askedBefore = world.other.requests()
  const gotBefore = world.other.got().length
  const wrong = new Set<string>()
  let slowest = 0
  try {
    setNetwork(world, fault, stage)
    world.arriving = (sendId) => {
      if (fault.stopped === true) app.sendRequest.cancel(sendId)
    }
    const draft = draftFor(world, fault, stage)
    async function sendOne(): Promise<void> {
      const began = performance.now()
      const origin = new URL(stage.url).origin
      const allowToken = { accountId: world.accountId, origin }
      const view = value(await app.sendRequest.send({ sendId: randomUUID(), draft, allowToken }))
      slowest = Math.max(slowest, performance.now() - began)
      for (const line of judge(world, fault, stage, view)) wrong.add(line)
      app.responseHeaders.release({ id: view.id })
    }
    for (let left = times; left > 0; left -= lanes)
      await Promise.all(Array.from({ length: Math.min(lanes, left) }, sendOne))
    if (slowest > longest) wrong.add(`took ${Math.round(slowest)} ms`)
    const asked = world.other.requests() - askedBefore
    if (asked !== (fault.led === true ? times : 0)) wrong.add(`the other origin was asked ${asked} times`)
    for (const name of secretsIn(world.other.got().subarray(gotBefore), world.secrets))
      wrong.add(`the other origin got the ${name}`)
    // The secrets were there to be leaked.
    if (fault.led === true && secretsIn(stage.got(), world.secrets).length < 5)
      wrong.add('the first origin did not get what was meant for it')
    world.renew()
    if (!(await within(patience, () => stage.open() === 0)))
      wrong.add(`${stage.open()} connections stay open`)
    await stage.close()
    if (!(await within(patience, () => excess(resources(), before) === undefined)))
      wrong.add(`what stays open: ${excess(resources(), before)}`)
    return { wrong: [...wrong], slowest, asked }
  } finally {
    await stage.close().catch(() => undefined)
  }
}

function setNetwork({ bench: { app } }: World, fault: Fault, stage: Stage): void {
  const manner = { ...(fault.waits === true ? short : long), mostMegabytes: 2 }
  value(app.network.saveManner(fault.server.kind === 'http2' ? { ...manner, http2: true } : manner))
  const proxy =
    stage.proxy === undefined
      ? { kind: 'none' as const }
      : {
          kind: 'by-hand' as const,
          address: stage.proxy.host,
          username: fault.password === undefined ? '' : 'clerk',
          loopback: true,
        }
  value(app.network.save({ proxy, proxyPassword: fault.password ?? '' }))
}

function draftFor(world: World, { bodySize }: Fault, stage: Stage): RequestDraft {
  const rows = [
    ['X-Api-Key', world.secrets['API key'] ?? ''],
    ['Content-Type', 'application/json'],
  ] as const
  return {
    method: 'POST',
    url: stage.url,
    query: [{ name: 'api_key', value: world.secrets['query key'] ?? '', enabled: true }],
    headers: rows.map(([name, text]) => ({ name, value: text, enabled: true })),
    body:
      bodySize === undefined
        ? { kind: 'json', text: '{"pin":"{{pin}}"}' }
        : { kind: 'file', path: world.fileOf(bodySize), contentType: '' },
    accountId: world.accountId,
  }
}

/** What is wrong with what the user is told. */
function judge(world: World, fault: Fault, stage: Stage, view: ExchangeView): string[] {
  const { response, error } = view
  const code = error?.code ?? (response?.truncated === true ? 'cut off' : 'ok')
  const said = (error?.message ?? view.notes?.join(' ') ?? '')
    .replaceAll(stage.host, 'HOST')
    .replaceAll(world.other.host, 'OTHER')
    .replaceAll(stage.proxy?.host ?? 'PROXY', 'PROXY')
  const told = secretsIn(Buffer.from(JSON.stringify(view)), world.secrets)
  return [
    ...(code === fault.code ? [] : [`is called ${code}, not ${fault.code}`]),
    ...(said === fault.says ? [] : [`“${said}” is said`]),
    ...(error !== undefined && error.next === undefined && fault.stopped === undefined
      ? ['what to do is not said']
      : []),
    ...told.map((name) => `the window is told the ${name}`),
  ]
}

function secretsIn(bytes: Buffer, secrets: Record<string, string>): string[] {
  return Object.keys(secrets).filter((name) =>
    formsOf(secrets[name] ?? '').some(([, form]) => bytes.includes(form)),
  )
}

/** What this program holds open, by kind. */
function resources(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const kind of [...process.getActiveResourcesInfo(), ...descriptors()])
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}
function descriptors(): string[] {
  try {
    return readdirSync('/proc/self/fd').map(() => 'file descriptor')
  } catch {
    return []
  }
}
function excess(now: Map<string, number>, before: Map<string, number>): string | undefined {
  const more = [...now].filter(([kind, count]) => count > (before.get(kind) ?? 0))
  return more.length === 0
    ? undefined
    : more.map(([kind, count]) => `${count - (before.get(kind) ?? 0)} ${kind}`).join(', ')
}
/** What is open once the connections that were kept have ended. */
async function settledDown(): Promise<Map<string, number>> {
  let last = resources()
  await within(1_000, () => {
    const now = resources()
    const same = excess(last, now) === undefined
    last = now
    return same
  })
  return last
}
async function within(milliseconds: number, isSo: () => boolean): Promise<boolean> {
  const end = performance.now() + milliseconds
  for (;;) {
    await wait(10)
    if (isSo()) return true
    if (performance.now() > end) return false
  }
}

// @ts-check
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSession } from './cdp.mjs'
import { processTree } from './process-tree.mjs'

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalProcess(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch {
    // It has gone already.
  }
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<string>} http://127.0.0.1:PORT */
function debuggingAddress(child) {
  return new Promise((done, refuse) => {
    let text = ''
    child.stderr?.setEncoding('utf8').on('data', (chunk) => {
      text = (text + chunk).slice(-20_000)
      const match = /DevTools listening on ws:\/\/([^/]+)\//.exec(text)
      if (match) done(`http://${match[1]}`)
    })
    child.once('exit', (code) => refuse(new Error(`Electron ended at once (code ${code}):\n${text}`)))
  })
}

/** @param {string} address @param {number} limitMs @returns {Promise<string>} websocket of the first page */
async function pageSocket(address, limitMs) {
  const until = Date.now() + limitMs
  while (Date.now() < until) {
    const pages = await (await fetch(`${address}/json/list`)).json()
    const page = pages.find((/** @type {any} */ each) => each.type === 'page' && each.url !== 'about:blank')
    if (page) return page.webSocketDebuggerUrl
    await sleep(10)
  }
  throw new Error('Electron showed no page in time.')
}

/**
 * Starts Electron with a profile of its own, or one that stays, and DevTools attached.
 * @param {string} electron @param {string[]} args
 * @param {{ limitMs?: number, env?: NodeJS.ProcessEnv, kept?: string | undefined }} [options]
 */
export async function launch(electron, args, { limitMs = 30_000, env = process.env, kept } = {}) {
  const profile = kept ?? (await mkdtemp(join(tmpdir(), 'gatehouse-bench-')))
  const startedAt = performance.timeOrigin + performance.now()
  const flags = [`--user-data-dir=${profile}`, '--remote-debugging-port=0']
  const child = spawn(electron, [...args, ...flags], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const pid = child.pid ?? 0
  const stop = async () => {
    const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
    const tree = processTree(pid)
    signalProcess(pid, 'SIGTERM')
    await Promise.race([gone, sleep(3000)])
    tree.forEach((each) => signalProcess(each, 'SIGKILL'))
    await gone
    if (kept === undefined) await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const session = await openSession(await pageSocket(await debuggingAddress(child), limitMs))
    return { pid, profile, startedAt, session, stop: async () => (session.close(), stop()) }
  } catch (error) {
    await stop()
    throw error
  }
}

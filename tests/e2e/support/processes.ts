import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A program that a test started: its own process group, so that its children end with it. */
export interface Started {
  child: ChildProcess
  /** All that it has printed so far. */
  output: () => string
  exited: Promise<number | null>
  kill: (signal?: NodeJS.Signals) => Promise<void>
}

/** Starts a program in a process group of its own. */
export const startProcess = (command: string, args: string[], options: SpawnOptions = {}): Started => {
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return {
    child,
    output: () => output,
    exited,
    async kill(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) killGroup(child.pid, signal)
      await Promise.race([
        exited,
        pause(5000, undefined, { ref: false }).then(() => killGroup(child.pid, 'SIGKILL')),
      ])
      killGroup(child.pid, 'SIGKILL')
    },
  }
}

const killGroup = (pid: number | undefined, signal: NodeJS.Signals): void => {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Already gone.
  }
}

/** Waits until `probe` answers something, looking every 50 ms; fails with `what` after `timeoutMs`. */
export const until = async <T>(
  what: string,
  probe: () => Promise<T | undefined> | T | undefined,
  timeoutMs = 30_000,
): Promise<T> => {
  const end = performance.now() + timeoutMs
  for (;;) {
    const value = await probe()
    if (value !== undefined) return value
    if (performance.now() > end) throw new Error(`waited ${timeoutMs / 1000} s for ${what}`)
    await pause(50)
  }
}

/** The DevTools address that a Chromium or Electron started with `--remote-debugging-port=0` wrote down; that of a program
 *  started here is read from what it prints, as its profile may not be writable. */
export const devToolsAddress = (profile: string, started?: Started): Promise<string> =>
  until(`DevTools of ${profile}`, async () => {
    if (started) {
      const [, host] = /DevTools listening on ws:\/\/(127\.0\.0\.1:\d+)\//.exec(started.output()) ?? []
      return host === undefined ? undefined : `http://${host}`
    }
    const text = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')
    const [port, path] = text.split('\n')
    return port && path ? `http://127.0.0.1:${port}` : undefined
  })

/** Waits until a page of this kind is listed: attaching while a window is still being made can hang. */
export const pageListed = (address: string, urlStart: string): Promise<true> =>
  until(`a page at ${urlStart}`, async () => {
    const answer = await fetch(`${address}/json/list`).catch(() => undefined)
    const targets = (await answer?.json().catch(() => [])) as { type: string; url: string }[] | undefined
    return targets?.some(({ type, url }) => type === 'page' && url.startsWith(urlStart)) ? true : undefined
  })

/** Whether a file is there. */
export const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

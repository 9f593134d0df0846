// @ts-check
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/**
 * Starts a program that says with its first line that it is ready.
 * @param {string[]} command behind `node`
 * @param {Record<string, string>} environment
 */
export async function startProgram(command, environment = {}) {
  const startedAt = performance.now()
  const child = spawn(process.execPath, command, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const [line] = await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`${command[0]} ended with ${code}`)
    }),
  ])
  const readyMs = performance.now() - startedAt
  return {
    readyMs,
    said: /** @type {{ issuer: string, api: string }} */ (JSON.parse(String(line))),
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

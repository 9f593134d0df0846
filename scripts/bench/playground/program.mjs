// @ts-check
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
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
  const processorMs = processorTime(child.pid ?? 0)
  return {
    readyMs,
    processorMs,
    said: /** @type {{ issuer: string, api: string }} */ (JSON.parse(String(line))),
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

/** Processor time of a process in ms, in steps of 10 (proc(5), fields 14 and 15 of stat). @param {number} pid */
function processorTime(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Playground } from '../../../src/playground/index.ts'

/** The playground as the one file that is shipped, in a folder where no package of ours is near. */
export function buildStandalone() {
  execFileSync(process.execPath, [resolve('scripts/run.mjs'), 'build-playground'], { stdio: 'ignore' })
  const folder = mkdtempSync(join(tmpdir(), 'playground-alone-'))
  cpSync('dist/playground', folder, { recursive: true })
  const running: ChildProcess[] = []

  function run(options: string[], environment: Record<string, string> = {}) {
    const child = spawn(process.execPath, ['playground.mjs', ...options], {
      cwd: folder,
      env: { ...process.env, ...environment },
    })
    running.push(child)
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    async function ready(): Promise<Playground> {
      for await (const line of createInterface({ input: child.stdout })) {
        const { issuer, api } = JSON.parse(line) as { issuer: string; api: string }
        return { issuer, apiBase: api } as Playground
      }
      throw new Error(`it printed nothing: ${said}`)
    }
    return { child, ready, said: () => said }
  }

  return {
    folder,
    run,
    /** Ends whatever still runs. */
    async stopAll(): Promise<void> {
      for (const child of running.splice(0)) {
        if (child.exitCode !== null || child.signalCode !== null) continue
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Options for any free ports. */
export const free = ['--issuer-port', '0', '--api-port', '0']

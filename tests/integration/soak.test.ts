import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { buildSoak } from '../../scripts/soak/build.mjs'

const run = promisify(execFile)

/** The short form of `npm run soak`. */
it('loses nothing acknowledged while the storage process is killed at random moments', async () => {
  const folder = await buildSoak(`soak-test-${process.pid}`)
  try {
    const args = [
      join(folder, 'run.mjs'),
      '--kills',
      '15',
      '--seed',
      String(Date.now() % 1_000_000),
      '--json',
    ]
    const { stdout } = await run(process.execPath, args)
    const report = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>
    expect(report).toMatchObject({ kills: 15, wrong: [] })
    expect(report['acknowledged']).toBeGreaterThan(15)
    expect(report['refreshTokensAsked']).toBeGreaterThan(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 180_000)

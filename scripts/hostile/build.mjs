// @ts-check
import { join } from 'node:path'
import { buildProgram } from '../lib/build-program.mjs'
import { root } from '../lib/paths.mjs'

/** Bundles the attacks; answers their folder. */
export function buildHostile(name = `hostile-${process.pid}`) {
  return buildProgram(
    name,
    { run: 'scripts/hostile/run.ts', storage: 'src/node/sqlite/heavy-worker.ts' },
    { electron: join(root, 'scripts/hostile/no-electron.ts') },
  )
}

/** Bundles the public test vectors' program; answers its folder. */
export function buildVectors(name = `vectors-${process.pid}`) {
  return buildProgram(name, { run: 'scripts/hostile/run-vectors.ts' })
}

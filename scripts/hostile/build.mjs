// @ts-check
import { join } from 'node:path'
import { buildProgram } from '../lib/build-program.mjs'
import { root } from '../lib/paths.mjs'

/** Bundles the attacks; answers their folder. */
export function buildHostile(name = `hostile-${process.pid}`) {
  return buildProgram(
    name,
    {
      run: 'scripts/hostile/run.ts',
      storage: 'src/node/sqlite/heavy-worker.ts',
      bodies: 'src/node/bodies/body-worker.ts',
    },
    { electron: join(root, 'scripts/hostile/no-electron.ts') },
  )
}

/**
 * Bundles a program for Electron without a window, that of the public test vectors or that of changed tokens; answers its folder.
 * @param {'vectors' | 'tokens'} what
 */
export function buildOwn(what) {
  return buildProgram(`${what}-${process.pid}`, { run: `scripts/hostile/run-${what}.ts` })
}

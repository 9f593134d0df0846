// @ts-check
import { buildProgram } from '../lib/build-program.mjs'

/** Bundles the soak's programs; answers their folder. */
export function buildSoak(name = `soak-${process.pid}`) {
  return buildProgram(name, {
    run: 'scripts/soak/run.ts',
    worker: 'scripts/soak/worker.ts',
    playground: 'src/playground/main.ts',
  })
}

// @ts-check
import { ensureBuilt } from '../lib/build.mjs'
import { withDisplay } from '../lib/display.mjs'
import { root } from '../lib/paths.mjs'
import { runVisibly } from '../lib/run.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'

/** `npm start [-- FLAGS]`: the built app, as a user gets it. @param {string[]} flags for the app */
export async function main(flags) {
  const { electron, args } = await prepareRuntime()
  await ensureBuilt()
  return withDisplay((env) => runVisibly(electron, [...args, ...flags], { cwd: root, env }))
}

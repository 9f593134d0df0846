// @ts-check
import { electronVite } from '../lib/build.mjs'
import { withDisplay } from '../lib/display.mjs'
import { root } from '../lib/paths.mjs'
import { runVisibly } from '../lib/run.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'

/** `npm run dev [-- FLAGS]`: the app with hot reload of its pages. @param {string[]} flags for the app */
export async function main(flags) {
  const { electron, args } = await prepareRuntime()
  // electron-vite names the app folder itself.
  const own = [...args.slice(1), ...flags]
  return withDisplay((env) =>
    runVisibly(process.execPath, [electronVite, 'dev', '--', ...own], {
      cwd: root,
      env: { ...env, ELECTRON_EXEC_PATH: electron },
    }),
  )
}

// @ts-check
import { ensureBuilt } from '../lib/build.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'

/** `npm run --silent runtime`: how other programs start the built app, as JSON and nothing else. */
export async function main() {
  const runtime = await prepareRuntime()
  await ensureBuilt()
  process.stdout.write(`${JSON.stringify(runtime)}\n`)
  return 0
}

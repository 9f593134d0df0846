// @ts-check
import { existsSync, readdirSync } from 'node:fs'
import { ensureBuilt } from '../lib/build.mjs'
import { withDisplay } from '../lib/display.mjs'
import { setupError } from '../lib/fail.mjs'
import { runVisibly } from '../lib/run.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'
import { fileURLToPath } from 'node:url'

const folder = new URL('../bench/', import.meta.url)
/** Measurements of what runs on Node alone. */
const onNode = new Set(['playground'])

/** `npm run bench NAME [-- --json]`: one measurement of scripts/bench. @param {string[]} args */
export async function main([name = '', ...args]) {
  const files = ['mjs', 'ts'].map((ending) => fileURLToPath(new URL(`${name}.${ending}`, folder)))
  const file = /^[a-z0-9-]+$/.test(name) ? files.find((path) => existsSync(path)) : undefined
  if (!file) {
    const names = readdirSync(folder)
      .filter((each) => /\.(mjs|ts)$/.test(each))
      .map((each) => each.replace(/\.\w+$/, ''))
    throw setupError(`there is no measurement “${name}”.`, `One of: ${names.sort().join(', ')}`)
  }
  // npm takes --json for itself unless it is behind `--`, but leaves it in the environment.
  const json = process.env.npm_config_json === 'true' && !args.includes('--json') ? ['--json'] : []
  if (onNode.has(name)) return runVisibly(process.execPath, [file, ...args, ...json])
  const runtime = await prepareRuntime()
  await ensureBuilt()
  return withDisplay((env) =>
    runVisibly(process.execPath, [file, ...args, ...json], {
      env: { ...env, GATEHOUSE_RUNTIME: JSON.stringify(runtime) },
    }),
  )
}

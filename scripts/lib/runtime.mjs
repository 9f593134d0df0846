// @ts-check
import { ensureElectron } from '../setup/electron.mjs'
import { sandboxFlags } from '../setup/sandbox.mjs'
import { ensureSqlite } from '../setup/sqlite.mjs'
import { ensureSystem, lacksDisplay } from '../setup/system.mjs'
import { root } from './paths.mjs'

/** @typedef {{ electron: string, version: string, source: 'release' | 'registry', args: string[] }} Runtime */

/**
 * The Electron that runs an app folder, made ready: `electron ...args ...further flags` starts the app.
 * @param {{ appDir?: string, tests?: boolean }} [options] appDir: this project's app where not given
 * @returns {Promise<Runtime>}
 */
export async function prepareRuntime({ appDir = root, tests = false } = {}) {
  const { electron, version, source } = await ensureElectron()
  await ensureSystem({ electron, tests })
  await ensureSqlite({ electron, version })
  // Where nobody looks there is no graphics processor either; trying for one costs time and noise.
  const unseen = source === 'registry' || lacksDisplay() ? ['--disable-gpu'] : []
  return { electron, version, source, args: [appDir, ...sandboxFlags({ electron }), ...unseen] }
}

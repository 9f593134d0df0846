// @ts-check
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureFree } from '../lib/disk.mjs'
import { setupError } from '../lib/fail.mjs'
import { withLock } from '../lib/lock.mjs'
import { cacheDir, packageJson, root, stateDir } from '../lib/paths.mjs'
import { run } from '../lib/run.mjs'
import { withProgress } from '../lib/say.mjs'
import { hashOf, readStamp, writeStamp } from '../lib/stamp.mjs'
import { fetchProjectNode } from './node-modules.mjs'
import { ensureCompiler } from './system.mjs'

const prebuiltNeeds = 10
const folder = join(root, 'node_modules', 'better-sqlite3')
const target = join(folder, 'build', 'Release', 'better_sqlite3.node')
const stampFile = join(stateDir, 'sqlite.json')
const headers = join(root, 'node_modules', 'node', 'node_modules', `node-${process.platform}-${process.arch}`)

/** The flags that make the unmodified source run on every Node-API from 9 on. */
const flags =
  '-UNAPI_VERSION -DNAPI_VERSION=2147483647 -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'

/** @param {string} electron @param {string} script */
const ask = (electron, script) =>
  run(electron, ['-e', script], {
    cwd: root,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: 30_000,
  })

/** @param {string} electron @returns {Promise<number>} */
async function nodeApiOf(electron) {
  const { code, stdout, stderr } = await ask(electron, 'process.stdout.write(process.versions.napi)')
  if (code === 0) return Number(stdout)
  throw setupError(`Electron does not start: ${stderr.trim().split('\n')[0]}`, [
    'Delete the downloaded runtime and fetch it again: npm run setup -- --again',
  ])
}

/** Everything that the built binary depends on. */
function buildKey() {
  const parts = [
    packageJson('better-sqlite3').version,
    packageJson('node-addon-api').version,
    packageJson('node').version,
    flags,
    process.platform,
    process.arch,
  ]
  return hashOf(parts.join('\n')).slice(0, 16)
}

/** @param {string} half @param {string} built where the finished binary goes */
async function build(half, built) {
  const source = join(half, 'better-sqlite3')
  cpSync(folder, source, { recursive: true, filter: (path) => !/[\\/](build|prebuilds)$/.test(path) })
  const gyp = join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js')
  if (!existsSync(join(headers, 'include', 'node'))) await fetchProjectNode()
  const env = { ...process.env, CXXFLAGS: flags, NODE_PATH: join(root, 'node_modules') }
  const args = [gyp, 'rebuild', '--release', '--force_build=1', '--nodedir', headers]
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: source, env })
  const binary = join(source, 'build', 'Release', 'better_sqlite3.node')
  if (code === 0 && existsSync(binary)) return renameSync(binary, built)
  const said = `${stdout}\n${stderr}`
    .split('\n')
    .filter((line) => /error|ERR!/i.test(line))
    .slice(-8)
  const full = /ENOSPC|No space left/.test(`${stdout}${stderr}`)
  throw setupError(
    [
      full ? 'the disk filled up while better-sqlite3 was built.' : 'better-sqlite3 could not be built:',
      ...said,
    ].join('\n    '),
    full
      ? 'Free some space, then run the same command again.'
      : 'A C++20 compiler is needed: sudo apt-get install -y g++ make python3',
  )
}

/** The binary for a Node-API older than the prebuilt one's, built once. @returns {Promise<string>} */
async function ensureBuilt() {
  const cache = cacheDir()
  const built = join(cache, `better-sqlite3-${buildKey()}.node`)
  if (existsSync(built)) return built
  await ensureCompiler()
  return withLock(join(cache, 'sqlite.lock'), async () => {
    if (existsSync(built)) return built
    ensureFree(cache, 150, 'building better-sqlite3')
    const half = join(cache, 'half-sqlite')
    rmSync(half, { recursive: true, force: true })
    mkdirSync(half, { recursive: true })
    try {
      await withProgress('Building better-sqlite3 for this Electron (about 90 s, once)', () =>
        build(half, built),
      )
    } finally {
      rmSync(half, { recursive: true, force: true })
    }
    return built
  })
}

/** @param {string} electron */
async function checkLoads(electron) {
  const script = "new (require('better-sqlite3'))(':memory:').prepare('select 1').get()"
  const runs = [
    ['Electron', await ask(electron, script)],
    ['Node', await run(process.execPath, ['-e', script], { cwd: root })],
  ]
  for (const [name, { code, stderr }] of /** @type {[string, Awaited<ReturnType<typeof run>>][]} */ (runs)) {
    if (code === 0) continue
    const why = stderr.split('\n').find((line) => /Error|symbol/.test(line)) ?? `exit code ${code}`
    throw setupError(`better-sqlite3 does not load in ${name}: ${why}`, [
      `Delete ${cacheDir()} and node_modules/better-sqlite3, then run the same command again.`,
    ])
  }
}

/**
 * Makes better-sqlite3 load in the given Electron and in Node.
 * @param {{ electron: string, version: string }} runtime
 */
export async function ensureSqlite({ electron, version }) {
  const key = `${version} ${buildKey()}`
  const stamp = readStamp(stampFile)
  if (stamp?.key === key && (!stamp.built || existsSync(target))) return
  const mustBuild = (await nodeApiOf(electron)) < prebuiltNeeds
  if (mustBuild) {
    const built = await ensureBuilt()
    mkdirSync(join(folder, 'build', 'Release'), { recursive: true })
    // Never written in place: a running program may have the old one loaded.
    const half = `${target}.${process.pid}`
    copyFileSync(built, half)
    renameSync(half, target)
  }
  await checkLoads(electron)
  writeStamp(stampFile, { key, built: mustBuild && readFileSync(target).length })
}

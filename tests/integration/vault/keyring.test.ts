import { spawnSync } from 'node:child_process'
import {
  accessSync,
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join, resolve } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aliases } from '../../../scripts/lib/aliases.mjs'

const found = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
const possible =
  process.platform === 'linux' && ['gnome-keyring-daemon', 'dbus-run-session', 'xvfb-run'].every(found)

const folder = possible ? mkdtempSync(join(tmpdir(), 'gatehouse-keyring-')) : ''
let electron = ''

/** An Electron of its own that loads the probe: all but the binary are links into the runtime. */
const prepare = async (): Promise<void> => {
  const asked = spawnSync('npm', ['run', '--silent', 'runtime'], { encoding: 'utf8' })
  const runtime = JSON.parse(asked.stdout) as { electron: string }
  const home = dirname(runtime.electron)
  const here = join(folder, 'electron')
  mkdirSync(join(here, 'resources', 'app'), { recursive: true })
  for (const name of readdirSync(home))
    if (name !== 'resources' && name !== basename(runtime.electron))
      symlinkSync(join(home, name), join(here, name))
  electron = join(here, basename(runtime.electron))
  try {
    linkSync(runtime.electron, electron)
  } catch {
    copyFileSync(runtime.electron, electron)
  }
  const appFolder = join(here, 'resources', 'app')
  symlinkSync(resolve('node_modules'), join(appFolder, 'node_modules'))
  writeFileSync(join(appFolder, 'package.json'), '{ "name": "probe", "type": "module", "main": "probe.js" }')
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: aliases },
    ssr: { noExternal: true, external: ['better-sqlite3', 'electron'] },
    build: {
      ssr: resolve('tests/integration/vault/keyring-probe.ts'),
      outDir: appFolder,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'probe.js' } },
    },
  })
}

/** Runs the probe in a desktop session of its own. `keyring` names whose keyring files are there. */
const run = (profile: string, keyring: string, daemon: string, store = 'gnome-libsecret'): unknown => {
  const home = join(folder, `home-${keyring}`)
  mkdirSync(join(home, 'run'), { recursive: true, mode: 0o700 })
  const arguments_ = `--no-sandbox --disable-gpu --password-store=${store} --user-data-dir=${join(folder, profile)}`
  const { stdout, stderr } = spawnSync(
    'dbus-run-session',
    ['--', 'sh', '-c', `${daemon}\nexec xvfb-run -a "$0" ${arguments_}`, electron],
    {
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        PATH: process.env['PATH'],
        HOME: home,
        XDG_DATA_HOME: join(home, 'data'),
        XDG_CONFIG_HOME: join(home, 'config'),
        XDG_RUNTIME_DIR: join(home, 'run'),
      },
    },
  )
  const line = stdout.split('\n').find((each) => each.startsWith('{'))
  if (line === undefined) throw new Error(`the probe said nothing: ${stdout} ${stderr}`)
  return JSON.parse(line)
}

const unlocked = 'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1'
const locked = 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1'
const readable = { kind: 'keyring', backend: 'gnome_libsecret', text: 'the token' }

describe.skipIf(!possible)('the real GNOME keyring', () => {
  beforeAll(prepare, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it(
    'keeps a secret over restarts, through a lock, a changed key and its absence',
    { timeout: 300_000 },
    () => {
      expect(run('profile', 'ann', unlocked)).toEqual(readable)
      expect(run('profile', 'ann', unlocked)).toEqual(readable)

      const kept = { kind: 'memory', text: 'secret_unreadable' }
      expect(run('profile', 'ann', locked)).toMatchObject({
        ...kept,
        trouble: expect.stringMatching(/^keyring_/),
      })
      expect(run('profile', 'other', unlocked)).toMatchObject({ ...kept, trouble: 'keyring_changed' })
      expect(run('profile', 'ann', '', 'basic')).toMatchObject({
        ...kept,
        backend: 'basic_text',
        trouble: 'keyring_changed',
      })

      expect(run('profile', 'ann', unlocked)).toEqual(readable)
    },
  )

  it('is not needed: without one secrets stay in memory', { timeout: 120_000 }, () => {
    const alone = { kind: 'memory', backend: 'basic_text' }
    expect(run('lonely', 'ann', '', 'basic')).toEqual({ ...alone, text: 'the token' })
    expect(run('lonely', 'ann', '', 'basic')).toEqual({ ...alone, text: 'secret_memory_only' })
  })
})

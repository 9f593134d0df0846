import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type * as Fuses from '@electron/fuses'
import { expect, test } from 'playwright/test'
import { attach } from '../support/gatehouse.ts'
import { makeHome, type Home } from '../support/home.ts'
import { startProcess, until } from '../support/processes.ts'
import { runtime } from '../support/runtime.ts'

// The packaged app as users get it, but for the runtime (scripts/commands/package.mjs).

const run = promisify(execFile)
const { FuseV1Options, getCurrentFuseWire } = createRequire(import.meta.url)(
  '@electron/fuses',
) as typeof Fuses
const isWhole = process.platform === 'linux'
/** Root on Linux cannot have the sandbox; the switch is this test's and is nowhere in the package. */
const needed = runtime().args.filter((argument) => /^--(no-sandbox|disable-gpu)$/.test(argument))

/** A fuse in the binary is one character. */
const blown = { off: '0'.charCodeAt(0), on: '1'.charCodeAt(0) }

let output: string
let folder: string
let binary: string
let home: Home

test.describe.configure({ mode: 'serial' })
test.skip(!isWhole, 'the unpacked folder of a package is looked at on Linux')

test.beforeAll(async () => {
  test.setTimeout(300_000)
  output = await mkdtemp(join(tmpdir(), 'gatehouse-package-'))
  await run(process.execPath, [
    'scripts/run.mjs',
    'package',
    '--linux',
    'dir',
    `-c.directories.output=${output}`,
  ])
  folder = join(output, 'linux-unpacked')
  binary = join(folder, 'gatehouse')
  home = await makeHome('recorder')
})

test.afterAll(async () => {
  await home?.remove()
  await rm(output, { recursive: true, force: true })
})

const logOf = (profile: string): string => {
  const file = join(profile, 'logs', 'gatehouse.log')
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/** Waits until the page has called through the bridge; answers the log. */
const pageOpened = (profile: string): Promise<string> =>
  until('the page’s first call', () => {
    const log = logOf(profile)
    return log.includes('page_opened') ? log : undefined
  })

test('its fuses are set', async () => {
  const fuses = await getCurrentFuseWire(binary)
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ]
  const on = [
    FuseV1Options.EnableCookieEncryption,
    FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    FuseV1Options.OnlyLoadAppFromAsar,
  ]
  expect(off.map((fuse) => fuses[fuse])).toEqual(off.map(() => blown.off))
  expect(on.map((fuse) => fuses[fuse])).toEqual(on.map(() => blown.on))
})

test('it holds the app and what the app needs, and nothing else that starts', () => {
  const resources = join(folder, 'resources')
  expect(readdirSync(resources).sort()).toEqual(['app.asar', 'app.asar.unpacked'])
  const native = (directory: string): string[] =>
    readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.node'))
  expect(native(resources)).toContainEqual(expect.stringContaining('better-sqlite3'))
  expect(native(resources).filter((name) => /win32|darwin|arm64/.test(name))).toEqual([])
  const archive = readFileSync(join(resources, 'app.asar'), 'latin1')
  for (const name of ['playground.mjs', 'oidc-provider', 'fastify', '.woff2', 'icon.png'])
    expect(archive).toContain(name)
  expect(existsSync(join(resources, 'default_app.asar'))).toBe(false)
})

test('it carries the licences and the bill of what is in it', () => {
  const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8')
  const bill = JSON.parse(readFileSync(join(folder, 'sbom.cdx.json'), 'utf8')) as {
    bomFormat: string
    specVersion: string
    components: { name: string; group?: string; version: string; purl: string; licenses: unknown[] }[]
  }
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' })
  const names = bill.components.map(({ group, name }) => (group === undefined ? name : `${group}/${name}`))
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object }
  // Beside the bundles, in them, and by way of others.
  const some = ['react', 'react-dom', 'undici', 'jose', 'oauth4webapi', 'zod', 'koa', 'scheduler']
  for (const name of [...Object.keys(dependencies), ...some]) {
    expect(names).toContain(name)
    expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'))
  }
  expect(names).toContain('electron')
  for (const tool of ['vitest', 'typescript', 'vite', 'eslint', 'electron-builder', 'playwright'])
    expect(names).not.toContain(tool)
  for (const { purl, version, licenses } of bill.components) {
    expect(purl.endsWith(`@${version}`)).toBe(true)
    expect(licenses).toHaveLength(1)
  }
  expect(notices).toContain('Permission is hereby granted, free of charge')
  expect(notices).toContain('SIL OPEN FONT LICENSE')
  for (const name of ['LICENSE.gatehouse.txt', 'LICENSES.chromium.html'])
    expect(existsSync(join(folder, name)), name).toBe(true)
})

test('it starts, its page calls it, and it gives no debugger a way in', async () => {
  const started = startProcess(
    binary,
    [...needed, `--user-data-dir=${home.profile}`, '--remote-debugging-port=0', '--inspect=0'],
    {
      env: { ...home.environment, NODE_OPTIONS: '--require=/nowhere/hook.js', ELECTRON_ENABLE_LOGGING: '1' },
    },
  )
  try {
    const log = await pageOpened(home.profile)
    expect(log).toContain('"switches":"remote-debugging-port"')
    expect(log).not.toContain('"level":"error"')
    expect(started.output()).not.toMatch(/DevTools listening|Debugger listening/)
    expect(existsSync(join(home.profile, 'DevToolsActivePort'))).toBe(false)
  } finally {
    await started.kill()
  }
})

test('it takes no switch or variable that would lay it open', async () => {
  const other = await makeHome('recorder')
  const keys = join(other.directory, 'keys.log')
  const netLog = join(other.directory, 'net.json')
  const switches = [
    '--ignore-certificate-errors',
    '--proxy-server=127.0.0.1:1',
    '--host-resolver-rules=MAP * 127.0.0.1',
    `--log-net-log=${netLog}`,
    `--ssl-key-log-file=${keys}`,
  ]
  const variables = {
    SSLKEYLOGFILE: keys,
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    NODE_EXTRA_CA_CERTS: '/nowhere.pem',
  }
  const started = startProcess(binary, [...needed, `--user-data-dir=${other.profile}`, ...switches], {
    env: { ...other.environment, ...variables },
  })
  try {
    const log = await pageOpened(other.profile)
    for (const name of ['ignore-certificate-errors', 'proxy-server', 'host-resolver-rules', 'log-net-log'])
      expect(log).toContain(name)
    expect(log).toContain('SSLKEYLOGFILE NODE_TLS_REJECT_UNAUTHORIZED')
    // Neither the page's process nor the network's was given them.
    const children = processesOf(other.profile).filter(({ kind }) => kind !== 'main')
    expect(children.map(({ kind }) => kind)).toContain('renderer')
    for (const { pid } of children)
      expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toMatch(
        /ignore-certificate|proxy-server|host-resolver|net-log|key-log/,
      )
    expect(started.output()).not.toMatch(/NODE_TLS_REJECT_UNAUTHORIZED|extra certs/i)
    expect([existsSync(keys), existsSync(netLog)]).toEqual([false, false])
  } finally {
    await started.kill()
    await other.remove()
  }
})

for (const [name, args, variables] of [
  ['--js-flags', ['--js-flags=--expose-gc'], {}],
  ['--log-file', ['--enable-logging=file', '--log-file=/nowhere/x.log'], {}],
  ['NODE_DEBUG', [], { NODE_DEBUG: 'undici,http' }],
] as const)
  test(`it says why it does not start with ${name}`, async () => {
    const profile = join(home.directory, `refused-${name}`)
    const failed = await run(binary, [...needed, `--user-data-dir=${profile}`, ...args], {
      env: { ...home.environment, ...variables },
    }).then(
      () => undefined,
      (error: { code?: number; stderr?: string }) => error,
    )
    expect(failed?.code).toBe(1)
    expect(failed?.stderr).toContain('Gatehouse cannot start this way')
    expect(failed?.stderr).toContain(name)
    expect(existsSync(join(profile, 'gatehouse.db'))).toBe(false)
  })

test('it does not run as Node', async () => {
  const started = startProcess(
    binary,
    [...needed, `--user-data-dir=${join(home.directory, 'other')}`, '-e', 'console.log("as node")'],
    {
      env: { ...home.environment, ELECTRON_RUN_AS_NODE: '1' },
    },
  )
  try {
    await until('the app itself', () =>
      existsSync(join(home.directory, 'other', 'gatehouse.db')) ? true : undefined,
    )
    expect(started.output()).not.toContain('as node')
  } finally {
    await started.kill()
  }
})

/** Processes whose command line names this folder, with their kind. */
const processesOf = (directory: string): { pid: number; kind: string }[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8')
        if (!command.includes(directory)) return []
        return [{ pid: Number(name), kind: /--type=([\w-]+)/.exec(command)?.[1] ?? 'main' }]
      } catch {
        return []
      }
    })

test('it is sandboxed, and what crashes leaves a line in the log and no dump', async () => {
  const root = process.getuid?.() === 0
  const nobody = 65_534
  const own = await mkdtemp(join(tmpdir(), 'gatehouse-nobody-'))
  const profile = join(own, 'profile')
  if (root) {
    // As someone who has no rights at all: root on Linux cannot have the sandbox.
    await chmod(output, 0o755)
    await chown(own, nobody, nobody)
  }
  const started = startProcess(
    binary,
    [...needed.filter((argument) => argument !== '--no-sandbox'), `--user-data-dir=${profile}`],
    {
      cwd: own,
      env: { ...home.environment, HOME: own, XDG_RUNTIME_DIR: own },
      ...(root ? { uid: nobody, gid: nobody } : {}),
    },
  )
  try {
    await pageOpened(profile)
    const renderer = processesOf(profile).find(({ kind }) => kind === 'renderer')
    // 2: a filter of system calls is in force.
    expect(readFileSync(`/proc/${renderer?.pid}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/m)
    if (renderer) process.kill(renderer.pid, 'SIGABRT')
    const log = await until('the log', () => {
      const text = logOf(profile)
      return text.includes('window_gone') ? text : undefined
    })
    expect(log).toMatch(/"reason":"(crashed|abnormal-exit)"/)
    const left = readdirSync(own, { recursive: true, encoding: 'utf8' })
    expect(left.filter((name) => /crashpad|\.dmp$|(^|\/)core/i.test(name))).toEqual([])
  } finally {
    await started.kill('SIGKILL')
    await rm(own, { recursive: true, force: true })
  }
})

test('playground and backup run from within the archive', async () => {
  // The same archive in the runtime that tests can drive: a packaged app refuses to be driven.
  const other = await makeHome('recorder')
  const started = startProcess(
    runtime().electron,
    [
      join(folder, 'resources', 'app.asar'),
      ...needed,
      `--user-data-dir=${other.profile}`,
      '--remote-debugging-port=0',
    ],
    { env: other.environment },
  )
  try {
    const gatehouse = await attach(other, started)
    const state = await gatehouse.page.evaluate(() =>
      (
        window as unknown as { bridge: { call: Record<string, (input: object) => Promise<unknown>> } }
      ).bridge.call['playground:start']?.({}),
    )
    expect(state).toMatchObject({ ok: true, value: { state: 'running' } })
    const { api, issuer } = (state as { value: { api: string; issuer: string } }).value
    expect((await fetch(api)).status).toBeLessThan(500)
    for (const font of ['inter', 'jetbrains-mono'])
      expect((await fetch(`${issuer}/assets/${font}.woff2`)).status, font).toBe(200)
    await expect(gatehouse.page.locator('body')).toHaveCSS('font-family', /Inter/)
    const fonts = await gatehouse.page.evaluate(() => document.fonts.ready.then((all) => all.size))
    expect(fonts).toBeGreaterThan(0)
    // The thread that copies the database has its program and its native module there too.
    const backup = await gatehouse.page.evaluate(() =>
      (
        window as unknown as { bridge: { call: Record<string, (input: object) => Promise<unknown>> } }
      ).bridge.call['backups:make']?.({}),
    )
    expect(backup).toMatchObject({ ok: true, value: { kind: 'routine' } })
    await gatehouse.close()
  } finally {
    await started.kill('SIGKILL')
    await other.remove()
  }
})

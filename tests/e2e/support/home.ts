import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { until } from './processes.ts'

const run = promisify(execFile)

/** A person's home folder, made new for one test: own profile, own default browser, own URL handlers. */
export interface Home {
  directory: string
  /** The app's profile. */
  profile: string
  /** The browser's profile. */
  browserProfile: string
  environment: NodeJS.ProcessEnv
  /** Waits for the next address that the system's "browser" was asked to open. */
  nextOpenedUrl: () => Promise<string>
  remove: () => Promise<void>
}

/** `recorder` writes the address down instead of showing it; `chromium` opens Debian's Chromium. */
export type DefaultBrowser = 'recorder' | 'chromium' | 'none'

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
]

/** The display of the worker that runs the test: see playwright.config.ts. */
function displayOfWorker(): string | undefined {
  const displays = process.env['GATEHOUSE_DISPLAYS']?.split(',')
  return displays?.[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)] ?? process.env['DISPLAY']
}

/** A shell script that the system starts as the default browser. Chromium asks before it hands a URL to
 *  another program; the profile says that the person has already ticked "always allow" for this origin. */
const browserScript = (browser: DefaultBrowser, opened: string, browserProfile: string): string =>
  [
    '#!/bin/sh',
    `printf '%s\\n' "$1" >> '${opened}'`,
    ...(browser === 'chromium'
      ? [
          `echo $$ >> '${browserProfile}.pids'`,
          `mkdir -p '${browserProfile}/Default'`,
          `preferences='${browserProfile}/Default/Preferences'`,
          `origin=$(printf '%s' "$1" | sed -E 's#^(https?://[^/]+).*#\\1#')`,
          `[ -f "$preferences" ] || printf '{"protocol_handler":{"allowed_origin_protocol_pairs":{"%s":{"app.gatehouse.desktop":true}}}}' "$origin" > "$preferences"`,
          `exec setsid /usr/bin/chromium ${chromiumFlags.join(' ')} --user-data-dir='${browserProfile}' "$1"`,
        ]
      : []),
    '',
  ].join('\n')

const becomeBrowser = async (
  directory: string,
  environment: NodeJS.ProcessEnv,
  script: string,
): Promise<void> => {
  const applications = join(directory, '.local', 'share', 'applications')
  const entry = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Test browser',
    `Exec=${script} %u`,
    'MimeType=x-scheme-handler/http;x-scheme-handler/https;text/html;',
    '',
  ]
  await writeFile(join(applications, 'test-browser.desktop'), entry.join('\n'))
  await run('update-desktop-database', [applications], { env: environment })
  for (const scheme of ['http', 'https']) {
    await run('xdg-mime', ['default', 'test-browser.desktop', `x-scheme-handler/${scheme}`], {
      env: environment,
    })
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Ends the browsers that the system started for this home, by the process ids that they wrote down. */
const endBrowsers = async (file: string): Promise<void> => {
  const pids = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean).map(Number)
  for (const pid of pids.filter(isAlive)) {
    process.kill(pid, 'SIGTERM')
    await until(`browser ${pid} to end`, () => (isAlive(pid) ? undefined : true)).catch(() => {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL')
    })
  }
}

/** Makes a home with a default browser of the wanted kind. */
export const makeHome = async (browser: DefaultBrowser): Promise<Home> => {
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse-e2e-'))
  const opened = join(directory, 'opened-urls')
  const browserProfile = join(directory, 'browser-profile')
  await mkdir(join(directory, '.local', 'share', 'applications'), { recursive: true })
  await mkdir(join(directory, '.config'), { recursive: true })
  const { PATH, XAUTHORITY, LANG, DBUS_SESSION_BUS_ADDRESS } = process.env
  const environment: NodeJS.ProcessEnv = {
    PATH,
    DISPLAY: displayOfWorker(),
    XAUTHORITY,
    LANG,
    ...(DBUS_SESSION_BUS_ADDRESS ? { DBUS_SESSION_BUS_ADDRESS } : {}),
    HOME: directory,
    XDG_RUNTIME_DIR: directory,
  }
  if (browser === 'none') {
    environment['BROWSER'] = '/bin/false'
  } else {
    const script = join(directory, 'browser.sh')
    await writeFile(script, browserScript(browser, opened, browserProfile))
    await chmod(script, 0o755)
    environment['BROWSER'] = script
    await becomeBrowser(directory, environment, script)
  }
  let seen = 0
  return {
    directory,
    profile: join(directory, 'profile'),
    browserProfile,
    environment,
    nextOpenedUrl: () =>
      until('the browser to be opened', async () => {
        const lines = (await readFile(opened, 'utf8').catch(() => '')).split('\n').filter(Boolean)
        const next = lines[seen]
        if (next !== undefined) seen += 1
        return next
      }),
    async remove() {
      await endBrowsers(`${browserProfile}.pids`)
      await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

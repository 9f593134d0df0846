/** What a packaged app takes from no one who starts it, by when it is read. Electron's fuses deal with NODE_OPTIONS,
 *  NODE_EXTRA_CA_CERTS, ELECTRON_RUN_AS_NODE and `--inspect`. */

/** Switches that Chromium reads later, so that they can be taken away: a debugger that reads every page, a page
 *  without its rules, trust in any certificate, a way round the system's proxy and names, programs beside ours,
 *  records of what crosses the network. */
const removedSwitches = [
  'remote-debugging-port',
  'remote-debugging-address',
  'remote-debugging-pipe',
  'remote-debugging-io-pipes',
  'remote-debugging-targets',
  'remote-allow-origins',
  'custom-devtools-frontend',
  'auto-open-devtools-for-tabs',
  'enable-automation',
  'disable-web-security',
  'disable-site-isolation-trials',
  'allow-running-insecure-content',
  'allow-insecure-localhost',
  'unsafely-treat-insecure-origin-as-secure',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'ignore-urlfetcher-cert-requests',
  'load-extension',
  'log-net-log',
  'net-log-capture-mode',
  'ssl-key-log-file',
  'proxy-server',
  'proxy-pac-url',
  'proxy-bypass-list',
  'proxy-auto-detect',
  'no-proxy-server',
  'host-rules',
  'host-resolver-rules',
  'auth-server-whitelist',
  'auth-server-allowlist',
  'auth-negotiate-delegate-whitelist',
  'auth-negotiate-delegate-allowlist',
  'use-mock-keychain',
  'browser-subprocess-path',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
] as const

/** Switches that were read before any line of ours ran. */
const earlySwitches = ['js-flags', 'log-file', 'single-process'] as const

/** Variables that Node and Chromium read at use. */
const removedVariables = ['SSLKEYLOGFILE', 'NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_USE_ENV_PROXY'] as const

/** Variables that were read before: they print or write down what is sent, or change the engine. */
const earlyVariables = [
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_V8_COVERAGE',
  'NODE_REDIRECT_WARNINGS',
  'ELECTRON_LOG_FILE',
] as const

/** The command line as Electron gives it. */
export interface CommandLine {
  hasSwitch: (name: string) => boolean
  getSwitchValue: (name: string) => string
  removeSwitch: (name: string) => void
}

/** What was found. */
export interface Refusals {
  /** Taken away: without effect. */
  removed: string[]
  /** In effect already: there is nothing left but not to start. */
  early: string[]
}

/** For packaged apps, first of all: takes away what can be taken away, and names what can't. */
export function refuseFrom(line: CommandLine, environment: NodeJS.ProcessEnv): Refusals {
  const switches = removedSwitches.filter((name) => line.hasSwitch(name))
  for (const name of switches) line.removeSwitch(name)
  const variables = removedVariables.filter((name) => environment[name] !== undefined)
  for (const name of variables) Reflect.deleteProperty(environment, name)
  const toFile = line.getSwitchValue('enable-logging') === 'file' ? ['--enable-logging=file'] : []
  return {
    removed: [...switches, ...variables],
    early: [
      ...earlySwitches.filter((name) => line.hasSwitch(name)).map((name) => `--${name}`),
      ...toFile,
      ...earlyVariables.filter((name) => environment[name] !== undefined && environment[name] !== ''),
      ...(environment['ELECTRON_ENABLE_LOGGING'] === 'file' ? ['ELECTRON_ENABLE_LOGGING=file'] : []),
    ],
  }
}

// @ts-check
/** Which package of which system holds what; pure tables and choices, no commands run here. */

/**
 * @typedef {'apt' | 'dnf' | 'pacman'} Manager
 * @typedef {{ apt: string, dnf?: string, pacman?: string }} Names
 */

/** Shared libraries that Electron's binary is linked to. @type {Record<string, Names>} */
const libraries = {
  'libgtk-3.so.0': { apt: 'libgtk-3-0', dnf: 'gtk3', pacman: 'gtk3' },
  'libgdk-3.so.0': { apt: 'libgtk-3-0', dnf: 'gtk3', pacman: 'gtk3' },
  'libnss3.so': { apt: 'libnss3', dnf: 'nss', pacman: 'nss' },
  'libnssutil3.so': { apt: 'libnss3', dnf: 'nss', pacman: 'nss' },
  'libsmime3.so': { apt: 'libnss3', dnf: 'nss', pacman: 'nss' },
  'libnspr4.so': { apt: 'libnspr4', dnf: 'nspr', pacman: 'nspr' },
  'libatk-1.0.so.0': { apt: 'libatk1.0-0', dnf: 'atk', pacman: 'at-spi2-core' },
  'libatk-bridge-2.0.so.0': { apt: 'libatk-bridge2.0-0', dnf: 'at-spi2-atk', pacman: 'at-spi2-core' },
  'libatspi.so.0': { apt: 'libatspi2.0-0', dnf: 'at-spi2-core', pacman: 'at-spi2-core' },
  'libcups.so.2': { apt: 'libcups2', dnf: 'cups-libs', pacman: 'libcups' },
  'libdrm.so.2': { apt: 'libdrm2', dnf: 'libdrm', pacman: 'libdrm' },
  'libgbm.so.1': { apt: 'libgbm1', dnf: 'mesa-libgbm', pacman: 'mesa' },
  'libasound.so.2': { apt: 'libasound2', dnf: 'alsa-lib', pacman: 'alsa-lib' },
  'libpango-1.0.so.0': { apt: 'libpango-1.0-0', dnf: 'pango', pacman: 'pango' },
  'libcairo.so.2': { apt: 'libcairo2', dnf: 'cairo', pacman: 'cairo' },
  'libX11.so.6': { apt: 'libx11-6', dnf: 'libX11', pacman: 'libx11' },
  'libxcb.so.1': { apt: 'libxcb1', dnf: 'libxcb', pacman: 'libxcb' },
  'libXcomposite.so.1': { apt: 'libxcomposite1', dnf: 'libXcomposite', pacman: 'libxcomposite' },
  'libXdamage.so.1': { apt: 'libxdamage1', dnf: 'libXdamage', pacman: 'libxdamage' },
  'libXext.so.6': { apt: 'libxext6', dnf: 'libXext', pacman: 'libxext' },
  'libXfixes.so.3': { apt: 'libxfixes3', dnf: 'libXfixes', pacman: 'libxfixes' },
  'libXrandr.so.2': { apt: 'libxrandr2', dnf: 'libXrandr', pacman: 'libxrandr' },
  'libxkbcommon.so.0': { apt: 'libxkbcommon0', dnf: 'libxkbcommon', pacman: 'libxkbcommon' },
  'libexpat.so.1': { apt: 'libexpat1', dnf: 'expat', pacman: 'expat' },
  'libdbus-1.so.3': { apt: 'libdbus-1-3', dnf: 'dbus-libs', pacman: 'dbus' },
  'libglib-2.0.so.0': { apt: 'libglib2.0-0', dnf: 'glib2', pacman: 'glib2' },
  'libudev.so.1': { apt: 'libudev1', dnf: 'systemd-libs', pacman: 'systemd-libs' },
  'libsecret-1.so.0': { apt: 'libsecret-1-0', dnf: 'libsecret', pacman: 'libsecret' },
}

/** Programs, by the first command that shows they are there. @type {Record<string, Names>} */
const programs = {
  Xvfb: { apt: 'xvfb', dnf: 'xorg-x11-server-Xvfb', pacman: 'xorg-server-xvfb' },
  xauth: { apt: 'xauth', dnf: 'xorg-x11-xauth', pacman: 'xorg-xauth' },
  chromium: { apt: 'chromium', dnf: 'chromium', pacman: 'chromium' },
  'dbus-run-session': { apt: 'dbus', dnf: 'dbus-daemon', pacman: 'dbus' },
  'dbus-launch': { apt: 'dbus-x11', dnf: 'dbus-x11', pacman: 'dbus' },
  'gnome-keyring-daemon': { apt: 'gnome-keyring', dnf: 'gnome-keyring', pacman: 'gnome-keyring' },
  'xdg-mime': { apt: 'xdg-utils', dnf: 'xdg-utils', pacman: 'xdg-utils' },
  'update-desktop-database': {
    apt: 'desktop-file-utils',
    dnf: 'desktop-file-utils',
    pacman: 'desktop-file-utils',
  },
  python3: { apt: 'python3', dnf: 'python3', pacman: 'python' },
  make: { apt: 'make', dnf: 'make', pacman: 'make' },
  'g++': { apt: 'g++', dnf: 'gcc-c++', pacman: 'gcc' },
}

/** @type {Names} */
const fonts = { apt: 'fonts-dejavu-core', dnf: 'dejavu-sans-fonts', pacman: 'ttf-dejavu' }

/** The programs that a purpose needs; a display stands for Xvfb where there is no screen. */
export const programsFor = {
  start: ['xdg-mime', 'update-desktop-database'],
  display: ['Xvfb', 'xauth'],
  test: [
    'chromium',
    'dbus-run-session',
    'dbus-launch',
    'gnome-keyring-daemon',
    'xdg-mime',
    'update-desktop-database',
  ],
  compiler: ['python3', 'make', 'g++'],
}

/** Libraries loaded at run time, which ldd does not show. */
export const librariesForTests = ['libsecret-1.so.0']

/** Libraries that `ldd` could not find. @param {string} output of ldd @returns {string[]} */
export function missingFromLdd(output) {
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '')
}

/**
 * Package names for what is missing; what no table knows is named as it is.
 * @param {{ libraries?: string[], programs?: string[], fonts?: boolean }} missing
 * @param {Manager} manager
 * @returns {{ packages: string[], unknown: string[] }}
 */
export function packagesFor(missing, manager) {
  const wanted = [
    ...(missing.libraries ?? []).map((name) => ({ name, names: libraries[name] })),
    ...(missing.programs ?? []).map((name) => ({ name, names: programs[name] })),
    ...(missing.fonts ? [{ name: 'fonts', names: fonts }] : []),
  ]
  const packages = wanted.flatMap(({ names }) => names?.[manager] ?? [])
  const unknown = wanted.filter(({ names }) => !names?.[manager]).map(({ name }) => name)
  return { packages: [...new Set(packages)].sort(), unknown }
}

/** Debian 13 and Ubuntu 24.04 renamed some libraries: NAME became NAMEt64. @param {string[]} names */
export const renamed64 = (names) => names.map((name) => `${name}t64`)

/** The command that a person types. @param {Manager} manager @param {string[]} packages @param {boolean} asRoot */
export function installCommand(manager, packages, asRoot) {
  const verb = {
    apt: 'apt-get install -y --no-install-recommends',
    dnf: 'dnf install -y',
    pacman: 'pacman -S --needed',
  }
  return `${asRoot ? '' : 'sudo '}${verb[manager]} ${packages.join(' ')}`
}

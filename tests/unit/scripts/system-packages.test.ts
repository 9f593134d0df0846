import { describe, expect, it } from 'vitest'
import {
  installCommand,
  missingFromLdd,
  packagesFor,
  programsFor,
} from '../../../scripts/setup/system-packages.mjs'
import { lacksDisplay } from '../../../scripts/setup/system.mjs'

const ldd = `
\tlinux-vdso.so.1 (0x00007ffd)
\tlibgtk-3.so.0 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
\tlibasound.so.2 => not found
`

describe('what is missing', () => {
  it("is read from ldd's output", () => {
    expect(missingFromLdd(ldd)).toEqual(['libgtk-3.so.0', 'libasound.so.2'])
  })

  it('becomes package names, each once, sorted', () => {
    const libraries = ['libnss3.so', 'libgtk-3.so.0', 'libgdk-3.so.0']
    expect(packagesFor({ libraries, fonts: true }, 'apt').packages).toEqual([
      'fonts-dejavu-core',
      'libgtk-3-0',
      'libnss3',
    ])
    expect(packagesFor({ libraries }, 'dnf').packages).toEqual(['gtk3', 'nss'])
  })

  it('is named as it is where no package is known', () => {
    expect(packagesFor({ libraries: ['libodd.so.7'] }, 'pacman')).toEqual({
      packages: [],
      unknown: ['libodd.so.7'],
    })
  })

  it.each(['apt', 'dnf', 'pacman'] as const)(
    'has a package for every program it asks for (%s)',
    (manager) => {
      const programs = Object.values(programsFor).flat()
      expect(packagesFor({ programs }, manager).unknown).toEqual([])
    },
  )
})

describe('the command that repairs it', () => {
  it('has sudo for those who are not root', () => {
    expect(installCommand('apt', ['xvfb'], false)).toBe(
      'sudo apt-get install -y --no-install-recommends xvfb',
    )
    expect(installCommand('dnf', ['gtk3'], true)).toBe('dnf install -y gtk3')
  })
})

describe('a display', () => {
  it('is missing only on a Linux that names none', () => {
    expect(lacksDisplay({}, 'linux')).toBe(true)
    expect(lacksDisplay({ DISPLAY: ':0' }, 'linux')).toBe(false)
    expect(lacksDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(false)
    expect(lacksDisplay({}, 'darwin')).toBe(false)
  })
})

import { expect, it } from 'vitest'
import { refuseFrom } from '../../../../src/main/window/refusals.ts'

function line(switches: Record<string, string>) {
  const left = new Map(Object.entries(switches))
  return {
    left,
    hasSwitch: (name: string) => left.has(name),
    getSwitchValue: (name: string) => left.get(name) ?? '',
    removeSwitch: (name: string) => void left.delete(name),
  }
}

it('takes away what is read later, and leaves the rest', () => {
  const given = line({ 'ignore-certificate-errors': '', 'proxy-server': 'x:1', 'user-data-dir': '/tmp' })
  const environment = { SSLKEYLOGFILE: '/tmp/keys', NODE_TLS_REJECT_UNAUTHORIZED: '0', HOME: '/home/a' }
  expect(refuseFrom(given, environment)).toEqual({
    removed: ['ignore-certificate-errors', 'proxy-server', 'SSLKEYLOGFILE', 'NODE_TLS_REJECT_UNAUTHORIZED'],
    early: [],
  })
  expect([...given.left.keys()]).toEqual(['user-data-dir'])
  expect(environment).toEqual({ HOME: '/home/a' })
})

it.each([
  [{ 'js-flags': '--allow-natives-syntax' }, {}, ['--js-flags']],
  [{ 'enable-logging': 'file', 'log-file': '/tmp/x' }, {}, ['--log-file', '--enable-logging=file']],
  [{ 'enable-logging': '' }, { ELECTRON_ENABLE_LOGGING: '1', NODE_DEBUG: '' }, []],
  [{}, { NODE_DEBUG: 'undici', ELECTRON_LOG_FILE: '/tmp/x' }, ['NODE_DEBUG', 'ELECTRON_LOG_FILE']],
  [{}, { ELECTRON_ENABLE_LOGGING: 'file' }, ['ELECTRON_ENABLE_LOGGING=file']],
])('names what was read before: %j %j', (switches, environment, early) =>
  expect(refuseFrom(line(switches), { ...environment }).early).toEqual(early),
)

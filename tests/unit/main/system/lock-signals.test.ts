import { describe, expect, it } from 'vitest'
import { readLine, sessionPath, sourcesFor } from '../../../../src/main/system/lock-signals.ts'

const session = '/org/freedesktop/login1/session/_32'
const hint = `${session}: org.freedesktop.DBus.Properties.PropertiesChanged ('org.freedesktop.login1.Session', {'LockedHint': <true>}, @as [])`

describe('a line of the monitor', () => {
  it.each([
    ['/org/gnome/ScreenSaver: org.gnome.ScreenSaver.ActiveChanged (true,)', 'locked'],
    ['/org/gnome/ScreenSaver: org.gnome.ScreenSaver.ActiveChanged (false,)', undefined],
    ['/ScreenSaver: org.freedesktop.ScreenSaver.ActiveChanged (true,)', 'locked'],
    ['/x: org.evil.ScreenSaver.ActiveChanged (true,)', undefined],
    ['/x: org.gnome.ScreenSaver.ActiveChanged (true,) and more', undefined],
    ["/x: org.gnome.ScreenSaver.Said ('org.gnome.ScreenSaver.ActiveChanged (true,)',)", undefined],
    [`${session}: org.freedesktop.login1.Session.Lock ()`, 'locked'],
    ['/org/freedesktop/login1/session/_33: org.freedesktop.login1.Session.Lock ()', undefined],
    [`${session}: org.freedesktop.login1.Session.Unlock ()`, undefined],
    [hint, 'locked'],
    [hint.replace('<true>', '<false>'), undefined],
    [`${hint}${' '.repeat(1_000)}`, undefined],
    ['The name org.gnome.ScreenSaver is owned by :1.7', 'there'],
    ['The name org.gnome.ScreenSaver does not have an owner', 'gone'],
    ['', undefined],
  ])('%.90s', (line, told) => expect(readLine(line, session)).toBe(told))
})

it('knows its own session as the login manager writes it', () => {
  const pathOf = (id: string) => sessionPath({ XDG_SESSION_ID: id })
  expect(pathOf('2')).toBe(session)
  expect(pathOf('12')).toBe('/org/freedesktop/login1/session/_312')
  expect(pathOf('c2')).toBe('/org/freedesktop/login1/session/c2')
  expect([pathOf(''), pathOf('../x'), sessionPath({})]).toEqual([undefined, undefined, undefined])
})

it('listens to the screensavers of this desktop, and to the login manager where the session is known', () => {
  expect(sourcesFor({ XDG_CURRENT_DESKTOP: 'ubuntu:GNOME', XDG_SESSION_ID: '2' })).toEqual([
    { bus: 'session', name: 'org.freedesktop.ScreenSaver' },
    { bus: 'session', name: 'org.gnome.ScreenSaver' },
    { bus: 'system', name: 'org.freedesktop.login1' },
  ])
  expect(sourcesFor({})).toEqual([{ bus: 'session', name: 'org.freedesktop.ScreenSaver' }])
})

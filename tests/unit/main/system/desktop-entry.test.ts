import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { readDesktopEntry, readExec } from '../../../../src/main/system/desktop-entry.ts'
import { desktopEntry, quoteExecArgument } from '../../../../src/main/system/scheme-registration.ts'

vi.mock('electron', () => ({ app: {} }))

describe('desktop entries', () => {
  it('takes the name and the command of the entry, nothing of its actions', () => {
    const text = [
      '[Desktop Entry]',
      'Name=Browser',
      'Name[nl]=Bladeraar',
      'Exec="/opt/my browser/run" --flag=%%x %u',
      '[Desktop Action new]',
      'Name=New',
      'Exec=/bin/other',
    ].join('\n')
    expect(readDesktopEntry(text)).toEqual({ name: 'Browser', command: ['/opt/my browser/run', '--flag=%x'] })
  })

  it.each([
    ['', []],
    ['Exec=/bin/x', []],
    ['[Desktop Entry]\nName=A', []],
  ])('makes nothing of %j', (text, command) => {
    expect(readDesktopEntry(text).command).toEqual(command)
  })

  it('reads what it wrote itself', () => {
    const command = ['/opt/a b/electron', '/home/x/100% "mine"', '--user-data-dir=/tmp/p$q']
    expect(readDesktopEntry(desktopEntry('app.x', command))).toEqual({ name: 'Gatehouse', command })
  })

  it('gives back every argument as it was quoted', () => {
    const argument = fc.string({ minLength: 1 }).filter((text) => !/[\r\n\t]|^%[a-zA-Z]$/.test(text))
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1, maxLength: 5 }), (words) => {
        expect(readExec(words.map(quoteExecArgument).join(' '))).toEqual(words)
      }),
    )
  })
})

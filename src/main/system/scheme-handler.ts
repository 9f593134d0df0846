import { execFile } from 'node:child_process'
import { access, readFile, realpath } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import { promisify } from 'node:util'
import { app } from 'electron'
import type { SchemeHandler } from '../../core/records/ports.ts'
import { readDesktopEntry } from './desktop-entry.ts'
import { ownCommand, registerScheme } from './scheme-registration.ts'

const run = promisify(execFile)

/** Asks the operating system who gets a scheme. */
export async function schemeHandler(scheme: string): Promise<SchemeHandler> {
  return process.platform === 'linux' ? linuxHandler(scheme) : nativeHandler(scheme)
}

/** Asks the operating system for a scheme again. */
export async function takeScheme(scheme: string): Promise<void> {
  await registerScheme(scheme)
}

function there(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

async function firstThere(files: string[]): Promise<string | undefined> {
  for (const file of files) if (await there(file)) return file
  return undefined
}

/** The folders that hold desktop entries, the person's own first (XDG Base Directory Specification). */
function applicationFolders(): string[] {
  const { XDG_DATA_HOME, XDG_DATA_DIRS } = process.env
  const shared = (XDG_DATA_DIRS || '/usr/local/share:/usr/share').split(':').filter(Boolean)
  return [XDG_DATA_HOME || join(homedir(), '.local', 'share'), ...shared].map((each) =>
    join(each, 'applications'),
  )
}

async function findProgram(program: string): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const found = await firstThere(
    isAbsolute(program) ? [program] : folders.map((folder) => join(folder, program)),
  )
  return found === undefined ? undefined : realpath(found)
}

function profileOf(command: string[]): string | undefined {
  return command.find((word) => word.startsWith('--user-data-dir='))
}

/** Whether a command starts this very app on this very profile. */
async function isThisApp(program: string, command: string[]): Promise<boolean> {
  const [own = '', ...rest] = ownCommand()
  if (program !== (await findProgram(own))) return false
  const [folder] = app.isPackaged ? [] : rest
  return (folder === undefined || command.includes(folder)) && profileOf(command) === profileOf(rest)
}

async function linuxHandler(scheme: string): Promise<SchemeHandler> {
  let id: string
  try {
    const { stdout } = await run('xdg-mime', ['query', 'default', `x-scheme-handler/${scheme}`], {
      timeout: 5_000,
    })
    id = stdout.trim().split('\n')[0] ?? ''
  } catch {
    return {
      kind: 'unknown',
      why: 'The system could not be asked: the program xdg-mime (package xdg-utils) is missing or failed.',
    }
  }
  if (!/^[\w.@+-]+\.desktop$/.test(id)) return { kind: 'none' }
  const file = await firstThere(applicationFolders().map((folder) => join(folder, id)))
  if (file === undefined) return { kind: 'gone', name: id }
  const { name, command } = readDesktopEntry(await readFile(file, 'utf8').catch(() => ''))
  const program = await findProgram(command[0] ?? '')
  const called = `${name ?? 'a program'} (${id})`
  if (program === undefined) return { kind: 'gone', name: called }
  if (await isThisApp(program, command)) return { kind: 'this' }
  return { kind: 'other', name: name === 'Gatehouse' ? `another copy of Gatehouse (${id})` : called }
}

function nativeHandler(scheme: string): SchemeHandler {
  const [program = '', ...rest] = ownCommand()
  const mine =
    process.platform === 'win32' && rest.length > 0
      ? app.isDefaultProtocolClient(scheme, program, rest)
      : app.isDefaultProtocolClient(scheme)
  if (mine) return { kind: 'this' }
  const name = app.getApplicationNameForProtocol(`${scheme}://`)
  return name === '' ? { kind: 'none' } : { kind: 'other', name }
}

import type { RequestAuth } from '@contract/requests'
import { defined } from '@contract/defined'
import { longestLimit, mostRedirects, type SendSettings } from '@contract/sending/settings'
import { isMap } from 'yaml'
import { readAuth } from '../auth-file.ts'
import { signInOf, type FileSignIn } from '../sign-in/sign-in-file.ts'
import { variableRows, type VariableRow } from './read-variables.ts'
import { rowsOf, type FileRow } from '../rows.ts'
import { pairOf, textOf, valueOf, type YamlFile } from '../yaml-file.ts'

/** What a folder or a collection passes on to the requests in it. */
export interface Defaults {
  headers: FileRow[]
  variables: VariableRow[]
  /** What is left out, or inherited, is as usual. */
  settings: SendSettings
  /** Who calls; null is no one, or a way that Gatehouse does not send. Left out, what is above says it. */
  auth?: RequestAuth | null
  /** What such a way is called in the file. */
  kept?: string
  /** How a person signs in, where that is who calls; `auth` is null then. */
  signIn?: FileSignIn
}

/** What a file passes on, under `request`. */
export function defaultsOf(file: YamlFile): Defaults {
  const request = valueOf(file, file.root, 'request')
  return {
    ...authIn(file, request),
    ...defined({ signIn: signInOf(file, request) }),
    headers: rowsOf(file, request, 'headers'),
    variables: variableRows(file, request),
    settings: settingsOf(file, valueOf(file, valueOf(file, request, 'settings'), 'http')),
  }
}

function authIn(file: YamlFile, request: unknown): Pick<Defaults, 'auth' | 'kept'> {
  const value = valueOf(file, request, 'auth')
  const said = textOf(value) ?? textOf(valueOf(file, value, 'type')) ?? ''
  if (said === '' || said === 'inherit') return {}
  const { auth = null, kept } = readAuth(file, request)
  return { auth, ...(kept !== undefined && { kept: said.slice(0, 40) }) }
}

/** Settings of sending, as far as they are understood. */
export function settingsOf(file: YamlFile, map: unknown): SendSettings {
  if (!isMap(map)) return {}
  const text = (name: string): string => (pairOf(map, name) ? (textOf(valueOf(file, map, name)) ?? '') : '')
  const [timeout, follow, most] = [text('timeout'), text('followRedirects'), text('maxRedirects')]
  return {
    ...(isCount(timeout) && { timeout: Math.min(Number(timeout), longestLimit) }),
    ...((follow === 'true' || follow === 'false') && { followRedirects: follow === 'true' }),
    ...(isCount(most) && { maxRedirects: Math.min(Number(most), mostRedirects) }),
  }
}

function isCount(text: string): boolean {
  return /^\d{1,9}$/.test(text)
}

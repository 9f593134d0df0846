import type { ConnectionSettings, FurtherPart } from '@contract/connection-settings.ts'
import { keyIn } from '@contract/tables/keys-of.ts'
import { messageKindTable } from '@contract/tables/message-kinds.ts'
import { linesOf } from './connection-form.ts'

const line = /^(\w+)\s+([^\s:=]+)\s*([:=])(.*)$/

/** Lines such as `token Origin: http://localhost` and `refresh scope=read` as what they say; a line that is not finished
 *  says nothing yet. */
export function furtherOf(text: string): ConnectionSettings['further'] {
  const parts = (linesOf(text) ?? []).flatMap((each): FurtherPart[] => {
    const [, kind, name = '', sign, value = ''] = line.exec(each) ?? []
    const to = keyIn(messageKindTable, kind ?? '')
    return to === undefined
      ? []
      : [{ to, where: sign === ':' ? 'header' : 'parameter', name, value: value.trim() }]
  })
  return parts.length === 0 ? undefined : parts
}

export function furtherText(further: ConnectionSettings['further'] = []): string {
  return further
    .map(({ to, where, name, value }) => `${to} ${name}${where === 'header' ? ': ' : '='}${value}`)
    .join('\n')
}

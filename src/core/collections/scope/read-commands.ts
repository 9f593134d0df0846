import { isSeq } from 'yaml'
import { resolved, textOf, valueOf, type YamlFile } from '../yaml-file.ts'

const most = 100
const mostParts = 50
const longestPart = 2_000

/** The commands whose output is the value of a variable, by its name: under `extensions.gatehouse.commands` of
 *  opencollection.yml, a list of maps with `name` and `command`, the program and its arguments as a list. */
export function commandsOf(file: YamlFile): Map<string, string[]> {
  const own = valueOf(file, valueOf(file, file.root, 'extensions'), 'gatehouse')
  const list = valueOf(file, own, 'commands')
  const commands = new Map<string, string[]>()
  if (!isSeq(list)) return commands
  for (const item of list.items.slice(0, most)) {
    const node = resolved(file.document, item)
    const name = textOf(valueOf(file, node, 'name')) ?? ''
    const command = valueOf(file, node, 'command')
    if (name === '' || !isSeq(command)) continue
    const parts = command.items.map((part) => textOf(resolved(file.document, part)))
    const isRight = parts.every(
      (part) => part !== undefined && part.length <= longestPart && !part.includes('\0'),
    )
    if (isRight && (parts[0] ?? '') !== '' && parts.length <= mostParts)
      commands.set(
        name,
        parts.filter((part) => part !== undefined),
      )
  }
  return commands
}

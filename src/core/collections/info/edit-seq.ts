import type { Result } from '@contract/result'
import { pairOf, readYaml, textOf, valueOf } from '../yaml-file.ts'
import { editInfo } from './edit-info.ts'

/** The text with this place among its neighbours (`info.seq`), or without one. Codes: `collection_fault`,
 *  `collection_edit`. */
export function editSeq(text: string, seq: number | undefined): Result<string> {
  return editInfo(text, {
    name: 'seq',
    called: 'order',
    change: (_, info, splices) => {
      const pair = pairOf(info, 'seq')
      const behind = pairOf(info, 'type') ?? info.items.at(-1)
      if (pair && seq === undefined) splices.removePair(info, pair)
      else if (pair && seq !== undefined) splices.setPlain(pair, seq)
      else if (behind && seq !== undefined) splices.addEntries(info, behind, [['seq', seq]])
    },
    isMade: (file, info) => {
      const pair = pairOf(info, 'seq')
      return seq === undefined ? pair === undefined : textOf(valueOf(file, info, 'seq')) === String(seq)
    },
  })
}

/** The place among its neighbours that a text says; nothing where it says none. */
export function seqIn(text: string): number | undefined {
  const read = readYaml(text)
  if (!read.ok) return undefined
  const seq = Number(textOf(valueOf(read.file, valueOf(read.file, read.file.root, 'info'), 'seq')) || 'none')
  return Number.isFinite(seq) ? seq : undefined
}

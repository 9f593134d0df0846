import type { Result } from '@contract/result'
import { isSeq, type YAMLMap } from 'yaml'
import { tagsOf } from '../read-head.ts'
import type { Splices } from '../splices.ts'
import { pairOf, textOf, valueOf, type YamlFile } from '../yaml-file.ts'
import { editInfo } from './edit-info.ts'

/** The text with these tags (`info.tags`): those that are there already stay as they are, in their order, new ones follow.
 *  Codes: `collection_fault`, `collection_edit`. */
export function editTags(text: string, tags: readonly string[]): Result<string> {
  const wanted = [...new Set(tags)]
  return editInfo(text, {
    name: 'tags',
    called: 'tags',
    change: (file, info, splices) => changeTags(file, info, wanted, splices),
    isMade: (file, info) => {
      const now = tagsOf(file, info)
      return now.length === wanted.length && now.every((tag) => wanted.includes(tag))
    },
  })
}

function changeTags(file: YamlFile, info: YAMLMap, wanted: readonly string[], splices: Splices): void {
  const pair = pairOf(info, 'tags')
  const list = valueOf(file, info, 'tags')
  const behind = pairOf(info, 'seq') ?? pairOf(info, 'type') ?? info.items.at(-1)
  if (pair && wanted.length === 0) return splices.removePair(info, pair)
  if (!pair) return behind && splices.addEntries(info, behind, [['tags', [...wanted]]])
  if (!isSeq(list) || list.items.length === 0) return splices.replacePair(info, pair, [['tags', [...wanted]]])
  const texts = list.items.map((item) => textOf(item))
  const stays = texts.map((text, at) => wanted.includes(text ?? '') && texts.indexOf(text) === at)
  for (const [at, kept] of stays.entries()) if (!kept) splices.removeItem(list, at)
  const fresh = wanted.filter((tag) => !texts.includes(tag))
  if (fresh.length > 0) splices.addItems(list, stays.lastIndexOf(true), fresh)
}

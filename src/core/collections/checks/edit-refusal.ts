import { fail } from '@contract/result'

/** A change that would take other parts of a file along. */
export function editRefusal(why: string) {
  return fail(
    'collection_edit',
    `This change cannot be written into the file without changing other parts of it. ${why}`,
    'Change the file in a text editor: Gatehouse updates at once.',
  )
}

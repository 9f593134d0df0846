import type { CollectionMove, FollowedFiles } from '@contract/collections'
import { fail, ok, type Result } from '@contract/result'
import { pathAfter } from '@contract/tables/item-kinds'
import { editSeq, seqIn } from '../../collections/info/edit-seq.ts'
import { newFolder } from '../../collections/new-files.ts'
import { nameOfPath } from '../../collections/tree.ts'
import type { CollectionDisk } from '../../records/collection-disk.ts'
import { folderFile } from '../../collections/look.ts'
import { planMove, type MoveInput, type MovePlan } from './move-plan.ts'
import type { OpenedFolders, OpenFolder } from './opened-folders.ts'
import type { UndoSteps } from './undo-steps.ts'

interface Dependencies {
  folders: Pick<OpenedFolders, 'find'>
  disk: Pick<CollectionDisk, 'move' | 'read' | 'write' | 'remove'>
  newId: () => string
  undoSteps: Pick<UndoSteps, 'keep'>
  /** What is kept for requests beside their files goes with them. */
  follow: (collectionId: string, from: string, to: string) => void
  tell: (folder: OpenFolder) => Promise<void>
}

/** One thing that was done, and how it is taken back. */
type Step =
  | { kind: 'rename'; from: string; to: string }
  /** `text`: of before; null where there was no such file. */
  | { kind: 'write'; path: string; text: string | null; was: string; version: string }

/** What is left to be taken back, and what was by now. */
interface Taken {
  steps: Step[]
  followed: FollowedFiles
}

/** How often a file is tried that others change at the same moment. */
const tries = 4

/** Moves files and folders of a collection, and says in their files what comes after what. All of it is done, or, where
 *  something fails, nothing. Codes: those of `planMove`, `collection_fault`, `collection_edit`, `collection_write_failed`. */
export function createMoveItems({ folders, disk, newId, undoSteps, follow, tell }: Dependencies) {
  let last: Promise<unknown> = Promise.resolve()

  /** Writes a file’s place among its neighbours into what it says at this moment. */
  async function writePlace(
    root: string,
    { path, isFolder, seq }: MovePlan['places'][number],
  ): Promise<Result<Step[]>> {
    const file = isFolder ? `${path}/${folderFile}` : path
    for (let time = 0; time < tries; time += 1) {
      const before = await disk.read(root, file)
      const isNew = !before.ok && isFolder && before.error.code === 'collection_file_gone'
      // A neighbour that was deleted meanwhile needs no place.
      if (!before.ok && !isNew) return before.error.code === 'collection_file_gone' ? ok([]) : before
      const text = before.ok ? before.value.text : null
      const edited = editSeq(text ?? newFolder(nameOfPath(path)), seq)
      if (!edited.ok) return edited
      if (edited.value === text) return ok([])
      const was = before.ok ? before.value.version : ''
      const written = await disk.write(root, file, edited.value, before.ok ? was : null)
      if (!written.ok) return written
      if (written.value.written)
        return ok([{ kind: 'write', path: file, text, was, version: written.value.version }])
    }
    return fail('collection_changed', `“${file}” is being changed elsewhere.`, 'Try again in a moment.')
  }

  async function takeBack(root: string, step: Step): Promise<Result<FollowedFiles['rewritten']>> {
    if (step.kind === 'rename') {
      const moved = await disk.move(root, step.to, step.from)
      if (!moved.ok) return moved
      return moved.value.moved
        ? ok([])
        : fail(
            'collection_changed',
            `There is now another “${step.from}”, which was left unchanged.`,
            'Rename or move it, then undo again.',
          )
    }
    return takeBackText(root, step)
  }

  /** What was written since stays, but for the place. */
  async function takeBackText(
    root: string,
    { path, text, version }: Extract<Step, { kind: 'write' }>,
  ): Promise<Result<FollowedFiles['rewritten']>> {
    const now = await disk.read(root, path)
    if (!now.ok) return now.error.code === 'collection_file_gone' ? ok([]) : now
    const isOurs = now.value.version === version
    if (text === null) return isOurs ? removeFile(root, path) : ok([])
    const before = isOurs ? ok(text) : editSeq(now.value.text, seqIn(text))
    if (!before.ok || before.value === now.value.text) return ok([])
    const written = await disk.write(root, path, before.value, now.value.version)
    if (!written.ok) return written
    return ok(written.value.written ? [{ path, was: now.value.version, version: written.value.version }] : [])
  }
  async function removeFile(root: string, path: string): Promise<Result<FollowedFiles['rewritten']>> {
    const removed = await disk.remove(root, path)
    return removed.ok ? ok([]) : removed
  }

  /** Takes back the last steps first; those that were are off the list. */
  async function takeAllBack(
    { id, folder }: OpenFolder,
    { steps, followed }: Taken,
  ): Promise<Result<FollowedFiles>> {
    for (let step = steps.at(-1); step; step = steps.at(-1)) {
      const back = await takeBack(folder, step)
      if (!back.ok) return back
      steps.pop()
      followed.rewritten.push(...back.value)
      if (step.kind !== 'rename') continue
      const { from, to } = step
      follow(id, to, from)
      followed.moved.push({ from: to, to: from })
      for (const each of followed.rewritten) each.path = pathAfter(each.path, { from: to, to: from })
    }
    return ok(followed)
  }

  async function move(input: MoveInput): Promise<Result<CollectionMove>> {
    const found = folders.find(input.collectionId)
    if (!found.ok) return found
    const open = found.value
    await open.reader.refresh()
    const plan = planMove(open.reader, input)
    if (!plan.ok) return plan
    const steps: Step[] = []
    const done = await carryOut(open, plan.value, steps)
    if (!done.ok) {
      const back = await takeAllBack(open, { steps, followed: nothing() })
      await tell(open)
      return back.ok ? done : back
    }
    if (steps.length === 0) return ok({ undo: null, ...nothing() })
    await tell(open)
    const undo = newId()
    const followed: FollowedFiles = {
      moved: plan.value.renames,
      rewritten: steps.flatMap((step) =>
        step.kind === 'write' ? [{ path: step.path, was: step.was, version: step.version }] : [],
      ),
    }
    const taken = { steps, followed: nothing() }
    undoSteps.keep(undo, {
      bytes: steps.reduce((sum, step) => sum + (step.kind === 'write' ? (step.text?.length ?? 0) : 0), 0),
      run: () =>
        inTurn(async () => {
          const there = folders.find(input.collectionId)
          if (!there.ok) return there
          const back = await takeAllBack(there.value, taken)
          await tell(there.value)
          return back
        }),
    })
    return ok({ undo, ...followed })
  }

  async function carryOut({ id, folder }: OpenFolder, plan: MovePlan, steps: Step[]): Promise<Result<null>> {
    for (const { from, to } of plan.renames) {
      const moved = await disk.move(folder, from, to)
      if (!moved.ok) return moved
      if (!moved.value.moved)
        return fail('collection_changed', `“${to}” was just made elsewhere.`, 'Look at it, then try again.')
      steps.push({ kind: 'rename', from, to })
      follow(id, from, to)
    }
    for (const place of plan.places) {
      const written = await writePlace(folder, place)
      if (!written.ok) return written
      steps.push(...written.value)
    }
    return ok(null)
  }

  /** One move after another: each is planned by what the one before left. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work, work)
    last = mine.catch(() => undefined)
    return mine
  }
  return (input: MoveInput): Promise<Result<CollectionMove>> => inTurn(() => move(input))
}

function nothing(): FollowedFiles {
  return { moved: [], rewritten: [] }
}

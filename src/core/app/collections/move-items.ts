import type { CollectionMove, FollowedFiles } from '@contract/collections'
import { fail, ok, type Result } from '@contract/result'
import { pathAfter } from '@contract/tables/item-kinds'
import { editSeq, seqIn } from '../../collections/info/edit-seq.ts'
import { newFolder } from '../../collections/new-files.ts'
import { nameOfPath } from '../../collections/tree.ts'
import { createCarry, type Spot } from './carry.ts'
import type { createLeftBehind } from './left-behind.ts'
import type { RequestChoices } from './request-choices.ts'
import type { CollectionDisk } from '../../records/collection-disk.ts'
import { folderFile } from '../../collections/look.ts'
import { planMove, type MoveInput, type MovePlan } from './move-plan.ts'
import type { OpenedFolders, OpenFolder } from './opened-folders.ts'
import type { UndoSteps } from './undo-steps.ts'

interface Dependencies {
  folders: Pick<OpenedFolders, 'find'>
  disk: Pick<CollectionDisk, 'move' | 'parts' | 'put' | 'read' | 'write' | 'remove'>
  newId: () => string
  undoSteps: Pick<UndoSteps, 'keep'>
  /** What is kept for requests beside their files goes with them. */
  follow: (collectionId: string, from: string, to: string, into?: string) => void
  choices: Pick<RequestChoices, 'accountOf' | 'callAs'>
  leftBehind: ReturnType<typeof createLeftBehind>
  tell: (folder: OpenFolder) => Promise<void>
}

/** One thing that was done, and how it is taken back. */
type Step =
  | { kind: 'rename'; from: string; to: string }
  /** To another collection. */
  | { kind: 'carry'; from: Spot; to: Spot }
  /** A request there calls as the account that its collection had it call as. */
  | { kind: 'account'; collectionId: string; path: string; accountId: string }
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
export function createMoveItems(deps: Dependencies) {
  const { folders, disk, newId, undoSteps, follow, choices, leftBehind, tell } = deps
  const carry = createCarry(disk)
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
      return moved.value.moved ? ok([]) : isTaken(step.from)
    }
    if (step.kind === 'carry') {
      const carried = await carry(step.to, step.from)
      if (!carried.ok) return carried
      return carried.value ? ok([]) : isTaken(step.from.path)
    }
    if (step.kind === 'write') return takeBackText(root, step)
    const place = { collectionId: step.collectionId, path: step.path }
    // Another one that was chosen since stays.
    if (choices.accountOf(place) === step.accountId) choices.callAs(place, null)
    return ok([])
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
      const taken = await takeBack(folder, step)
      if (!taken.ok) return taken
      steps.pop()
      followed.rewritten.push(...taken.value)
      if (step.kind !== 'rename' && step.kind !== 'carry') continue
      const back = backOf(step)
      follow(id, back.from, back.to, back.into)
      followed.moved.push(back)
      for (const each of followed.rewritten) each.path = pathAfter(each.path, back)
    }
    return ok(followed)
  }

  async function move(input: MoveInput): Promise<Result<CollectionMove>> {
    const found = folders.find(input.collectionId)
    const target = folders.find(input.into ?? input.collectionId)
    if (!found.ok) return found
    if (!target.ok) return target
    const [source, open] = [found.value, target.value]
    const isOther = source.id !== open.id
    await Promise.all([source.reader.refresh(), isOther && open.reader.refresh()])
    const plan = planMove(source.reader, input, open.reader)
    if (!plan.ok) return plan
    const paths = plan.value.renames.map(({ from }) => from)
    const left = isOther
      ? await leftBehind(source, paths, { collectionId: open.id, folder: input.folder })
      : { unknown: [], accounts: [] }
    const steps: Step[] = []
    const done = await carryOut({ source, open, plan: plan.value, accounts: left.accounts }, steps)
    const tellBoth = (): Promise<unknown> => Promise.all([tell(open), isOther && tell(source)])
    if (!done.ok) {
      const back = await takeAllBack(open, { steps, followed: nothing() })
      await tellBoth()
      return back.ok ? done : back
    }
    if (steps.length === 0) return ok({ undo: null, unknown: [], ...nothing() })
    await tellBoth()
    const undo = newId()
    const followed: FollowedFiles = {
      moved: plan.value.renames.map((each) => ({ ...each, ...(isOther && { into: open.id }) })),
      rewritten: steps.flatMap((step) =>
        step.kind === 'write' ? [{ path: step.path, was: step.was, version: step.version }] : [],
      ),
    }
    const taken = { steps, followed: nothing() }
    undoSteps.keep(undo, {
      bytes: steps.reduce((sum, step) => sum + (step.kind === 'write' ? (step.text?.length ?? 0) : 0), 0),
      run: () =>
        inTurn(async () => {
          const there = folders.find(open.id)
          const here = folders.find(source.id)
          if (!there.ok) return there
          if (!here.ok) return here
          const back = await takeAllBack(there.value, taken)
          await tellBoth()
          return back
        }),
    })
    return ok({ undo, unknown: left.unknown, ...followed })
  }

  interface CarriedOut {
    source: OpenFolder
    open: OpenFolder
    plan: MovePlan
    accounts: readonly { path: string; accountId: string }[]
  }
  async function carryOut(
    { source, open, plan, accounts }: CarriedOut,
    steps: Step[],
  ): Promise<Result<null>> {
    for (const { from, to } of plan.renames) {
      const moved = await bring({ ...source, path: from }, { ...open, path: to })
      if (!moved.ok) return moved
      if (moved.value === undefined)
        return fail('collection_changed', `“${to}” was just made elsewhere.`, 'Look at it, then try again.')
      steps.push(moved.value)
      follow(source.id, from, to, open.id)
      for (const { path, accountId } of accounts) {
        const place = { collectionId: open.id, path: pathAfter(path, { from, to }) }
        const isMine = path === from || path.startsWith(`${from}/`)
        if (!isMine || choices.accountOf(place) !== undefined) continue
        choices.callAs(place, accountId)
        steps.push({ kind: 'account', ...place, accountId })
      }
    }
    for (const place of plan.places) {
      const written = await writePlace(open.folder, place)
      if (!written.ok) return written
      steps.push(...written.value)
    }
    return ok(null)
  }

  /** Nothing where something is there already. */
  async function bring(
    from: OpenFolder & { path: string },
    to: OpenFolder & { path: string },
  ): Promise<Result<Step | undefined>> {
    if (from.id === to.id) {
      const moved = await disk.move(to.folder, from.path, to.path)
      if (!moved.ok) return moved
      return ok(moved.value.moved ? { kind: 'rename', from: from.path, to: to.path } : undefined)
    }
    const spots = { from: spotOf(from), to: spotOf(to) }
    const carried = await carry(spots.from, spots.to)
    return carried.ok ? ok(carried.value ? { kind: 'carry', ...spots } : undefined) : carried
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

function spotOf({ id, folder, path }: OpenFolder & { path: string }): Spot {
  return { id, root: folder, path }
}

/** Where something is again. */
function backOf(step: Extract<Step, { kind: 'rename' | 'carry' }>): {
  from: string
  to: string
  into?: string
} {
  if (step.kind === 'rename') return { from: step.to, to: step.from }
  return { from: step.to.path, to: step.from.path, into: step.from.id }
}

function isTaken(path: string) {
  return fail(
    'collection_changed',
    `There is now another “${path}”, which was left unchanged.`,
    'Rename or move it, then undo again.',
  )
}

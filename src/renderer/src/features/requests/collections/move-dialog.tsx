import { Folder, Library } from 'lucide-react'
import { useId, useMemo, useState, type KeyboardEvent } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, TextInput } from '../../../ui/field.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { collections } from './collections-store.ts'
import { fittingPlaces, labelOf, placesFor, type MovePlace } from './move-places.ts'
import { namesOf, type TreePlace } from './tree-moves.ts'
import type { TreeRow } from './tree-rows.ts'
import css from './move-dialog.module.css'

interface Props {
  rows: readonly TreeRow[]
  onMove: (place: TreePlace) => void
  onClose: () => void
}

/** How many are drawn. */
const shown = 200
const page = 8
/** So many that the list keeps its height while it is narrowed. */
const few = 9

/** Asks which folder rows are moved to, of their collection or another one that is open: what is typed narrows the list,
 *  arrow keys go through it, Enter moves. */
export function MoveDialog({ rows, onMove, onClose }: Props) {
  const form = useId()
  const list = useId()
  const all = collections.use((state) => state.collections)
  const places = useMemo(() => placesFor(rows, all), [rows, all])
  const [search, setSearch] = useState('')
  const fitting = useMemo(() => fittingPlaces(places, search), [places, search])
  const drawn = useMemo(() => fitting.slice(0, shown), [fitting])
  const [picked, setPicked] = useState<MovePlace>()
  const free = drawn.filter(({ now }) => !now)
  const place = free.find((each) => isSame(each, picked)) ?? free[0]
  const own = rows[0]?.collectionId

  function step(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key]
    if (by === undefined || !place) return
    event.preventDefault()
    setPicked(free[Math.min(Math.max(free.indexOf(place) + by, 0), free.length - 1)])
  }
  return (
    <Dialog
      title={`Move ${namesOf(rows)}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" disabled={place === undefined}>
            Move
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (place === undefined) return
          const { collectionId, path } = place
          onMove({ folder: path, before: null, ...(collectionId !== own && { into: collectionId }) })
        }}
      >
        {places.every(({ now }) => now) ? (
          <p>There is no other folder. Create one, or open another collection, first.</p>
        ) : (
          <>
            <Field label="To">
              <TextInput
                data-first
                role="combobox"
                aria-expanded={drawn.length > 0}
                aria-controls={list}
                aria-activedescendant={place && `${list}${drawn.indexOf(place)}`}
                aria-autocomplete="list"
                aria-describedby={`${list}hint`}
                placeholder="Search folders"
                maxLength={200}
                value={search}
                onChange={(event) => setSearch(event.target.value)}
                onKeyDown={step}
              />
            </Field>
            <ul
              id={list}
              role="listbox"
              aria-label="Folders"
              className={css.list}
              data-long={places.length > few}
            >
              {drawn.map((each, index) => (
                <Option
                  key={`${each.collectionId}:${each.path}`}
                  id={`${list}${index}`}
                  place={each}
                  picked={each === place}
                  found={search.trim() !== ''}
                  onPick={() => setPicked(each)}
                />
              ))}
            </ul>
            {/* Always there, so that a change of it is told. */}
            <p role="status" className={css.hint}>
              {drawn.length === 0 && 'No folder has this in its name.'}
              {fitting.length > shown && `${fitting.length - shown} more: type part of a name.`}
            </p>
            <p id={`${list}hint`} className={css.hint}>
              {place && place.collectionId !== own
                ? 'Goes to that collection’s folder on disk. Your accounts and secret values for it go along in your profile, never in the files.'
                : 'Moved on disk too. A name that is taken there gets a number; nothing is overwritten.'}
            </p>
          </>
        )}
      </form>
    </Dialog>
  )
}

interface OptionProps {
  id: string
  place: MovePlace
  picked: boolean
  /** By a search: out of its place in the tree. */
  found: boolean
  onPick: () => void
}

function Option({ id, place, picked, found, onPick }: OptionProps) {
  const { name, above, level, now } = place
  const Icon = level === 0 ? Library : Folder
  return (
    <li
      ref={(element) => {
        if (picked) element?.scrollIntoView({ block: 'nearest' })
      }}
      id={id}
      role="option"
      aria-label={[labelOf(place), level === 0 && '(top level)', now && 'now'].filter(Boolean).join(' ')}
      aria-selected={picked}
      aria-disabled={now}
      className={css.option}
      style={{ paddingLeft: 8 + (found ? 0 : Math.min(level, 8) * 16) }}
      // The focus stays in the field.
      onPointerDown={(event) => {
        event.preventDefault()
        if (!now) onPick()
      }}
    >
      <Icon aria-hidden="true" />
      <span className={css.texts}>
        <span className={`clip ${level === 0 ? css.collection : ''}`}>{name}</span>
        {found && above !== '' && <span className={`clip ${css.above}`}>{above}</span>}
      </span>
      {level === 0 && <span className={css.above}>top level</span>}
      {now && <Tag>now</Tag>}
    </li>
  )
}

function isSame(one: MovePlace, other: MovePlace | undefined): boolean {
  return one.collectionId === other?.collectionId && one.path === other.path
}

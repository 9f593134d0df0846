import { useState } from 'react'
import { Field, TextInput } from '../../../ui/field.tsx'
import { collections } from '../collections/collections-store.ts'
import { tagsIn, textOfTags } from '../collections/tag-text.ts'
import type { RunSettings } from './runs-store.ts'

interface Props {
  collectionId: string
  tags: RunSettings['tags']
  disabled: boolean
  onTags: (tags: RunSettings['tags']) => void
}

const none = { only: [], except: [] }

/** Which tags the requests of a run have to have, and which not; nothing where the collection has none. */
export function RunTags({ collectionId, tags = none, disabled, onTags }: Props) {
  const hasTags = collections.use((state) =>
    state.collections.some(({ id, items }) => id === collectionId && items.some((item) => item.tags)),
  )
  if (!hasTags && tags.only.length + tags.except.length === 0) return null
  return (
    <>
      <Field label="Include tags">
        <Tags tags={tags.only} disabled={disabled} onTags={(only) => onTags({ ...tags, only })} />
      </Field>
      <Field label="Exclude tags">
        <Tags tags={tags.except} disabled={disabled} onTags={(except) => onTags({ ...tags, except })} />
      </Field>
    </>
  )
}

interface TagsProps {
  tags: string[]
  disabled: boolean
  onTags: (tags: string[]) => void
}

/** A list in a line, with commas between; what is typed stays as it is while one types. */
function Tags({ tags, disabled, onTags }: TagsProps) {
  const [typed, setTyped] = useState(textOfTags(tags))
  return (
    <TextInput
      value={typed}
      disabled={disabled}
      placeholder="smoke, orders"
      onChange={(event) => {
        setTyped(event.target.value)
        onTags(tagsIn(event.target.value))
      }}
      onBlur={() => setTyped(textOfTags(tags))}
    />
  )
}

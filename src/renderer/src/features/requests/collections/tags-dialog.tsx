import { useId, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, TextInput } from '../../../ui/field.tsx'
import { collections, type Place } from './collections-store.ts'
import { tagsIn, textOfTags } from './tag-text.ts'

interface Props {
  place: Place
  onTags: (tags: string[]) => void
  onClose: () => void
}

/** The tags of a file or a folder, as one line; those that the collection has by now are offered. */
export function TagsDialog({ place, onTags, onClose }: Props) {
  const form = useId()
  const items = collections.use(
    (state) => state.collections.find(({ id }) => id === place.collectionId)?.items ?? none,
  )
  const item = items.find(({ path }) => path === place.path)
  const [text, setText] = useState(textOfTags(item?.tags ?? []))
  const known = [...new Set(items.flatMap(({ tags = [] }) => tags))].sort()
  const unused = known.filter((tag) => !tagsIn(text).includes(tag)).slice(0, offered)
  return (
    <Dialog
      title={`Tags of “${item?.name ?? ''}”`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary">
            Save
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          onTags(tagsIn(text))
        }}
      >
        <Field
          label="Tags"
          hint={
            item?.kind === 'folder'
              ? 'Separated by commas. They apply to everything in the folder, in runs and in searches such as tag:smoke.'
              : 'Separated by commas. Search for one with tag:smoke, or run only the requests that have it.'
          }
        >
          <TextInput data-first value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        {unused.length > 0 && (
          <p className="note">
            In this collection:{' '}
            {unused.map((tag) => (
              <Button
                key={tag}
                small
                look="quiet"
                onClick={() => setText(textOfTags([...tagsIn(text), tag]))}
              >
                {tag}
              </Button>
            ))}
          </p>
        )}
      </form>
    </Dialog>
  )
}

const none: never[] = []

/** How many known tags are offered. */
const offered = 12

import { FolderOpen } from 'lucide-react'
import { useRef, type DragEvent, type ReactElement } from 'react'
import { useWorkspace } from '../lib/workspace.ts'
import { Button } from './button.tsx'

/** Bytes of a file that is read: no token or key is that long. */
const longest = 1_048_576

interface TextFile {
  /** Takes the file. */
  read: (file: File | undefined) => Promise<void>
  /** For what a file can be dropped on. */
  drop: {
    onDragOver: (event: DragEvent) => void
    onDrop: (event: DragEvent) => void
  }
}

/** Takes the text of a file that is dropped or opened; says why where it is none. Nothing of it is kept. */
export function useTextFile(take: (text: string) => void): TextFile {
  const { toasts } = useWorkspace()
  async function read(file: File | undefined): Promise<void> {
    if (file === undefined) return
    const { fail } = toasts.getState()
    if (file.size > longest)
      return fail({
        code: 'file_too_large',
        message: 'The file is larger than 1 MB.',
        next: 'Choose a file that contains only a token or a key.',
      })
    try {
      const text = await file.text()
      if (!text.includes('\u0000')) take(text)
      else
        fail({
          code: 'file_not_text',
          message: 'The file is not text.',
          next: 'Choose PEM or JSON, or a text with a token in it.',
        })
    } catch {
      fail({ code: 'file_unreadable', message: 'The file could not be read.', next: 'Choose another one.' })
    }
  }
  return {
    read,
    drop: {
      onDragOver: (event) => {
        if (event.dataTransfer.types.includes('Files')) event.preventDefault()
      },
      onDrop: (event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        void read(event.dataTransfer.files[0])
      },
    },
  }
}

/** Opens a file of the user’s choice and takes its text. */
export function OpenTextFile({ onText }: { onText: (text: string) => void }): ReactElement {
  const field = useRef<HTMLInputElement>(null)
  const { read } = useTextFile(onText)
  return (
    <>
      <Button icon={<FolderOpen />} onClick={() => field.current?.click()}>
        Open a file
      </Button>
      <input
        ref={field}
        type="file"
        hidden
        onChange={(event) => {
          void read(event.target.files?.[0])
          // The same file can be chosen again.
          event.target.value = ''
        }}
      />
    </>
  )
}

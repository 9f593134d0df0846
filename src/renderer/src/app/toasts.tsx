import { useStore } from 'zustand'
import { X } from 'lucide-react'
import { useWorkspace } from '../lib/workspace.ts'
import { Button, IconButton } from '../ui/button.tsx'
import css from './toasts.module.css'

/** Short news; told to screen readers as they come. */
export function Toasts() {
  const { toasts } = useWorkspace()
  const items = useStore(toasts, (state) => state.items)
  const dismiss = useStore(toasts, (state) => state.dismiss)
  return (
    <div className={css.stack} role="status" aria-live="polite" aria-label="Notifications">
      {items.map((item) => (
        <div key={item.id} className={css.toast} data-tone={item.tone}>
          <div className="grow selectable">
            {item.text}
            {item.next && <div className="note">{item.next}</div>}
          </div>
          {item.action && (
            <Button
              small
              onClick={() => {
                item.action?.run()
                dismiss(item.id)
              }}
            >
              {item.action.label}
            </Button>
          )}
          <IconButton label="Dismiss" onClick={() => dismiss(item.id)}>
            <X />
          </IconButton>
        </div>
      ))}
    </div>
  )
}

import { Copy } from 'lucide-react'
import { useState, type MouseEvent, type ReactNode } from 'react'
import { useCopyText } from './copy-text.ts'
import { part } from '../../lib/part.ts'
import type { CopyItem } from './copy-items.tsx'

const copyItems = part(
  () => import('./copy-items.tsx'),
  (file) => file.CopyItems,
)

export function copyItem(label: string, text: string): CopyItem {
  return { label, text }
}

/** A menu of what can be copied where the second mouse button is pressed. Selected text keeps the system's own
 *  menu, and so does a place of which `itemsAt` names nothing. */
export function useCopyMenu(itemsAt: (target: Element) => CopyItem[]): {
  onContextMenu: (event: MouseEvent) => void
  menu: ReactNode
} {
  const copyText = useCopyText()
  const [asked, ask] = useState<{ x: number; y: number; items: CopyItem[]; back: HTMLElement | null }>()
  function onContextMenu(event: MouseEvent): void {
    if (!(event.target instanceof Element) || isSelected(event.target)) return
    const items = itemsAt(event.target)
    if (items.length === 0) return
    event.preventDefault()
    const back = document.activeElement instanceof HTMLElement ? document.activeElement : null
    ask({ x: event.clientX, y: event.clientY, items, back })
  }
  function close(): void {
    asked?.back?.focus()
    ask(undefined)
  }
  const menu = asked && (
    <copyItems.Part
      at={asked}
      icon={<Copy />}
      items={asked.items}
      onClose={close}
      onCopy={({ text, run }) => (run ? run() : void copyText(text ?? '', 'Copied.'))}
    />
  )
  return { onContextMenu, menu }
}

function isSelected(target: Element): boolean {
  const selection = getSelection()
  return selection !== null && !selection.isCollapsed && selection.containsNode(target, true)
}

import type { ReactNode } from 'react'
import { MenuAction, PointMenu } from './menu.tsx'

export interface CopyItem {
  label: string
  keys?: string
  /** What is copied, or what else is done. */
  text?: string
  /** Of what copies nothing. */
  icon?: ReactNode
  run?: () => void
}

interface Props {
  at: { x: number; y: number }
  icon: ReactNode
  items: readonly CopyItem[]
  onCopy: (item: CopyItem) => void
  onClose: () => void
}

export function CopyItems({ at, icon, items, onCopy, onClose }: Props) {
  return (
    <PointMenu label="Copy" at={at} onClose={onClose}>
      {items.map((item) => (
        <MenuAction key={item.label} icon={item.icon ?? icon} keys={item.keys} onPick={() => onCopy(item)}>
          {item.label}
        </MenuAction>
      ))}
    </PointMenu>
  )
}

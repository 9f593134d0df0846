import { SquareArrowOutUpRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { MenuAction, MenuLabel, PointMenu } from '../menu/menu.tsx'

interface Props {
  title: string
  at: { x: number; y: number }
  onOpen: () => void
  onClose: () => void
  /** What can be done with the row besides. */
  children: ReactNode
}

/** What can be done with a row of a list. */
export function RowMenu({ title, at, onOpen, onClose, children }: Props) {
  return (
    <PointMenu label={title} at={at} onClose={onClose}>
      <MenuLabel>{title}</MenuLabel>
      <MenuAction icon={<SquareArrowOutUpRight />} keys="Enter" onPick={onOpen}>
        Open
      </MenuAction>
      {children}
    </PointMenu>
  )
}

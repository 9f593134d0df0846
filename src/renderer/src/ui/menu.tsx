import { DropdownMenu } from 'radix-ui'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import css from './menu.module.css'

interface MenuProps {
  trigger: ReactNode
  children: ReactNode
  align?: 'start' | 'end'
}

/** A menu on a button. Not modal: that would need styles which the page's CSP forbids. */
export const Menu = ({ trigger, children, align = 'end' }: MenuProps) => (
  <DropdownMenu.Root modal={false}>
    <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
    <DropdownMenu.Portal>
      <DropdownMenu.Content className={css.menu} align={align} sideOffset={4} collisionPadding={8}>
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  </DropdownMenu.Root>
)

interface PickProps {
  value: string
  onPick: (value: string) => void
  children: ReactNode
}

export const MenuPick = ({ value, onPick, children }: PickProps) => (
  <DropdownMenu.RadioGroup value={value} onValueChange={onPick}>
    {children}
  </DropdownMenu.RadioGroup>
)

export const MenuPickItem = ({ value, children }: { value: string; children: ReactNode }) => (
  <DropdownMenu.RadioItem className={css.item} value={value}>
    <span className={css.check}>
      <DropdownMenu.ItemIndicator>
        <Check />
      </DropdownMenu.ItemIndicator>
    </span>
    {children}
  </DropdownMenu.RadioItem>
)

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <DropdownMenu.Label className={css.label}>{children}</DropdownMenu.Label>
)

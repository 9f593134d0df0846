import { ContextMenu, DropdownMenu } from 'radix-ui'
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

interface ActionProps {
  icon?: ReactNode
  /** Something is lost by it. */
  danger?: boolean
  keys?: string
  onPick: () => void
  children: ReactNode
}

const look = (danger?: boolean): string => `${css.item} ${danger ? css.danger : ''}`

const ActionFace = ({ icon, keys, children }: Pick<ActionProps, 'icon' | 'keys' | 'children'>) => (
  <>
    {icon}
    <span className="grow">{children}</span>
    {keys && <span className="faint">{keys}</span>}
  </>
)

export const MenuAction = ({ danger, onPick, ...face }: ActionProps) => (
  <DropdownMenu.Item className={look(danger)} onSelect={onPick}>
    <ActionFace {...face} />
  </DropdownMenu.Item>
)

interface PlaceMenuProps {
  place: ReactNode
  children: ReactNode
  onOpen?: (open: boolean) => void
}

/** A menu on a place, opened by the second mouse button or the menu key. Not modal, as above. */
export const PlaceMenu = ({ place, children, onOpen }: PlaceMenuProps) => (
  <ContextMenu.Root modal={false} onOpenChange={onOpen}>
    <ContextMenu.Trigger asChild>{place}</ContextMenu.Trigger>
    <ContextMenu.Portal>
      <ContextMenu.Content className={`${css.menu} ${css.place}`} collisionPadding={8}>
        {children}
      </ContextMenu.Content>
    </ContextMenu.Portal>
  </ContextMenu.Root>
)

export const PlaceAction = ({ danger, onPick, ...face }: ActionProps) => (
  <ContextMenu.Item className={look(danger)} onSelect={onPick}>
    <ActionFace {...face} />
  </ContextMenu.Item>
)

/** Says what the menu is about. */
export const PlaceLabel = ({ children }: { children: ReactNode }) => (
  <ContextMenu.Label className={`${css.label} clip`}>{children}</ContextMenu.Label>
)

export const PlaceLine = () => <ContextMenu.Separator className={css.separator} />

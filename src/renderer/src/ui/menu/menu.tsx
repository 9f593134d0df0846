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
export function Menu({ trigger, children, align = 'end' }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={css.menu} align={align} sideOffset={4} collisionPadding={8}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface PointMenuProps {
  /** What the menu is about. */
  label: string
  at: { x: number; y: number }
  onClose: () => void
  children: ReactNode
}

/** A menu at a point of the window, open as long as it is drawn. It takes the same actions as one on a button. */
export function PointMenu({ label, at, onClose, children }: PointMenuProps) {
  return (
    <DropdownMenu.Root
      modal={false}
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <DropdownMenu.Trigger
        className={css.point}
        style={{ left: at.x, top: at.y }}
        aria-label={label}
        tabIndex={-1}
      />
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={css.menu}
          align="start"
          collisionPadding={8}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export function MenuLine() {
  return <DropdownMenu.Separator className={css.separator} />
}

interface PickProps {
  value: string
  onPick: (value: string) => void
  children: ReactNode
}

export function MenuPick({ value, onPick, children }: PickProps) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onPick}>
      {children}
    </DropdownMenu.RadioGroup>
  )
}

export function MenuPickItem({ value, children }: { value: string; children: ReactNode }) {
  return (
    <DropdownMenu.RadioItem className={css.item} value={value}>
      <span className={css.check}>
        <DropdownMenu.ItemIndicator>
          <Check />
        </DropdownMenu.ItemIndicator>
      </span>
      {children}
    </DropdownMenu.RadioItem>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className={css.label}>{children}</DropdownMenu.Label>
}

interface ActionProps {
  icon?: ReactNode
  /** Something is lost by it. */
  danger?: boolean
  keys?: string
  onPick: () => void
  children: ReactNode
}

export function MenuAction({ danger, onPick, ...face }: ActionProps) {
  return (
    <DropdownMenu.Item className={look(danger)} onSelect={onPick}>
      <ActionFace {...face} />
    </DropdownMenu.Item>
  )
}

/** A menu on a place, opened by the second mouse button or the menu key. Not modal, as above. */
export function PlaceMenu({ place, children, onOpen }: PlaceMenuProps) {
  return (
    <ContextMenu.Root modal={false} onOpenChange={onOpen}>
      <ContextMenu.Trigger asChild>{place}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={`${css.menu} ${css.place}`} collisionPadding={8}>
          {children}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}

export function PlaceAction({ danger, onPick, ...face }: ActionProps) {
  return (
    <ContextMenu.Item className={look(danger)} onSelect={onPick}>
      <ActionFace {...face} />
    </ContextMenu.Item>
  )
}

interface PlaceMenuProps {
  place: ReactNode
  children: ReactNode
  onOpen?: (open: boolean) => void
}

/** Says what the menu is about. */
export function PlaceLabel({ children }: { children: ReactNode }) {
  return <ContextMenu.Label className={`${css.label} clip`}>{children}</ContextMenu.Label>
}

export function PlaceLine() {
  return <ContextMenu.Separator className={css.separator} />
}

function look(danger?: boolean): string {
  return `${css.item} ${danger ? css.danger : ''}`
}

function ActionFace({ icon, keys, children }: Pick<ActionProps, 'icon' | 'keys' | 'children'>) {
  return (
    <>
      {icon}
      <span className="grow">{children}</span>
      {keys && <span className="faint">{keys}</span>}
    </>
  )
}

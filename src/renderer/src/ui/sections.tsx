import { Tabs } from 'radix-ui'
import { useLayoutEffect, useRef, type ReactNode } from 'react'
import css from './sections.module.css'

export interface Section {
  id: string
  label: string
  /** A small number beside the label. */
  badge?: number
  /** Nothing in it takes the focus: it does so itself, to be scrolled by keys. */
  still?: boolean
  content: ReactNode
}

interface Props {
  label: string
  sections: Section[]
  value: string
  onPick: (id: string) => void
  /** At the right end of the strip. */
  aside?: ReactNode
  inset?: boolean
  /** In a low window the strip is one line that scrolls. */
  oneLine?: boolean
}

/** Pixels beside the chosen tab, in which its neighbour shows that there is more. */
const room = 28

/** Named sections of a page, one shown at a time. */
export function Sections({ label, sections, value, onPick, aside, inset, oneLine }: Props) {
  const list = useRef<HTMLDivElement>(null)
  // In a low or narrow window the strip is one line that scrolls; the chosen one is kept in sight.
  useLayoutEffect(() => {
    const strip = list.current
    if (!strip) return
    reveal(strip)
    const watch = new ResizeObserver(() => reveal(strip))
    watch.observe(strip)
    return () => watch.disconnect()
  }, [value])
  return (
    <Tabs.Root className={css.root} value={value} onValueChange={onPick}>
      <div className={`${css.bar} ${inset ? css.inset : ''} ${oneLine ? css.oneLine : ''}`}>
        <Tabs.List ref={list} aria-label={label} className={css.list}>
          {sections.map(({ id, label: text, badge }) => (
            <Tabs.Trigger key={id} value={id} className={css.tab}>
              <span className={css.label} data-text={text}>
                {text}
              </span>
              {badge ? <span className={css.badge}>{badge}</span> : null}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {aside}
      </div>
      {sections.map(({ id, content, still }) => (
        <Tabs.Content key={id} value={id} className={css.content} tabIndex={still ? 0 : -1}>
          {content}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}

/** Scrolls a strip until the chosen tab is in sight. */
function reveal(strip: HTMLElement): void {
  const chosen = strip.querySelector('[aria-selected="true"]')
  if (!chosen) return
  const [outer, inner] = [strip.getBoundingClientRect(), chosen.getBoundingClientRect()]
  if (inner.left < outer.left) strip.scrollLeft += inner.left - outer.left - room
  else if (inner.right > outer.right) strip.scrollLeft += inner.right - outer.right + room
}

import { ListChecks, Variable } from 'lucide-react'
import { useContext } from 'react'
import type { CopiedNode } from '../../../../lib/json/outline.ts'
import { useCopyMenu } from '../../../../ui/menu/copy-menu.tsx'
import { useCopyText } from '../../../../ui/menu/copy-text.ts'
import { TakesValue } from '../captures/take-value.ts'

type ValueOf = (node: number) => Promise<CopiedNode | undefined>

/** What can be done with a value of a JSON body. */
export function useValueActions(valueOf: ValueOf) {
  const copyText = useCopyText()
  const takeValue = useContext(TakesValue)
  async function copy(node: number, what: keyof CopiedNode): Promise<void> {
    const found = await valueOf(node)
    if (found) await copyText(found[what], what === 'path' ? 'Path copied.' : 'Value copied.')
  }
  async function take(node: number, as: 'capture' | 'check'): Promise<void> {
    const found = await valueOf(node)
    if (found) takeValue?.(found, as)
  }
  return {
    copy,
    items: (node: number) => [
      { label: 'Copy value', run: () => void copy(node, 'value') },
      { label: 'Copy path', run: () => void copy(node, 'path') },
      ...(takeValue
        ? [
            { label: 'Capture as a variable', icon: <Variable />, run: () => void take(node, 'capture') },
            { label: 'Check this value', icon: <ListChecks />, run: () => void take(node, 'check') },
          ]
        : []),
    ],
  }
}

/** The same, as a menu of lines that name themselves by `data-line`; each is a node of the body. */
export function useLineMenu(valueOf: ValueOf): ReturnType<typeof useCopyMenu> {
  const { items } = useValueActions(valueOf)
  return useCopyMenu((target) => {
    const line = target.closest('[data-line]')?.getAttribute('data-line')
    return line === null || line === undefined ? [] : items(Number(line))
  })
}

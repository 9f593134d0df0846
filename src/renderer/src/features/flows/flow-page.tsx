import { Download, GitCompareArrows, Trash2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { FlowView } from '@contract/flows.ts'
import { moment } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { useTabs, useWorkspace } from '../../lib/workspace.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu, MenuAction, MenuLabel, MenuPick, MenuPickItem } from '../../ui/menu/menu.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Splitter } from '../../ui/splitter.tsx'
import { Tag } from '../../ui/tag.tsx'
import { exportFlow, openComparison } from './actions.ts'
import { Diagram } from './diagram.tsx'
import { outcomeTones } from './flows-list.tsx'
import { MessageDetail } from './message-detail.tsx'
import { flows } from './store.ts'
import css from './flow-page.module.css'

const offered = 12

/** A flow: the diagram of its messages, and the chosen one explained. */
export function FlowPage({ flowId }: { flowId: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const flow = flows.use((state) => state.views[flowId])
  const failure = flows.use((state) => state.failures[flowId])
  const chosen = flows.use((state) => state.chosen[flowId]) ?? 0
  const show = flows.use((state) => state.show)
  const choose = flows.use((state) => state.choose)
  useEffect(() => void show(flowId), [show, flowId])
  if (!flow)
    return failure ? (
      <div className={css.failed}>
        <Notice tone="bad" title={failure.message} next={failure.next} />
      </div>
    ) : null
  const message = flow.messages[chosen]
  return (
    <>
      <Bar flow={flow} />
      <Splitter
        label="Diagram and message"
        start={55}
        above={50}
        first={
          <Diagram
            flow={flow}
            chosen={chosen}
            onChoose={(index) => choose(flowId, index)}
            onOpen={() => heading.current?.focus()}
          />
        }
        second={message && <MessageDetail flow={flow} message={message} heading={heading} />}
      />
    </>
  )
}

function CompareMenu({ flow }: { flow: FlowView }) {
  const workspace = useWorkspace()
  const now = useNow()
  const list = flows.use((state) => state.flows)
  const load = flows.use((state) => state.load)
  useEffect(() => {
    if (list.length === 0) void load()
  }, [list.length, load])
  const others = list
    .filter(({ id }) => id !== flow.id)
    .toSorted((one, other) => Number(other.kind === flow.kind) - Number(one.kind === flow.kind))
    .slice(0, offered)
  return (
    <Menu
      trigger={
        <Button look="quiet" small icon={<GitCompareArrows />} disabled={others.length === 0}>
          Compare with…
        </Button>
      }
    >
      <MenuLabel>Compare with</MenuLabel>
      <MenuPick
        value=""
        onPick={(id) => {
          const other = others.find((each) => each.id === id)
          if (other) openComparison(workspace, flow, other)
        }}
      >
        {others.map((other) => (
          <MenuPickItem key={other.id} value={other.id}>
            {other.title} · {moment(other.startedAt, now)} · {other.tag}
          </MenuPickItem>
        ))}
      </MenuPick>
    </Menu>
  )
}

function ExportMenu({ id }: { id: string }) {
  const workspace = useWorkspace()
  return (
    <Menu
      trigger={
        <Button look="quiet" small icon={<Download />}>
          Export
        </Button>
      }
    >
      <MenuLabel>The whole flow, without its secrets</MenuLabel>
      <MenuAction onPick={() => void exportFlow(workspace, { id, format: 'har', to: 'file' }, 'HAR')}>
        Save as HAR…
      </MenuAction>
      <MenuAction
        onPick={() =>
          void exportFlow(workspace, { id, format: 'mermaid', to: 'clipboard' }, 'Mermaid diagram')
        }
      >
        Copy as Mermaid
      </MenuAction>
      <MenuAction
        onPick={() => void exportFlow(workspace, { id, format: 'mermaid', to: 'file' }, 'Mermaid diagram')}
      >
        Save as Mermaid…
      </MenuAction>
    </Menu>
  )
}

function Bar({ flow }: { flow: FlowView }) {
  const workspace = useWorkspace()
  const now = useNow()
  const remove = flows.use((state) => state.remove)
  const activeId = useTabs((state) => state.activeId)
  const close = useTabs((state) => state.close)
  return (
    <header className={css.bar}>
      <h1 className="clip">{flow.title}</h1>
      <span title={flow.code}>
        <Tag tone={outcomeTones[flow.outcome]}>{flow.tag}</Tag>
      </span>
      <span className={`faint clip ${css.says}`}>
        {moment(flow.startedAt, now)} · {flow.says}
        {flow.dropped > 0 && ` · ${flow.dropped} more not kept`}
      </span>
      <span className={css.tools}>
        <CompareMenu flow={flow} />
        <ExportMenu id={flow.id} />
        <IconButton
          label="Delete this flow"
          onClick={() =>
            void remove(flow.id).then((failure) => {
              if (failure) workspace.toasts.getState().fail(failure)
              else if (activeId) close(activeId)
            })
          }
        >
          <Trash2 aria-hidden="true" />
        </IconButton>
      </span>
    </header>
  )
}

import { useEffect, useState, type ReactNode } from 'react'
import { ClipboardCopy, FolderOpen } from 'lucide-react'
import type { AboutView, Place } from '@contract/about.ts'
import type { Result } from '@contract/result.ts'
import { moment, relative, size, span } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { useSession, useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { KeyValueTable } from '../../ui/list/key-value-table.tsx'
import { Part } from './part.tsx'
import css from './settings.module.css'

const placeNames: Record<Place, string> = { profile: 'Profile', database: 'Database', logs: 'Logs' }
const number = new Intl.NumberFormat('en')

/** What runs, where it is, what is kept, and what leaves the computer. */
export function AboutSection() {
  const { bridge, toasts, tabs } = useWorkspace()
  const protection = useSession((state) => state.boot?.protection)
  const now = useNow()
  const [view, setView] = useState<AboutView | null>(null)
  useEffect(() => {
    void bridge.call['app:about']({}).then((answer) => {
      if (answer.ok) setView(answer.value)
      else toasts.getState().fail(answer.error)
    })
  }, [bridge, toasts])
  function told(answer: Result<unknown>, done?: string): void {
    if (!answer.ok) toasts.getState().fail(answer.error)
    else if (done) toasts.getState().show(done, 'ok')
  }
  if (!view) return null
  return (
    <>
      <Part title="Version" says="The copy for a bug report contains no names, addresses or folders.">
        <KeyValueTable label="Version" rows={versionRows(view)} />
        <div className={css.row}>
          <Button
            icon={<ClipboardCopy />}
            onClick={async () => told(await bridge.call['app:copy-report']({}), 'Copied.')}
          >
            Copy for a bug report
          </Button>
        </div>
      </Part>
      <Part title="What leaves this computer" says="No account, no cloud, no telemetry.">
        <p>Only calls to the providers and APIs that you set up, and what your browser does at a sign-in.</p>
      </Part>
      <Part title="Where data is stored" says="All on this computer.">
        <ul className={css.users} aria-label="Places">
          {view.places.map(({ place, path, size: bytes }) => (
            <li key={place}>
              <span className="grow">
                <strong>{placeNames[place]}</strong>
                {bytes !== undefined && <span className={css.bytes}>{size(bytes)}</span>}
                <span className={`mono clip selectable ${css.path}`} title={path}>
                  {path}
                </span>
              </span>
              <Button
                small
                icon={<FolderOpen />}
                aria-label={`Show in folder: ${placeNames[place].toLowerCase()}`}
                onClick={async () => told(await bridge.call['app:show-place']({ place }))}
              >
                Show in folder
              </Button>
            </li>
          ))}
        </ul>
      </Part>
      <Part title="What is kept, and how long" says="Older data is deleted automatically.">
        <KeyValueTable
          label="What is kept"
          rows={keptRows(view, protection && <span title={protection.says}>{protection.label}</span>, now)}
        />
        <div className={css.row}>
          <Button small onClick={() => tabs.getState().showSettings('history')}>
            History
          </Button>
          <Button small onClick={() => tabs.getState().showSettings('vault')}>
            User &amp; vault
          </Button>
          <Button small onClick={() => tabs.getState().showSettings('backups')}>
            Backups
          </Button>
        </div>
      </Part>
    </>
  )
}

function versionRows({ versions, system }: AboutView): [string, ReactNode][] {
  return [
    ['Gatehouse', `${versions.gatehouse} · Apache-2.0`],
    ['Electron', versions.electron],
    ['Chromium', versions.chromium],
    ['Node', versions.node],
    ['System', `${system.name} ${system.release} · ${system.architecture}`],
    ...(system.desktop ? [['Desktop', system.desktop] as [string, ReactNode]] : []),
  ]
}

function keptRows(
  { kept, lastBackup, lastCheck }: AboutView,
  protection: ReactNode,
  now: number,
): [string, ReactNode][] {
  return [
    ['Secrets', protection],
    [
      'History',
      `the newest ${number.format(kept.exchanges)} exchanges, ${size(kept.bytes)} at most${kept.days === 0 ? '' : `, of ${kept.days} days`}; the oldest are deleted first`,
    ],
    ['Flows', `the newest ${number.format(kept.flows)}, without tokens and passwords`],
    ['Revealed token', `hidden again after ${span(kept.hideAfterSeconds * 1000)}`],
    ['Copied token', `removed from the clipboard after ${span(kept.clearAfterSeconds * 1000)}`],
    [
      'Last backup',
      lastBackup
        ? `${moment(lastBackup.at, now)}, ${relative(lastBackup.at, now)} · ${size(lastBackup.size)}`
        : 'none yet',
    ],
    [
      'Last check',
      lastCheck
        ? `${moment(lastCheck.at, now)}, ${relative(lastCheck.at, now)} · ${lastCheck.problems.length === 0 ? 'intact' : 'damage found'}`
        : 'not since startup',
    ],
  ]
}

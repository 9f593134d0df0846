import { useEffect, useState, type SubmitEvent } from 'react'
import { CircleStop, Download, FolderOpen, Upload } from 'lucide-react'
import type { ChosenImport, ImportProgress } from '@contract/backups.ts'
import type { Failure } from '@contract/result.ts'
import { count, size } from '../../lib/format.ts'
import { useSession, useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PasswordInput } from '../../ui/password-input.tsx'
import { Part } from './part.tsx'
import css from './settings.module.css'

/** The whole vault as one encrypted file, out and in. */
export function ExportSection() {
  const username = useSession((state) => state.boot?.user.username)
  return (
    <>
      <Part
        title="Export"
        says={`All data of ${username === undefined ? 'this user' : `“${username}”`} except the history in one file: connections, accounts, tokens, client secrets, saved requests. Encrypted with a password, in the age format, so other programs can open it too.`}
      >
        <ExportForm />
      </Part>
      <Part
        title="Import"
        says="The whole file is checked before anything is written. Existing entries are replaced where they are the same; nothing is sent anywhere. If you stop an import, you see what it has imported."
      >
        <ImportForm />
      </Part>
    </>
  )
}

function ExportForm() {
  const { bridge, toasts } = useWorkspace()
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [missing, setMissing] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    const answer = await bridge.call['vault:export']({ password })
    setBusy(false)
    if (!answer.ok) return setFailure(answer.error)
    if (!answer.value) return
    setPassword('')
    setAgain('')
    setMissing(answer.value.missing)
    toasts.getState().show(`Exported to ${answer.value.file}.`, 'ok')
  }
  return (
    <form className={`${css.form} ${css.narrow}`} onSubmit={(event) => void submit(event)}>
      <Field label="Password of the file" hint="At least 8 characters. For this file only.">
        <PasswordInput autoComplete="new-password" value={password} onType={setPassword} />
      </Field>
      <Field
        label="Repeat the password"
        error={again !== '' && again !== password ? 'The passwords do not match.' : undefined}
      >
        <PasswordInput autoComplete="new-password" value={again} onType={setAgain} />
      </Field>
      {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
      {missing.length > 0 && (
        <Notice
          tone="warn"
          title={`${count(missing.length, 'secret')} could not be opened and are not in the file`}
        >
          <ul>
            {missing.slice(0, 20).map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Notice>
      )}
      <div className={css.row}>
        <Button
          type="submit"
          icon={<Download />}
          busy={busy}
          disabled={password === '' || password !== again}
        >
          Export…
        </Button>
      </div>
    </form>
  )
}

function ImportForm() {
  const { bridge, toasts } = useWorkspace()
  const [progress, setProgress] = useState<ImportProgress | null>(null)
  useEffect(() => bridge.on('import:progress', setProgress), [bridge])
  const [file, setFile] = useState<ChosenImport | null>(null)
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  async function choose(): Promise<void> {
    setFailure(null)
    const answer = await bridge.call['vault:choose-import']({})
    if (!answer.ok) setFailure(answer.error)
    else if (answer.value) setFile(answer.value)
  }
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    setProgress(null)
    const answer = await bridge.call['vault:import']({ password })
    setBusy(false)
    setPassword('')
    if (!answer.ok) return setFailure(answer.error)
    setFile(null)
    const { connections, accounts, requests } = answer.value
    toasts
      .getState()
      .show(
        `Imported ${count(connections, 'connection')}, ${count(accounts, 'account')}, ${count(requests, 'request')}.`,
        'ok',
      )
  }
  return (
    <form className={`${css.form} ${css.narrow}`} onSubmit={(event) => void submit(event)}>
      <div className={css.row}>
        <Button icon={<FolderOpen />} disabled={busy} onClick={() => void choose()}>
          Choose a file…
        </Button>
        {file && (
          <span className="clip">
            {file.name} <span className="faint">{size(file.size)}</span>
          </span>
        )}
      </div>
      {file && (
        <Field label="Password of this file">
          <PasswordInput autoComplete="off" autoFocus value={password} onType={setPassword} />
        </Field>
      )}
      {failure && (
        <Notice tone="bad" title={failure.message} next={failure.next}>
          {failure.code !== 'import_unfinished' && 'Nothing was changed.'}
        </Notice>
      )}
      {file && (
        <div className={css.row}>
          <Button type="submit" look="primary" icon={<Upload />} busy={busy} disabled={password === ''}>
            Import
          </Button>
          {busy && (
            <Button icon={<CircleStop />} onClick={() => void bridge.call['vault:stop-import']({})}>
              Stop
            </Button>
          )}
        </div>
      )}
      {busy && <Progress progress={progress} />}
    </form>
  )
}

function Progress({ progress }: { progress: ImportProgress | null }) {
  const { stage, done, total } = progress ?? { stage: 'opening', done: 0, total: 1 }
  const says = {
    opening: 'Decrypting the file…',
    checking: `Checking ${size(done)} of ${size(total)}…`,
    writing: `Importing ${done.toLocaleString('en')} of ${total.toLocaleString('en')}…`,
  }[stage]
  return (
    <div className={css.progress}>
      <progress aria-label="Import" max={total} {...(stage === 'opening' ? {} : { value: done })} />
      <span className="faint">{says}</span>
    </div>
  )
}

import { useEffect, useState } from 'react'
import type { MissingNames, ScopeView } from '@contract/collection-scope.ts'
import type { Pair, RequestDraft } from '@contract/requests.ts'
import type { Result } from '@contract/result.ts'
import { filesOfBody } from '@contract/tables/body-kinds.ts'
import type { PlaceOfTab } from '../../../lib/tabs/file-of-tab.ts'
import { nameMark, type Variables } from '../../../lib/names.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import css from '../editor/secrets-note.module.css'
import { fileNameIn } from '../file-name-in.ts'
import { EnterSecretDialog } from './enter-secret-dialog.tsx'

/** Milliseconds after which what is being typed is looked at. */
const pause = 250
const none: MissingNames = { unknown: [], secrets: [], environment: [], commands: [], stale: [], files: [] }

interface Props {
  draft: RequestDraft
  file: PlaceOfTab | undefined
  /** Headers that its folders add. */
  headers: readonly Pair[]
  /** Who calls by their word. */
  auth: ScopeView['auth'] | undefined
  variables: Variables | undefined
}

/** Says before anything is sent which variables are not known, not entered or not allowed. */
export function MissingNote({ draft, file, headers, auth, variables }: Props) {
  const { bridge, toasts } = useWorkspace()
  const missing = useMissing({ draft, file, headers, auth, variables })
  const [entering, setEntering] = useState<MissingNames['secrets'][number]>()
  const collectionId = file?.collectionId ?? ''
  async function done(answer: Promise<Result<unknown>>): Promise<void> {
    const result = await answer
    if (!result.ok) toasts.getState().fail(result.error)
  }
  const { unknown, secrets, environment, commands, stale, files } = missing
  async function allowFile(named: string, shown: string): Promise<void> {
    const own = draft.variables ?? []
    const one = { file: named, shown, own }
    await done(
      file
        ? bridge.call['collections:allow-file']({ collectionId, path: file.path, ...one })
        : bridge.call['requests:allow-file'](one),
    )
  }
  return (
    <>
      {unknown.length > 0 && (
        <div className={css.note}>
          <Notice tone="warn" title={unknown.length === 1 ? 'Unknown variable' : 'Unknown variables'}>
            {unknown.map((name) => `{{${name}}}`).join(', ')}{' '}
            {file
              ? `${unknown.length === 1 ? 'is' : 'are'} not defined in the request, its folders, the environment or the collection.`
              : `${unknown.length === 1 ? 'is' : 'are'} not in ${variables?.name ?? 'this environment'}.`}
          </Notice>
        </div>
      )}
      {stale.length > 0 && (
        <div className={css.note}>
          <Notice
            tone="warn"
            title={
              stale.length === 1
                ? 'A captured value is from an earlier response'
                : 'Captured values are from an earlier response'
            }
          >
            {stale.map((name) => `{{${name}}}`).join(', ')} {stale.length === 1 ? 'keeps its' : 'keep their'}{' '}
            earlier value: the last response had none.
          </Notice>
        </div>
      )}
      {secrets.map((secret) => (
        <div key={`${secret.file}:${secret.name}`} className={css.note}>
          <Notice
            title={`${secret.name} is a secret that you have not entered yet`}
            actions={
              <Button small onClick={() => setEntering(secret)}>
                Enter {secret.name}…
              </Button>
            }
          >
            The {secret.from} declares it. Its value is kept in your vault and never written into the folder.
          </Notice>
        </div>
      ))}
      {environment.map((name) => (
        <div key={name} className={css.note}>
          <Notice
            tone="warn"
            title={`The collection asks for this computer’s environment variable ${name}`}
            actions={
              <Button
                small
                onClick={() => void done(bridge.call['collections:allow-name']({ collectionId, name }))}
              >
                Allow {name}
              </Button>
            }
          >
            Its value would be sent where the request says. Allowed once, it is allowed for this collection.
          </Notice>
        </div>
      ))}
      {commands.map(({ name, command }) => (
        <div key={name} className={css.note}>
          <Notice
            tone="warn"
            title={`The collection asks to run a command for ${name}`}
            actions={
              <Button
                small
                onClick={() =>
                  void done(bridge.call['collections:allow-command']({ collectionId, name, command }))
                }
              >
                Allow this command
              </Button>
            }
          >
            <code>
              {command.map((part) => (/[\s"']/.test(part) ? JSON.stringify(part) : part)).join(' ')}
            </code>
            <br />
            What it says becomes the value. Allow it only if you know what it does.
          </Notice>
        </div>
      ))}
      {files.length > 0 && (
        <div className={css.note}>
          <Notice
            tone="warn"
            title={`${file ? 'The collection' : 'The request'} asks to send ${files.length === 1 ? 'a file' : `${files.length} files`} of this computer`}
            actions={files.map(({ file: named, shown }) => (
              <Button key={named} small onClick={() => void allowFile(named, shown)}>
                Allow {fileNameIn(shown) || shown} to be sent
              </Button>
            ))}
          >
            {files.map(({ file: named, shown }) => (
              <code key={named} className={css.path}>
                {shown}
              </code>
            ))}
            Allowed once, {file ? 'requests of this collection' : 'your own requests'} may send{' '}
            {files.length === 1 ? 'it' : 'them'} wherever they go.
          </Notice>
        </div>
      )}
      {entering && (
        <EnterSecretDialog
          collectionId={collectionId}
          secret={entering}
          onClose={() => setEntering(undefined)}
        />
      )}
    </>
  )
}

function useMissing({ draft, file, headers, auth, variables }: Props): MissingNames {
  const { bridge } = useWorkspace()
  const [missing, setMissing] = useState(none)
  const [collectionId, path] = [file?.collectionId, file?.path]
  useEffect(() => {
    let over = false
    async function look(): Promise<MissingNames> {
      const inherits = draft.accountId === null && draft.auth?.kind === 'inherit'
      const names = [...new Set([...namesOf(draft, headers), ...((inherits && auth?.names) || [])])]
      const files = [...new Set(filesOfBody(draft.body))].slice(0, mostFiles)
      const own = draft.variables ?? []
      if (collectionId !== undefined && path !== undefined) {
        if (names.length === 0 && files.length === 0) return none
        const answer = await bridge.call['collections:missing']({ collectionId, path, names, files, own })
        return answer.ok ? answer.value : none
      }
      const known = new Set(variables?.variables.map(({ name }) => name))
      // Values that the request has itself may name others.
      const unknown = variables ? names.filter((name) => !known.has(name)) : []
      if (files.length === 0) return { ...none, unknown }
      const answer = await bridge.call['requests:files-to-allow']({ files, own })
      return { ...none, unknown, files: answer.ok ? answer.value : [] }
    }
    const timer = setTimeout(() => void look().then((found) => !over && setMissing(found)), pause)
    const stop = bridge.on('changed', ({ area }) => {
      // With a file around it, what its folders pass on is read again first.
      if (area === 'collections' && path === undefined)
        void look().then((found) => !over && setMissing(found))
    })
    return () => {
      over = true
      stop()
      clearTimeout(timer)
    }
  }, [bridge, draft, collectionId, path, headers, auth, variables])
  return missing
}

const mostNames = 2_000
const mostFiles = 200

/** The names in whatever of a draft is sent; rows that are switched off are not. */
function namesOf(draft: RequestDraft, headers: readonly Pair[]): string[] {
  const { variables: _own, accountId: _accountId, ...sent } = draft
  const own = new Set(
    draft.headers.filter(({ enabled }) => enabled).map(({ name }) => name.trim().toLowerCase()),
  )
  const added = headers.filter(({ name }) => !own.has(name.trim().toLowerCase()))
  const names = new Set<string>()
  const waiting: unknown[] = [sent, added]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') {
      if (next.includes('{{')) for (const [, name = ''] of next.matchAll(nameMark)) names.add(name)
    } else if (typeof next === 'object' && next !== null && !('enabled' in next && next.enabled === false))
      waiting.push(
        ...Object.values<unknown>({ ...next }).filter((each) => each !== undefined && each !== null),
      )
  }
  return [...names].slice(0, mostNames)
}

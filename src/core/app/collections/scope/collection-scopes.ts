import type { MissingNames, ScopeView } from '@contract/collection-scope'
import { defined } from '@contract/defined'
import type { Pair, RequestDraft } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import type { VariableValue } from '../../../http/variables.ts'
import { fileSeen, foreignFiles } from '../../requests/scope/file-word.ts'
import type { RequestScope } from '../../requests/scope/request-scope.ts'
import type { CollectionMemories } from '../collection-memory.ts'
import type { RequestPlace } from '../request-choices.ts'
import type { SharedSignIns } from '../sign-in/shared-sign-ins.ts'
import { withEntered } from './auth-secrets.ts'
import { createKeepCaptured } from './captured-values.ts'
import type { ExternalValues } from './external-values.ts'
import {
  inheritedAuth,
  inheritedHeaders,
  inheritedSignIn,
  saidAuth,
  settingWords,
  withInherited,
} from './inherit.ts'
import { declaredCommands, variablesSeen, type ScopeLayer } from './scope-layers.ts'
import { settingsAround, signInAround, type ReadSurroundings, type Surroundings } from './surroundings.ts'
import { namesInDraft } from './used-names.ts'

interface Dependencies {
  surroundings: ReadSurroundings
  memories: CollectionMemories
  external: ExternalValues
  signIns: SharedSignIns
  changed: () => void
  /** Values were captured, or forgotten. */
  captured: () => void
}

/** What comes to a request by where it is: headers, settings and variables of its folders, environment and collection.
 *  Codes: `collection_unknown`, those of the vault. */
export function createCollectionScopes({
  surroundings,
  memories,
  external,
  signIns,
  changed,
  captured,
}: Dependencies) {
  const keepCaptured = createKeepCaptured({ memories, changed: captured })
  const { around, lackingOf, lookupFor } = surroundings

  /** Who calls where a request inherits that. */
  function inherited(found: Surroundings, own: readonly Pair[]) {
    const { levels } = found.files
    const placed = inheritedSignIn(levels)
    const said = inheritedAuth(levels)
    if (placed === undefined) return said && withEntered(said.auth, said.file, found.memory)
    return signIns.caller({ ...placed, own: false }, surroundings.plainLookup(found, own), found.memory)
  }

  return {
    /** The file of the environment that is chosen in a collection; empty where none is. */
    environmentOf(collectionId: string): string {
      const memory = memories.open(collectionId)
      return (memory.ok && memory.value.environment) || ''
    },
    async view(place: RequestPlace): Promise<Result<ScopeView>> {
      const found = await around(place)
      if (!found.ok) return found
      const { files, memory, before, behind, request } = found.value
      const placed = signInAround(found.value)
      const own = request?.draft.variables ?? []
      const signIn = placed && signIns.view(placed, surroundings.plainLookup(found.value, own), memory)
      return ok({
        ...defined({ signIn }),
        headers: inheritedHeaders(files.levels),
        auth: saidAuth(files.levels),
        variables: variablesSeen([...before, ...behind], declaredCommands(files).keys()),
        settings: settingsAround(found.value).map((each) => ({
          name: each.name,
          text: settingWords(each),
          from: each.from,
        })),
        environments: files.environments.map(({ path, name, fault }) => ({
          path,
          name,
          ...(fault && { fault }),
        })),
        environment: files.environments.find(({ path }) => path === memory.environment)?.path ?? null,
        faults: files.faults,
      })
    },
    /** What a request with these names in it cannot be sent without. */
    async missing({
      names,
      files,
      own,
      ...place
    }: RequestPlace & { names: string[]; files: string[]; own: Pair[] }): Promise<Result<MissingNames>> {
      const found = await around(place)
      if (!found.ok) return found
      const lacking = lackingOf(found.value, names, own)
      if (!lacking.ok) return lacking
      const { used: _used, ...missing } = lacking.value
      if (files.length === 0) return ok(missing)
      const { own: folder, memory } = found.value
      const lookup = await lookupFor(found.value, files, own)
      // Which files these are cannot be told before what their names need is there.
      return ok(
        lookup.ok
          ? { ...missing, files: await foreignFiles(files, lookup.value, memory.files, folder) }
          : missing,
      )
    },
    /** Allows a file to be sent, if it still is the one that the user has seen. Code: `collection_changed`. */
    async allowFile({
      file,
      shown,
      own,
      ...place
    }: RequestPlace & { file: string; shown: string; own: Pair[] }): Promise<Result<null>> {
      const found = await around(place)
      if (!found.ok) return found
      const lookup = await lookupFor(found.value, [file], own)
      if (!lookup.ok) return lookup
      const path = fileSeen({ file, shown }, lookup.value, found.value.own.folder)
      if (!path.ok) return path
      const kept = memories.allowFiles(place.collectionId, [path.value])
      if (kept.ok) changed()
      return kept
    },
    /** For one sending; `data` comes before all else. Codes: `variable_not_entered`, `variable_not_allowed`, those of commands. */
    async scope(
      place: RequestPlace,
      draft: RequestDraft,
      data: ReadonlyMap<string, VariableValue> = new Map(),
    ): Promise<Result<RequestScope>> {
      const found = await around(place)
      if (!found.ok) return found
      const { own, files, memory, behind } = found.value
      const given: ScopeLayer = { from: 'the data', values: data, expands: false, lacking: new Map() }
      const before = [given, ...found.value.before]
      const headers = inheritedHeaders(files.levels)
      const takes = draft.accountId === null && draft.auth?.kind === 'inherit'
      const auth = takes ? inherited(found.value, draft.variables ?? []) : undefined
      if (auth !== undefined && 'ok' in auth) return auth
      const inherit = (given: RequestDraft): RequestDraft => withInherited(given, headers, auth)
      const lacking = lackingOf(
        { ...found.value, before },
        namesInDraft(inherit(draft)),
        draft.variables ?? [],
      )
      if (!lacking.ok) return lacking
      const unfit = notReady(lacking.value)
      if (unfit) return unfit
      const outside = await external.layers(lacking.value.used, declaredCommands(files), memory)
      if (!outside.ok) return outside
      return ok({
        before,
        behind: [...behind, outside.value.environment, outside.value.commands],
        inherit,
        files: memory.files,
        own,
        settings: Object.fromEntries(settingsAround(found.value).map(({ name, value }) => [name, value])),
        stale: lacking.value.stale,
        keepCaptured: keepCaptured(place, memory.environment),
        isSecret: (name) => isDeclaredSecret(found.value, name),
        place: 'this request, its folders, the environment and the collection',
      })
    },
  }
}

/** Whether a file around declares the variable as secret. */
function isDeclaredSecret({ before, behind }: Surroundings, name: string): boolean {
  return [...before, ...behind].some(
    ({ values, lacking }) => lacking.has(name) || values.get(name)?.secret === true,
  )
}

/** What has to be entered or allowed first. */
function notReady({ secrets, environment, commands }: MissingNames) {
  const named = (names: readonly string[]): string => names.map((name) => `{{${name}}}`).join(', ')
  if (secrets.length > 0)
    return fail(
      'variable_not_entered',
      `${named(secrets.map(({ name }) => name))} ${secrets.length === 1 ? 'is a secret' : 'are secrets'} that you have not entered yet. Nothing was sent.`,
      'Enter the value above: it is kept in the vault and not in the folder.',
    )
  const asked = [...environment.map((name) => `process.env.${name}`), ...commands.map(({ name }) => name)]
  return asked.length === 0
    ? undefined
    : fail(
        'variable_not_allowed',
        `${named(asked)} would be read from this computer, which you have not allowed yet. Nothing was sent.`,
        'Allow it above, once.',
      )
}

export type CollectionScopes = ReturnType<typeof createCollectionScopes>

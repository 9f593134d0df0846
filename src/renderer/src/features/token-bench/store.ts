import { defined } from '@contract/defined'
import { createStore } from 'zustand/vanilla'
import type { JwtKind } from '@contract/tables/jwt-kinds.ts'
import type { Failure } from '@contract/result.ts'
import type { BenchView, GuessView, KeyDraft, TokenView } from '@contract/tokens/tokens.ts'
import type { AppBridge } from '../../lib/bridge.ts'
import { benchTaskForm } from '../../lib/tabs/compared-tokens.ts'
import { featureStore } from '../../lib/workspace.ts'
import { assumptions, isGiven, noKey, nothingAssumed, readingKey, type Assumed } from './bench-input.ts'

/** What a token was compared with, and whether its provider was asked for its keys. */
interface Compared {
  connectionId: string
  withKeys: boolean
}

type BenchTask = 'read' | 'make' | 'compare' | 'keys'

/** Tasks that another start begins with again. */
const tasksKept: readonly BenchTask[] = ['make', 'compare']

export interface BenchState {
  /** Whether a token is read or made, or keys are looked after. */
  task: BenchTask
  text: string
  token: TokenView | null
  /** The tokens in the text, and which of them is shown. */
  found: BenchView['found']
  pick: number
  disclosures: BenchView['disclosures']
  /** Keys that the token names itself. */
  named: BenchView['named']
  /** The parts of the token in the text and its defects, while they are those of the text at hand. */
  parts: BenchView['parts'] | null
  marks: BenchView['marks']
  /** The kind that the user chose; recognised where it is null. */
  kind: JwtKind | null
  /** The key to check with, as typed; never kept. */
  key: KeyDraft
  keyView: NonNullable<BenchView['key']> | null
  keyTrouble: Failure | null
  /** What is assumed to see what would become of the token elsewhere, as typed. */
  assumed: Assumed
  /** The payload of a token whose payload was detached, as typed. */
  payload: string
  /** Connections whose provider the token names. */
  connections: BenchView['connections']
  compared: Compared | null
  /** What is being asked for at the moment. */
  busy: 'paste' | 'compare' | 'keys' | 'guess' | 'fetch' | null
  /** What came of trying common secrets on the token at hand. */
  guess: GuessView | null
  failure: Failure | null
  show: (task: BenchState['task']) => void
  /** Decodes what was pasted; a late response to an earlier text is dropped. */
  inspect: (text: string) => Promise<void>
  /** Shows another of the tokens in the text. */
  choose: (pick: number) => Promise<void>
  /** Judges it by the rules of this kind; null lets it be recognised again. */
  judgeAs: (kind: JwtKind | null) => Promise<void>
  /** Checks the signature with this key; an empty text takes it away. */
  verifyWith: (key: KeyDraft) => Promise<void>
  /** Fetches the keys of an issuer or key set, or those that the token names, and checks with them. */
  fetchKeys: (from: { address: string } | { named: 'jku' | 'x5u' }) => Promise<void>
  /** Tries common secrets on it; one that fits becomes the key. */
  tryCommonSecrets: () => Promise<void>
  /** Tries no further secret. */
  stopTrying: () => void
  /** Judges it as if these things were so. */
  assume: (part: Partial<Assumed>) => Promise<void>
  /** Puts a detached payload in its place; an empty text takes it away. */
  attach: (payload: string) => Promise<void>
  /** Judges the token by what a connection expects. */
  compare: (by: Compared) => Promise<void>
  /** Copies Markdown of it for others; what was left out of that, or null where it failed. */
  share: () => Promise<string[] | null>
  /** Takes the clipboard's text. */
  paste: () => Promise<void>
  clear: () => void
}

const nothing = {
  token: null,
  found: [],
  pick: 0,
  disclosures: [],
  named: [],
  parts: null,
  marks: [],
  kind: null,
  keyView: null,
  keyTrouble: null,
  connections: [],
  compared: null,
  assumed: nothingAssumed,
  payload: '',
  busy: null,
  guess: null,
  failure: null,
} satisfies Partial<BenchState>

/** A key that a token names is no key of the next one. */
function ownOf(key: KeyDraft): KeyDraft {
  return key.source !== undefined && 'named' in key.source ? noKey : key
}

export function createBenchStore(bridge: AppBridge) {
  return createStore<BenchState>()((set, get) => {
    /** The token, and all that is chosen now. Keys of a provider are those of its last answer, unless they are asked for. */
    function chosen(asksProvider = false) {
      const { text, pick, kind, key, compared, assumed, payload } = get()
      return {
        text,
        ...defined({
          pick: pick === 0 ? undefined : pick,
          kind: kind === null ? undefined : kind,
          key: isGiven(key) ? readingKey(key) : undefined,
          assume: assumptions(assumed),
          payload: payload === '' ? undefined : payload,
        }),
        ...compared,
        ...(compared?.withKeys && !asksProvider && { withKeys: 'kept' as const }),
      }
    }
    /** Asks again; a response to what was chosen before is dropped. */
    async function ask(asksProvider = false): Promise<void> {
      const { text, pick, kind, key, compared, assumed, payload } = get()
      const answer = await bridge.call['tokens:inspect'](chosen(asksProvider))
      const now = get()
      if (
        now.text !== text ||
        now.pick !== pick ||
        now.kind !== kind ||
        now.key !== key ||
        now.assumed !== assumed ||
        now.payload !== payload ||
        now.compared !== compared
      )
        return
      set({
        busy: null,
        ...(answer.ok
          ? {
              token: answer.value.token,
              connections: answer.value.connections,
              found: answer.value.found,
              disclosures: answer.value.disclosures,
              named: answer.value.named,
              parts: answer.value.parts,
              marks: answer.value.marks,
              keyView: answer.value.key ?? null,
              keyTrouble: answer.value.keyTrouble ?? null,
              failure: null,
            }
          : { failure: answer.error, compared: null }),
      })
    }
    return {
      task: 'read',
      text: '',
      key: noKey,
      ...nothing,
      show: (task) => set({ task }),
      inspect: async (text) => {
        if (text.trim() === '') set({ text, ...nothing })
        else {
          const key = ownOf(get().key)
          set({
            text,
            key,
            parts: null,
            marks: [],
            pick: 0,
            kind: null,
            compared: null,
            payload: '',
            busy: null,
            guess: null,
          })
          await ask()
        }
      },
      choose: async (pick) => {
        set({ pick, key: ownOf(get().key), kind: null, compared: null, payload: '', guess: null })
        await ask()
      },
      judgeAs: async (kind) => {
        set({ kind })
        await ask()
      },
      verifyWith: async (key) => {
        set({ key })
        if (get().text.trim() !== '') await ask()
      },
      fetchKeys: async (from) => {
        const { text, pick } = get()
        set({ busy: 'fetch', failure: null })
        const answer = await bridge.call['tokens:fetch-keys'](
          'named' in from ? { text, pick, ...from } : from,
        )
        if ('named' in from && (get().text !== text || get().pick !== pick)) return
        set({ busy: null })
        if (answer.ok) await get().verifyWith({ ...noKey, source: from })
        else set({ failure: answer.error })
      },
      tryCommonSecrets: async () => {
        const { text, pick } = get()
        set({ busy: 'guess', guess: null })
        let tried = 0
        let secret: string | null = null
        for (let known = 1; secret === null && tried < known;) {
          const answer = await bridge.call['tokens:guess']({ text, pick, from: tried })
          const now = get()
          if (now.text !== text || now.pick !== pick || now.busy !== 'guess') return
          if (!answer.ok) {
            set({ busy: null, failure: answer.error })
            return
          }
          set({ guess: answer.value })
          ;({ secret, tried, known } = answer.value)
        }
        set({ busy: null })
        if (secret !== null) await get().verifyWith({ ...noKey, text: secret })
      },
      stopTrying: () => set({ busy: null, guess: null }),
      assume: async (part) => {
        set({ assumed: { ...get().assumed, ...part } })
        if (get().text.trim() !== '') await ask()
      },
      attach: async (payload) => {
        set({ payload })
        await ask()
      },
      compare: async (compared) => {
        set({ busy: compared.withKeys ? 'keys' : 'compare', compared })
        await ask(compared.withKeys)
      },
      share: async () => {
        const answer = await bridge.call['tokens:share'](chosen())
        if (!answer.ok) set({ failure: answer.error })
        return answer.ok ? answer.value.leftOut : null
      },
      paste: async () => {
        set({ busy: 'paste' })
        const answer = await bridge.call['tokens:paste']({})
        set({ busy: null })
        if (answer.ok) await get().inspect(answer.value.text)
        else set({ failure: answer.error })
      },
      clear: () => set({ text: '', key: noKey, ...nothing }),
    }
  })
}

/** The task is kept with the tabs; a token and a key are not. */
export const bench = featureStore(({ bridge, unsaved }) => {
  const store = createBenchStore(bridge)
  const kept = (): BenchTask | undefined =>
    tasksKept.find((task) => task === unsaved.getState().forms[benchTaskForm])
  store.getState().show(kept() ?? 'read')
  store.subscribe(({ task }, before) => {
    if (task !== before.task)
      unsaved.getState().put(benchTaskForm, tasksKept.includes(task) ? task : undefined)
  })
  // Another room may ask for a task. None is kept of the others, which asks for nothing.
  unsaved.subscribe(({ forms }, before) => {
    const asked = kept()
    if (asked !== undefined && forms[benchTaskForm] !== before.forms[benchTaskForm])
      store.getState().show(asked)
  })
  return store
})

import { createStore } from 'zustand/vanilla'
import type { AppBridge } from '../../lib/bridge.ts'
import { featureStore } from '../../lib/workspace.ts'
import type { Around, OpenRequest, RequestsState } from './state.ts'
import { awaited } from './awaited.ts'
import { withPart } from './bodies.ts'
import { blankDraft, cleanDraft, draftOfExchange, sameDraft, titleOf } from './drafts.ts'
import { createFileTabs, fileOf, placeOf } from './collections/file-tabs.ts'
import { createFollow } from './follow.ts'
import { createSendThen } from './send-then.ts'
import { createHistory } from './list/history.ts'

/** A new request that nothing is known of. */
export const blank: OpenRequest = {
  name: '',
  draft: blankDraft,
  sendId: null,
  exchange: null,
  failure: null,
}

export function createRequestsStore(bridge: AppBridge, around: Around) {
  return createStore<RequestsState>()((set, get) => {
    function change(tabId: string, part: Partial<OpenRequest>): void {
      const before = get().open[tabId]
      if (!before) return
      const now = { ...before, ...part }
      set({ open: { ...get().open, [tabId]: now } })
      around.face(tabId, {
        title: titleOf(now.name, now.draft),
        method: now.draft.method,
        waitsUntil: now.waitsUntil,
        unsaved: now.saved !== undefined && !sameDraft(now.saved, now.draft),
      })
      const { name, draft, file, within, saved, exchange, bodies, auths } = now
      if (before.exchange !== null && before.exchange.id !== exchange?.id) release(before.exchange.id)
      around.keep(tabId, {
        from: 'kept',
        name,
        draft,
        file,
        within,
        saved,
        exchangeId: exchange?.id,
        bodies,
        auths,
      })
    }
    /** What the response's headers cover is held for as long as a tab shows it. */
    function release(id: string): void {
      if (!Object.values(get().open).some(({ exchange }) => exchange?.id === id))
        void bridge.call['exchanges:release']({ id })
    }
    /** What is chosen, for the user and in the collection that a tab's file is of. */
    async function environment(tabId: string): Promise<string> {
      const own = around.environmentId()
      const { file, within } = get().open[tabId] ?? {}
      const place = file ?? within
      const scope = place && (await bridge.call['collections:scope'](placeOf(place)))
      return JSON.stringify([own, scope?.ok === true && scope.value.environment])
    }
    const waits = createSendThen({ ...around, change, environment, send: (tabId) => get().send(tabId) })
    around.atEnd(waits.stopAll)
    const history = createHistory(bridge, set, get)
    function start(tabId: string, part: Partial<OpenRequest>): void {
      set({ open: { ...get().open, [tabId]: blank } })
      change(tabId, part)
    }

    bridge.on('requests:progress', ({ sendId, sent, total }) => {
      const found = Object.entries(get().open).find(([, each]) => each.sendId === sendId)
      if (!found) return
      const [tabId, request] = found
      const at = performance.now()
      const from = request.upload?.from ?? { at, sent }
      set({ open: { ...get().open, [tabId]: { ...request, upload: { sent, total, at, from } } } })
    })
    bridge.on('changed', ({ area }) => {
      if (area === 'collections') for (const tabId of Object.keys(get().open)) void get().look(tabId)
      if (area === 'exchanges') history.readSoon()
    })

    bridge.on('request:arriving', ({ sendId, exchange }) => {
      const tab = Object.entries(get().open).find(([, request]) => request.sendId === sendId)
      if (tab) change(tab[0], { exchange })
      else if (!awaited.has(sendId)) void bridge.call['exchanges:release']({ id: exchange.id })
    })

    return {
      loaded: false,
      naming: null,
      conflict: null,
      ...createFileTabs(bridge, set, get, change, around.pin),
      askName: (tabId) => set({ naming: tabId }),
      ...history.state,
      open: {},
      load: async () => {
        await history.read()
        set({ loaded: true })
      },
      begin: async (tabId, seed) => {
        if (get().open[tabId]) return
        switch (seed.from) {
          case 'blank':
            return start(tabId, { draft: blankDraft })
          case 'file': {
            const { name, draft } = seed.request
            return start(tabId, { name, file: fileOf(seed.request), saved: draft, draft })
          }
          case 'draft':
            start(tabId, { name: seed.name, draft: seed.draft, within: seed.within })
            return seed.send
              ? get().send(tabId, seed.sameTokenAs ? { sameTokenAs: seed.sameTokenAs } : undefined)
              : undefined
          case 'kept': {
            const { name, draft, file, within, saved, exchangeId, bodies, auths } = seed
            start(tabId, { name, draft, file, within, saved, bodies, auths })
            void get().look(tabId)
            if (exchangeId === undefined) return
            const answer = await bridge.call['exchanges:get']({ id: exchangeId })
            return answer.ok ? change(tabId, { exchange: answer.value }) : undefined
          }
          case 'exchange': {
            start(tabId, {})
            const answer = await bridge.call['exchanges:get']({ id: seed.exchangeId })
            if (!answer.ok) return change(tabId, { failure: answer.error })
            const draft = draftOfExchange(answer.value, around.accountIds())
            return change(tabId, { draft, exchange: answer.value })
          }
        }
      },
      change: (tabId, part) => {
        const before = get().open[tabId]
        if (!before) return
        around.pin(tabId)
        waits.stopWaiting(tabId)
        change(tabId, withPart(get().open[tabId] ?? before, part))
      },
      show: (tabId, shown) => {
        const before = get().open[tabId]
        if (before)
          set({ open: { ...get().open, [tabId]: { ...before, shown: { ...before.shown, ...shown } } } })
      },
      send: async (tabId, allowed) => {
        const before = get().open[tabId]
        if (!before || before.sendId !== null) return
        around.pin(tabId)
        waits.stopWaiting(tabId)
        const sendId = crypto.randomUUID()
        const draft = cleanDraft(before.draft)
        const place = before.file ?? before.within
        change(tabId, { sendId, failure: null, sent: draft, somebodyElse: undefined, upload: undefined })
        const answer = await bridge.call['requests:send']({
          sendId,
          draft,
          ...(place && { file: placeOf(place) }),
          ...allowed,
        })
        // The tab was closed, or something else was sent in the meantime.
        if (get().open[tabId]?.sendId !== sendId) {
          if (answer.ok) release(answer.value.id)
          return
        }
        change(
          tabId,
          answer.ok
            ? { sendId: null, exchange: answer.value }
            : { sendId: null, exchange: null, failure: answer.error },
        )
      },
      sendAt: waits.sendAt,
      stopWaiting: waits.stopWaiting,
      ...createFollow(bridge, around, get, change),
      cancel: async (tabId) => {
        const sendId = get().open[tabId]?.sendId
        if (sendId) await bridge.call['requests:cancel']({ sendId })
      },
      keepOnly: (tabIds) => {
        for (const tabId of Object.keys(get().open)) {
          if (tabIds.includes(tabId)) continue
          void get().cancel(tabId)
          waits.stopWaiting(tabId)
          const { [tabId]: closed, ...rest } = get().open
          set({ open: rest })
          if (closed?.exchange) release(closed.exchange.id)
        }
      },
    }
  })
}

export const requests = featureStore((workspace) => {
  const { bridge, tabs, directory, toasts, endings } = workspace
  const store = createRequestsStore(bridge, {
    face: (tabId, face) => tabs.getState().update(tabId, face),
    keep: (tabId, seed) => tabs.getState().keep(tabId, seed),
    pin: (tabId) => tabs.getState().pin(tabId),
    environmentId: () => directory.getState().environments.find(({ current }) => current)?.id,
    dropped: () =>
      toasts.getState().show('A waiting request was not sent because the environment was changed.'),
    atEnd: (stop) => void endings.add(stop),
    accountIds: () => directory.getState().accounts.map(({ id }) => id),
    signInFor: (wish) => directory.getState().signInFor(wish),
    cancelSignIn: (id) => directory.getState().cancelSignIn(id),
  })
  tabs.subscribe((state, before) => {
    const left = state.tabs.map(({ id }) => id)
    if (before.tabs.some(({ id }) => !left.includes(id))) store.getState().keepOnly(left)
  })
  return store
})

import { createStore } from 'zustand/vanilla'
import type { AppBridge } from '../../lib/bridge.ts'
import { featureStore } from '../../lib/workspace.ts'
import type { Around, OpenRequest, RequestsState } from './state.ts'
import { awaited } from './awaited.ts'
import { withPart } from './bodies.ts'
import { blankDraft, cleanDraft, copyName, draftOfExchange, sameDraft, titleOf } from './drafts.ts'
import { createFileTabs, fileOf, placeOf } from './collections/file-tabs.ts'
import { createFollow } from './follow.ts'
import { createSendThen } from './send-then.ts'
import { createHistory } from './list/history.ts'
import { partRows } from './list/saved-rows.ts'

const blank: OpenRequest = {
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
        accountId: now.draft.accountId,
        waitsUntil: now.waitsUntil,
        unsaved: now.saved !== undefined && !sameDraft(now.saved, now.draft),
      })
      const { name, draft, savedId, file, saved, exchange, bodies } = now
      if (before.exchange !== null && before.exchange.id !== exchange?.id) release(before.exchange.id)
      around.keep(tabId, {
        from: 'kept',
        name,
        draft,
        savedId,
        file,
        saved,
        exchangeId: exchange?.id,
        bodies,
      })
    }
    /** What the response's headers cover is held for as long as a tab shows it. */
    function release(id: string): void {
      if (!Object.values(get().open).some(({ exchange }) => exchange?.id === id))
        void bridge.call['exchanges:release']({ id })
    }
    const waits = createSendThen({ ...around, change, send: (tabId) => get().send(tabId) })
    around.atEnd(waits.stopAll)
    const history = createHistory(bridge, set, get)
    async function readSaved(): Promise<void> {
      const answer = await bridge.call['requests:list']({})
      if (answer.ok) set(partRows(answer.value))
    }
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
      if (area === 'requests') void readSaved()
      if (area === 'exchanges') history.readSoon(readSaved)
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
      ...createFileTabs(bridge, set, get, change),
      askName: (tabId) => set({ naming: tabId }),
      saved: [],
      unreadable: [],
      ...history.state,
      open: {},
      load: async () => {
        await Promise.all([readSaved(), history.read()])
        set({ loaded: true })
      },
      begin: async (tabId, seed) => {
        if (get().open[tabId]) return
        switch (seed.from) {
          case 'blank':
            return start(tabId, { draft: blankDraft })
          case 'saved': {
            const { id, name, draft } = seed.request
            return start(tabId, { name, savedId: id, saved: draft, draft })
          }
          case 'file': {
            const { name, draft } = seed.request
            return start(tabId, { name, file: fileOf(seed.request), saved: draft, draft })
          }
          case 'draft':
            start(tabId, { name: seed.name, draft: seed.draft })
            return seed.send
              ? get().send(tabId, seed.sameTokenAs ? { sameTokenAs: seed.sameTokenAs } : undefined)
              : undefined
          case 'kept': {
            const { name, draft, savedId, file, saved, exchangeId, bodies } = seed
            start(tabId, { name, draft, savedId, file, saved, bodies })
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
        change(tabId, { sendId, failure: null, sent: draft, somebodyElse: undefined, upload: undefined })
        const answer = await bridge.call['requests:send']({
          sendId,
          requestId: before.savedId,
          draft,
          ...(before.file && { file: placeOf(before.file) }),
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
      save: async (tabId, name) => {
        const request = get().open[tabId]
        if (!request) return null
        const draft = cleanDraft(request.draft)
        const { savedId, exchange } = request
        // What was sent with it already counts as its first sending.
        const exchangeId = savedId === undefined ? exchange?.id : undefined
        const answer = await bridge.call['requests:save']({ id: savedId, name, draft, exchangeId })
        if (!answer.ok) return answer.error
        around.pin(tabId)
        change(tabId, { name: answer.value.name, savedId: answer.value.id, saved: draft })
        await readSaved()
        return null
      },
      rename: async (savedId, name) => {
        const request = get().saved.find(({ id }) => id === savedId)
        if (!request) return null
        const answer = await bridge.call['requests:save']({ id: savedId, name, draft: request.draft })
        if (!answer.ok) return answer.error
        for (const [tabId, open] of Object.entries(get().open)) {
          if (open.savedId === savedId) change(tabId, { name: answer.value.name })
        }
        await readSaved()
        return null
      },
      duplicate: async (savedId) => {
        const request = get().saved.find(({ id }) => id === savedId)
        if (!request) return null
        const name = copyName(
          request.name,
          get().saved.map((one) => one.name),
        )
        const answer = await bridge.call['requests:save']({ name, draft: request.draft })
        if (!answer.ok) return answer.error
        await readSaved()
        return null
      },
      remove: async (savedId) => {
        const answer = await bridge.call['requests:remove']({ id: savedId })
        if (!answer.ok) return answer.error
        for (const [tabId, request] of Object.entries(get().open)) {
          if (request.savedId === savedId) change(tabId, { savedId: undefined, saved: undefined })
        }
        await readSaved()
        return null
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
      toasts.getState().show('A request that waited was not sent: the environment is another now.'),
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

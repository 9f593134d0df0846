import { contextBridge, ipcRenderer } from 'electron'
import { channelNames, pushNames } from '@calls/channels'
import type { ChannelName, PushName } from '@calls/channels'

// One function for each call of the contract and a way to listen to its pushes: the page is given neither
// ipcRenderer nor a function that takes a channel's name.

const call = Object.fromEntries(
  channelNames.map((name: ChannelName) => [name, (input: unknown) => ipcRenderer.invoke(name, input)]),
)

const known = new Set<string>(pushNames)

function on(name: PushName, listener: (payload: unknown) => void): () => void {
  if (!known.has(name)) throw new TypeError('no such push')
  const forward = (_event: unknown, payload: unknown): void => listener(payload)
  ipcRenderer.on(name, forward)
  return () => {
    ipcRenderer.removeListener(name, forward)
  }
}

contextBridge.exposeInMainWorld('bridge', Object.freeze({ call: Object.freeze(call), on }))

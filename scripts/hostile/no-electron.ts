/** Stands in for Electron where the router is tried without it. */
export type Listener = (event: unknown, input: unknown) => Promise<unknown>

export const listeners = new Map<string, Listener>()

export const ipcMain = {
  handle: (channel: string, listener: Listener): void => void listeners.set(channel, listener),
}

/** electron-store asks for it; nothing is saved here. */
export default { ipcMain }

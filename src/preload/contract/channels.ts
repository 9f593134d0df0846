/** The names of all calls, apart from their schemas so that the preload script stays small. */
export const channelNames = [
  'app:bootstrap',
  'app:set-theme',
  'playground:start',
  'playground:stop',
  'connections:list',
  'connections:discover',
  'connections:save',
  'connections:remove',
  'accounts:list',
  'accounts:get',
  'accounts:refresh',
  'accounts:remove',
  'sign-in:start',
  'sign-in:list',
  'sign-in:cancel',
  'sign-in:open-again',
  'sign-in:copy-url',
  'sign-in:paste',
  'tokens:inspect',
  'tokens:reveal',
  'tokens:copy',
  'requests:list',
  'requests:save',
  'requests:remove',
  'requests:send',
  'requests:cancel',
  'exchanges:list',
  'exchanges:get',
  'exchanges:body',
  'exchanges:remove',
] as const
export type ChannelName = (typeof channelNames)[number]

/** What the main process tells the page without being asked. */
export const pushNames = ['changed', 'sign-in:ended', 'playground:state', 'command'] as const
export type PushName = (typeof pushNames)[number]

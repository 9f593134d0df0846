import { AccountsList } from '../features/accounts/accounts-list.tsx'
import { FirstSteps } from '../features/accounts/first-steps.tsx'
import type { Room } from '../lib/rooms.ts'
import { part } from '../lib/part.ts'

/** The rooms' code: each comes when it is first needed. */
export const rooms = {
  accounts: () => import('../features/accounts/index.ts'),
  requests: () => import('../features/requests/index.ts'),
  'token-bench': () => import('../features/token-bench/index.ts'),
  flows: () => import('../features/flows/index.ts'),
  playground: () => import('../features/playground/index.ts'),
  settings: () => import('../features/settings/index.ts'),
} satisfies Record<Room, () => Promise<object>>

const accountPage = part(rooms.accounts, (room) => room.AccountPage)
const connectionPage = part(rooms.accounts, (room) => room.ConnectionPage)
const requestsList = part(rooms.requests, (room) => room.RequestsList)
const requestsHome = part(rooms.requests, (room) => room.RequestsHome)
const requestPage = part(rooms.requests, (room) => room.RequestPage)
const runPage = part(rooms.requests, (room) => room.RunPage)
const tokenBenchPage = part(rooms['token-bench'], (room) => room.TokenBenchPage)
const flowsList = part(rooms.flows, (room) => room.FlowsList)
const flowsHome = part(rooms.flows, (room) => room.FlowsHome)
const flowPage = part(rooms.flows, (room) => room.FlowPage)
const comparisonPage = part(rooms.flows, (room) => room.ComparisonPage)
const playgroundPage = part(rooms.playground, (room) => room.PlaygroundPage)
const settingsPage = part(rooms.settings, (room) => room.SettingsPage)

// The first picture: one file with the shell comes sooner than a dozen of its own.
export { AccountsList, FirstSteps }
export const AccountPage = accountPage.Part
export const ConnectionPage = connectionPage.Part
export const RequestsList = requestsList.Part
export const RequestsHome = requestsHome.Part
export const RequestPage = requestPage.Part
export const RunPage = runPage.Part
export const TokenBenchPage = tokenBenchPage.Part
export const FlowsList = flowsList.Part
export const FlowsHome = flowsHome.Part
export const FlowPage = flowPage.Part
export const ComparisonPage = comparisonPage.Part
export const PlaygroundPage = playgroundPage.Part
export const SettingsPage = settingsPage.Part

/** What is likely to be shown next. */
export async function fetchNextRoom(): Promise<void> {
  await Promise.all([accountPage.fetchPart(), connectionPage.fetchPart()])
  await Promise.all([requestsList.fetchPart(), requestsHome.fetchPart(), requestPage.fetchPart()])
}

import { createElement, useEffect, useState, type ComponentType } from 'react'

/** The rooms' code: each comes when it is first needed. */
export const rooms = {
  accounts: () => import('../features/accounts/index.ts'),
  requests: () => import('../features/requests/index.ts'),
  tokenBench: () => import('../features/token-bench/index.ts'),
  flows: () => import('../features/flows/index.ts'),
  playground: () => import('../features/playground/index.ts'),
  settings: () => import('../features/settings/index.ts'),
}

/** A component of a room, drawn as soon as its code is there. Not React.lazy: what Suspense has waited for
 *  appears only after a pause. */
const part = <Module, Props extends object>(
  load: () => Promise<Module>,
  pick: (module: Module) => ComponentType<Props>,
) => {
  let loaded: ComponentType<Props> | undefined
  const fetchPart = async (): Promise<ComponentType<Props>> => {
    loaded ??= pick(await load())
    return loaded
  }
  const Part = (props: Props) => {
    const [Shown, show] = useState(() => loaded)
    useEffect(() => {
      if (!Shown) void fetchPart().then((came) => show(() => came))
    }, [Shown])
    return Shown ? createElement(Shown, props) : null
  }
  return { Part, fetchPart }
}

const accountsList = part(rooms.accounts, (room) => room.AccountsList)
const firstSteps = part(rooms.accounts, (room) => room.FirstSteps)
const accountPage = part(rooms.accounts, (room) => room.AccountPage)
const connectionPage = part(rooms.accounts, (room) => room.ConnectionPage)
const requestsList = part(rooms.requests, (room) => room.RequestsList)
const requestsHome = part(rooms.requests, (room) => room.RequestsHome)
const requestPage = part(rooms.requests, (room) => room.RequestPage)
const tokenBenchPage = part(rooms.tokenBench, (room) => room.TokenBenchPage)
const flowsList = part(rooms.flows, (room) => room.FlowsList)
const flowsHome = part(rooms.flows, (room) => room.FlowsHome)
const flowPage = part(rooms.flows, (room) => room.FlowPage)
const comparisonPage = part(rooms.flows, (room) => room.ComparisonPage)
const playgroundPage = part(rooms.playground, (room) => room.PlaygroundPage)
const settingsPage = part(rooms.settings, (room) => room.SettingsPage)

export const AccountsList = accountsList.Part
export const FirstSteps = firstSteps.Part
export const AccountPage = accountPage.Part
export const ConnectionPage = connectionPage.Part
export const RequestsList = requestsList.Part
export const RequestsHome = requestsHome.Part
export const RequestPage = requestPage.Part
export const TokenBenchPage = tokenBenchPage.Part
export const FlowsList = flowsList.Part
export const FlowsHome = flowsHome.Part
export const FlowPage = flowPage.Part
export const ComparisonPage = comparisonPage.Part
export const PlaygroundPage = playgroundPage.Part
export const SettingsPage = settingsPage.Part

/** What the first picture shows. */
export const fetchFirstRoom = async (): Promise<void> => {
  await Promise.all([
    accountsList.fetchPart(),
    firstSteps.fetchPart(),
    accountPage.fetchPart(),
    connectionPage.fetchPart(),
  ])
}

/** What is likely to be shown next. */
export const fetchNextRoom = async (): Promise<void> => {
  await Promise.all([requestsList.fetchPart(), requestsHome.fetchPart(), requestPage.fetchPart()])
}

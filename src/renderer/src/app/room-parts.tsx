import {
  ArrowLeftRight,
  FlaskConical,
  ScanText,
  Settings,
  UserRound,
  Workflow,
  type LucideIcon,
} from 'lucide-react'
import type { ComponentType } from 'react'
import type { Room, SingleRoom } from '../lib/rooms.ts'
import { AccountsList, FirstSteps, FlowsHome, FlowsList, RequestsHome, RequestsList } from './rooms.ts'

export const roomIcons = {
  requests: ArrowLeftRight,
  accounts: UserRound,
  'token-bench': ScanText,
  flows: Workflow,
  playground: FlaskConical,
  settings: Settings,
} satisfies Record<Room, LucideIcon>

/** The list beside a room's tabs and the page without any; a room of one tab has neither. */
export const roomParts: Record<Exclude<Room, SingleRoom>, { List: ComponentType; Home: ComponentType }> = {
  requests: { List: RequestsList, Home: RequestsHome },
  accounts: { List: AccountsList, Home: FirstSteps },
  flows: { List: FlowsList, Home: FlowsHome },
}

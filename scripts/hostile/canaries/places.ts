import type { Alphabet } from './canary.ts'
import { furtherPlaces } from './further-places.ts'
import { oauthPlaces } from './oauth-places.ts'
import { requestPlaces } from './request-places.ts'
import type { World } from './world.ts'

/** Where a secret can be put by a user or a server, and how. `round` counts up, so that names can take turns. */
export interface Place {
  alphabet: Alphabet
  /** Nothing says that it is a secret: it may be where this program keeps what servers said, as it was said. */
  unknown?: true
  plant: (world: World, canary: string, round: number) => Promise<unknown>
}

/** Every place, by what it is called. */
export const places: Record<string, Place> = { ...requestPlaces, ...oauthPlaces, ...furtherPlaces }

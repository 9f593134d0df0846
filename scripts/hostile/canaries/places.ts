import type { Alphabet } from './canary.ts'
import { folderPlaces } from './folder-places.ts'
import { furtherPlaces } from './further-places.ts'
import { keptPlaces } from './kept-places.ts'
import { longPlaces } from './long-places.ts'
import { oauthPlaces } from './oauth-places.ts'
import { requestPlaces } from './request-places.ts'
import { sendingPlaces } from './sending-places.ts'
import type { World } from './world.ts'

/** Where a secret can be put by a user or a server, and how. `round` counts up, so that names can take turns. */
export interface Place {
  alphabet: Alphabet
  /** Nothing says that it is a secret, and a server said it: exports of what was said have it. */
  unknown?: true
  /** It makes a vault that lasts, or needs one. */
  needsVault?: true
  plant: (world: World, canary: string, round: number) => Promise<unknown>
}

/** Every place, by what it is called. */
export const places: Record<string, Place> = {
  ...requestPlaces,
  ...oauthPlaces,
  ...furtherPlaces,
  ...keptPlaces,
  ...sendingPlaces,
  ...folderPlaces,
  ...longPlaces,
}

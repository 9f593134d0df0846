import type { CallHandlers } from '@calls/calls'
import type { FirstPictureChannel } from '@calls/channels'
import type { FirstPicture } from '../../core/app/desk/first-picture.ts'

/** What answers the calls of the first picture. */
export function createFirstHandlers(first: FirstPicture): Pick<CallHandlers, FirstPictureChannel> {
  return {
    'app:bootstrap': () => first.bootstrap(),
    'connections:list': () => first.connections(),
    'accounts:list': () => first.accounts(),
    'environments:list': () => first.environments(),
    'page:kept': () => first.keptPage.read(),
  }
}

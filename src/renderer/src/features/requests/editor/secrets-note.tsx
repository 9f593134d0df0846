import type { CollectionRequest } from '@contract/collections.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import css from './secrets-note.module.css'

interface Props {
  /** How those of a request's file are kept. */
  kept: CollectionRequest['secrets']
}

/** What becomes of the secret values of a saved request, where that is not what one would expect. */
export function SecretsNote({ kept }: Props) {
  const { tabs } = useWorkspace()
  if (kept === undefined || kept === 'vault') return null
  if (kept === 'withheld')
    return (
      <div className={css.note}>
        <Notice
          tone="warn"
          title="Its secret values were entered for another server"
          next="Enter them again if this server may have them, then save."
        >
          The file’s address was changed elsewhere. They are empty here and not sent.
        </Notice>
      </div>
    )
  return (
    <div className={css.note}>
      {kept === 'memory' ? (
        <Notice
          title="Its secret values are only in memory"
          actions={
            <Button small onClick={() => tabs.getState().showSettings('vault')}>
              Set a password
            </Button>
          }
        >
          Secrets cannot be protected on this disk, so Authorization, cookies, keys and the like are lost when
          Gatehouse closes. The rest of the request is kept.
        </Notice>
      ) : (
        <Notice tone="warn" title="Its secret values are not available" next="Enter them again, then save.">
          They were only in memory, or the vault cannot open them. They are empty here.
        </Notice>
      )}
    </div>
  )
}

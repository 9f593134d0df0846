import type { Failure } from '@contract/result.ts'
import type { SchemeState, SchemeTest } from '@contract/scheme.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

interface Props {
  state: SchemeState | null
  tested: SchemeTest | null
  failure: Failure | null
  busy: 'repair' | 'test' | null
  repair: () => Promise<void>
  test: () => Promise<void>
}

/** Whether the system hands the app's scheme to it, with the ways to repair and to test that. */
export function SchemeNotice({ state, tested, failure, busy, repair, test }: Props) {
  return (
    <>
      {state && (
        <Notice
          tone={state.registered === true ? 'ok' : 'warn'}
          title={title(state)}
          next={state.next}
          actions={
            <>
              {state.registered !== true && (
                <Button look="primary" disabled={busy !== null} onClick={() => void repair()}>
                  Repair
                </Button>
              )}
              <Button disabled={busy !== null} onClick={() => void test()}>
                {busy === 'test' ? 'Testing…' : 'Test'}
              </Button>
            </>
          }
        >
          {state.says}
        </Notice>
      )}
      {tested && (
        <Notice
          tone={tested.worked ? 'ok' : 'bad'}
          title={tested.worked ? 'The test worked' : 'The test did not return'}
          next={tested.next}
        >
          {tested.says}
        </Notice>
      )}
      {failure && (
        <Notice tone="bad" title={failure.message} next={failure.next}>
          {null}
        </Notice>
      )}
    </>
  )
}

function title({ registered }: SchemeState): string {
  return registered === true
    ? 'Redirects reach Gatehouse'
    : registered === 'other'
      ? 'Redirects go to another program'
      : 'Redirects do not reach Gatehouse'
}

import { useEffect, useState } from 'react'

/** Whether the user has come back to the window since this was first shown. */
export function useReturned(): boolean {
  const [returned, setReturned] = useState(false)
  useEffect(() => {
    function come(): void {
      if (!document.hidden) setReturned(true)
    }
    window.addEventListener('focus', come)
    document.addEventListener('visibilitychange', come)
    return () => {
      window.removeEventListener('focus', come)
      document.removeEventListener('visibilitychange', come)
    }
  }, [])
  return returned
}

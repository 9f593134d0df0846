import { startTransition, useEffect, useState } from 'react'

/** Rows that are drawn beyond those in view. */
const around = 10

/** How many rows are drawn beyond those in view: none before these are there, which are the first to be shown. */
export function useOverscan(hasRows: boolean): number {
  const [overscan, setOverscan] = useState(0)
  useEffect(() => {
    if (hasRows) startTransition(() => setOverscan(around))
  }, [hasRows])
  return overscan
}

import type { SavedRequest, SavedRow, UnreadableRequest } from '@contract/requests.ts'

/** Saved requests, and apart from them those of which nothing but the name can be read. */
export interface SavedRows {
  saved: SavedRequest[]
  unreadable: UnreadableRequest[]
}

export function partRows(rows: readonly SavedRow[]): SavedRows {
  return {
    saved: rows.flatMap((row) => ('unreadable' in row ? [] : row)),
    unreadable: rows.flatMap((row) => ('unreadable' in row ? row : [])),
  }
}

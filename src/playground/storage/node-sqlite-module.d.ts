/** What is used of Node's own SQLite; the types of the oldest supported Node do not have it. */
declare module 'node:sqlite' {
  type Value = string | number | null | Uint8Array
  class StatementSync {
    run(...values: (Value | Record<string, Value>)[]): { changes: number | bigint }
    get(...values: (Value | Record<string, Value>)[]): unknown
    all(...values: (Value | Record<string, Value>)[]): unknown[]
  }
  export class DatabaseSync {
    constructor(file: string, options?: { timeout?: number })
    readonly isOpen: boolean
    exec(sql: string): void
    prepare(sql: string): StatementSync
    close(): void
  }
}

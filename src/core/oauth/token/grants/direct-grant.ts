import type { LibraryCall } from '../../client/library-call.ts'

/** A grant that is asked for without a browser: how it is asked, with what a connection asks for in any case (scope,
 *  resources, audience, ...) as `parameters`. */
export interface DirectGrantWay<Input> {
  ask: (call: LibraryCall, parameters: URLSearchParams, input: Input) => Promise<unknown>
}

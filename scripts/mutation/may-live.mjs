// @ts-check
/**
 * Faults that no test could find or none should, each with the reason. `at` is the line where the fault begins,
 * without its indentation, so that an entry follows its code; one that fits nothing any more is reported.
 * @type {{ file: string, at: string, original: string, fault: string, why: string }[]}
 */
export const mayLive = []

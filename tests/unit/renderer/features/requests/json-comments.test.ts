import { describe, expect, it } from 'vitest'
import { formatJson, jsonProblem } from '../../../../../src/renderer/src/features/requests/json-comments.ts'

describe('JSON with comments', () => {
  it('is right where it is once they are off, with places as they are seen', () => {
    expect(jsonProblem('{ // one\n "a": "x // y", /* two\n */ "b": {{n}} }')).toBeNull()
    expect(jsonProblem('{ /* a\n b */ "c" 1 }')).toMatch(/^line 2, column 11/)
    expect(jsonProblem('{ "a": 1 } /* open')).toBeNull()
    expect(jsonProblem('')).toBeNull()
  })

  it('is formatted with its comments where they are, and its numbers as they were written', async () => {
    expect(await formatJson('{"a":1.0,// why\n"b":[1e400]}')).toBe(
      '{\n  "a": 1.0, // why\n  "b": [\n    1e400\n  ]\n}',
    )
  })
})

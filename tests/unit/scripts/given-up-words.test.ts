import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { givenUp, wordsGivenUp } from '../../../scripts/check/given-up-words.mjs'

const found = (text: string, file?: string) => wordsGivenUp(text, file).map(({ found: words }) => words)

describe('words given up', () => {
  it.each([
    'The response stands here',
    'where the rule\n *  stands',
    'as it stood before',
    'The keys can not be fetched',
    'Somebody else signed in',
    'The token runs out soon',
    'The saved request goes for good',
    'Sign in once more',
    'the same to the letter',
    '>Keep it<',
    '>In all<',
    'Nothing is called that.',
    'Call an API as someone',
    'It names no end',
    'Bearable for testing',
    'The client for itself',
    'User name',
    'E-mail address',
    'so that nobody notices',
    'The log-out did not come back',
    'the set-up',
    'Own scheme',
    'For an odd provider',
    'drops it without a word',
    'Enter it by hand.',
    'This name is there twice.',
    'The file is no JSON.',
    'Judged as',
    'reached directly unless you say otherwise',
  ])('are found in %s', (text) => {
    expect(found(text)).toHaveLength(1)
  })

  it.each([
    'A placeholder stands for the token',
    'A placeholder stands\n *  for the token',
    'Stands in for an address',
    'a stand-in for the keyring',
    'Leave this empty to keep it.',
    'in all forms',
    'Everything expires',
    "on('log-out:ended')",
    './log-out.ts',
    'There is no token to pin.',
    'an odd number',
  ])('are not found in %s', (text) => {
    expect(found(text)).toEqual([])
  })

  it('names line and better word', () => {
    expect(wordsGivenUp('one\ntwo can not')).toEqual([{ line: 2, found: 'can not', instead: 'cannot' }])
  })

  it('leaves an API its own words where they are read', () => {
    expect(found('ran out', 'src/core/diagnosis/by-time.ts')).toEqual([])
    expect(found('ran out', 'src/core/diagnosis/help.ts')).toEqual(['ran out'])
  })

  it('excepts only files that need it', () => {
    for (const { except = [] } of givenUp)
      for (const file of except) expect(found(readFileSync(file, 'utf8'), 'elsewhere'), file).not.toEqual([])
  })
})

import { expect, it } from 'vitest'
import { withValues } from '../../../../src/renderer/src/features/requests/names.ts'

const staging = {
  name: 'staging',
  variables: [
    { name: 'host', secret: false, value: 'https://api.example' },
    { name: 'key', secret: true },
  ],
}

it('tells what each name is worth once, and never a secret', () => {
  expect(withValues('{{host}}/{{ key }}/{{host}}/{{other}}', staging).split('\n').slice(1)).toEqual([
    '{{host}}: https://api.example',
    '{{key}}: secret',
    '{{other}}: not a variable of staging',
  ])
  expect(withValues('https://api.example', staging)).toBe('https://api.example')
  expect(withValues('{{host}}', undefined)).toContain('not a variable')
})

import { expect, it } from 'vitest'
import { scopeBridge } from '../../../../src/renderer/src/lib/scope-bridge.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'

it('hears nothing after it was released, and leaves other listeners alone', () => {
  const fake = createFakeBridge()
  const heard: string[] = []
  const scoped = scopeBridge(fake.bridge)
  scoped.bridge.on('command', ({ name }) => heard.push(`scoped ${name}`))
  const stop = scoped.bridge.on('command', ({ name }) => heard.push(`stopped ${name}`))
  fake.bridge.on('command', ({ name }) => heard.push(`other ${name}`))
  stop()
  fake.push('command', { name: 'one' })
  scoped.release()
  fake.push('command', { name: 'two' })
  expect(heard).toEqual(['scoped one', 'other one', 'other two'])
})

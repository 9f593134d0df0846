import { describe, expect, it } from 'vitest'
import { editingItems } from '../../../../src/main/window/editing-items.ts'

const editFlags = {
  canUndo: false,
  canRedo: false,
  canCut: false,
  canCopy: true,
  canPaste: true,
  canSelectAll: true,
}
const roles = (place: { isEditable: boolean; selectionText: string }) =>
  editingItems({ ...place, editFlags }).flatMap(({ role, enabled }) => (role ? [[role, enabled]] : []))

describe('the menu of the second mouse button', () => {
  it('edits in a field, as far as the field allows', () => {
    expect(roles({ isEditable: true, selectionText: '' })).toEqual([
      ['undo', false],
      ['redo', false],
      ['cut', false],
      ['copy', true],
      ['paste', true],
      ['selectAll', true],
    ])
  })
  it('copies what is selected elsewhere, and offers nothing where nothing is', () => {
    expect(roles({ isEditable: false, selectionText: 'alice' })).toEqual([['copy', true]])
    expect(roles({ isEditable: false, selectionText: ' ' })).toEqual([])
  })
})

import { expect, test } from 'vitest'
import { countInvited, type InvitedRow, treeOf } from './invited-tree.ts'

const row = (id: string, invitedBy: string, given: number): InvitedRow => ({
  id,
  name: id,
  invitedBy,
  isAccepted: true,
  given,
})

test('who invited whom is a tree, and each branch counts what it brought', () => {
  const tree = treeOf([row('a', 'me', 2), row('b', 'me', 0), row('c', 'a', 3), row('d', 'c', 4)], 'me')
  expect(tree.map(({ id, brought }) => [id, brought])).toEqual([
    ['a', 7],
    ['b', 0],
  ])
  expect(tree[0]?.invited[0]?.invited.map(({ id }) => id)).toEqual(['d'])
  expect(countInvited(tree)).toEqual({ people: 4, given: 9 })
  expect(treeOf([], 'me')).toEqual([])
})

import { expect, test } from 'vitest'
import { createBareDatabase } from '../../test/support/database.ts'
import { connect } from './connect.ts'
import { checkVersion, explainConnection } from './server-checks.ts'

test('a server older than needed is refused with both versions', async () => {
  const { ownerUrl, drop } = await createBareDatabase()
  const sql = connect(ownerUrl, { max: 1 })
  await checkVersion(sql, 'DATABASE_URL')
  await expect(checkVersion(sql, 'DATABASE_URL', 99)).rejects.toThrow(
    /^The database at 127\.0\.0\.1:\d+\/bare_\w+ is PostgreSQL 18: Twiza needs 99 or newer\.$/,
  )
  await sql.end()
  await drop()
})

test('a bug is not explained away as a failure to connect', () => {
  const bug = new TypeError('undefined is not a function')
  expect(explainConnection(bug, 'DATABASE_URL')).toBe(bug)
})

import { readConfig } from '../config.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { listCollectives } from '../db/directory.ts'
import { type Checked, checkCollective } from '../ledger/check.ts'
import { openInstallation } from '../main.ts'
import type { Command } from './command.ts'
import { step } from './progress.ts'

/** Recomputes every order, coupon and account from their records; also beside a running Twiza. */
export const checkCommand: Command = {
  summary: 'recompute every order, coupon and account, and name each violation',
  async run(_words, environment) {
    const config = readConfig(environment)
    const { database } = await step('Starting the database', () => openInstallation(config))
    try {
      return await printCheck(openDatabase(database.sql), console.log)
    } finally {
      await database.close()
    }
  },
}

/** Checks every collective, prints each violation and the totals, and answers the exit code. */
export async function printCheck(db: Database, print: (line: string) => void): Promise<0 | 1> {
  const totals = { orders: 0, coupons: 0, transfers: 0, violations: 0 }
  for (const collective of await listCollectives(db)) {
    const checked = await checkCollective(db.of(collective.id))
    for (const { sentence } of checked.violations) print(`${collective.slug}: ${sentence}`)
    addTo(totals, checked)
  }
  const { orders, coupons, transfers, violations } = totals
  const verdict =
    violations === 0 ? 'no violation' : `${violations} ${violations === 1 ? 'violation' : 'violations'}`
  print(`${orders} orders, ${coupons} coupons, ${transfers} transfers checked: ${verdict}`)
  return violations === 0 ? 0 : 1
}

function addTo(
  totals: Record<'orders' | 'coupons' | 'transfers' | 'violations', number>,
  checked: Checked,
): void {
  totals.orders += checked.orders
  totals.coupons += checked.coupons
  totals.transfers += checked.transfers
  totals.violations += checked.violations.length
}

import { readConfig } from '../config.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { listCollectives } from '../db/directory.ts'
import { type Checked, checkCollective } from '../ledger/check.ts'
import { startConfiguredDatabase } from '../main.ts'
import { loadSecret } from '../secret.ts'
import type { Command } from './command.ts'
import { step } from './progress.ts'

/** Recomputes every order, coupon and account from their records; also beside a running Twiza. */
export const checkCommand: Command = {
  summary: 'recompute every order, coupon and account, and name each violation',
  async run(_words, environment) {
    const config = readConfig(environment)
    const secret = await loadSecret(config)
    const started = await step('Starting the database', () => startConfiguredDatabase(config, secret, true))
    try {
      return await printCheck(openDatabase(started.sql), console.log)
    } finally {
      await started.close()
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

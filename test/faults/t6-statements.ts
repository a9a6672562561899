import { newId } from '../../src/domain/id.ts'
import type { SeededRandom } from '../support/random.ts'

/** Real rows for statements to aim at: only the wished change is wrong, never the address. */
export interface Targets {
  readonly collective: string
  readonly campaign: string
  readonly goal: number
  readonly bank: string
  readonly fund: string
  /** An account of another campaign of the same collective. */
  readonly foreign: string
  /** A transfer from `fund` to `bank` of `amount`, corrected already. */
  readonly corrected: string
  readonly plain: string
  readonly amount: bigint
  readonly order: string
  readonly payment: string
}

type Make = (dice: SeededRandom, at: Targets) => string

const MAX = 2n ** 53n

/** Every kind of statement that the database must refuse to the application's login, by a name. */
export const REFUSED: Record<string, Make> = {
  zero: (_dice, at) => transfer(at, { amount: 0n }),
  negative: (dice, at) => transfer(at, { amount: -big(dice) - 1n }),
  too_large: (dice, at) => transfer(at, { amount: MAX + big(dice) }),
  far_too_large: (dice, at) => transfer(at, { amount: 2n ** 63n + big(dice) }),
  unbalanced_one_side: (dice, at) => transfer(at, dice.below(2) ? { debit: null } : { credit: null }),
  unbalanced_account: (dice, at) => {
    const [side, other] = dice.shuffled(['debits_minor', 'credits_minor'])
    return `update account set ${side} = ${side} + ${1 + dice.below(1000)}, ${other} = 0 where id = '${at.bank}'`
  },
  account_with_totals: (dice, at) =>
    `insert into account (collective_id, id, campaign_id, kind, currency, credits_minor)
      values ('${at.collective}', '${newId()}', '${at.campaign}', 'overflow', 'MAD', ${dice.below(1000)})`,
  to_itself: (dice, at) => {
    const account = dice.pick([at.bank, at.fund])
    return transfer(at, { debit: account, credit: account })
  },
  wrong_currency: (dice, at) => transfer(at, { currency: dice.pick(['EUR', 'USD', 'XOF', 'mad', 'MA', '']) }),
  account_in_other_currency: (dice, at) =>
    `insert into account (collective_id, id, campaign_id, kind, currency)
      values ('${at.collective}', '${newId()}', '${at.campaign}', 'overflow', '${dice.pick(['EUR', 'TND'])}')`,
  other_campaign: (dice, at) => transfer(at, dice.below(2) ? { debit: at.foreign } : { credit: at.foreign }),
  unknown_account: (dice, at) => transfer(at, dice.below(2) ? { debit: newId() } : { credit: newId() }),
  other_tenant: (_dice, at) => transfer(at, { collective: newId() }),
  second_correction: (_dice, at) => correction(at, { reverses: at.corrected }),
  crooked_correction: (dice, at) =>
    correction(at, { reverses: at.plain, amount: at.amount + 1n + BigInt(dice.below(9)) }),
  correction_same_way: (_dice, at) => correction(at, { reverses: at.plain, debit: at.bank, credit: at.fund }),
  correction_of_nothing: (_dice, at) => transfer(at, { kind: 'correction' }),
  second_money_of_a_payment: (_dice, at) => transfer(at, { kind: 'given', payment: at.payment }),
  unknown_kind: (_dice, at) => transfer(at, { kind: 'gift' }),
  change: (dice, at) =>
    dice.pick([
      `update transfer set amount_minor = ${1 + dice.below(99)}`,
      `update transfer set day = '2026-01-01' where id = '${at.plain}'`,
      `update event set kind = 'nothing'`,
      `update event set at = now() where order_id = '${at.order}'`,
      `update provider_event set outcome = 'declined'`,
      `update payment set amount_minor = 1 where id = '${at.payment}'`,
      `update payment set order_id = '${newId()}' where id = '${at.payment}'`,
      `update payment set status = 'started', ended_at = null where id = '${at.payment}'`,
      `update refund set amount_minor = 1`,
      `update account set kind = 'fund' where id = '${at.bank}'`,
      `update account set currency = 'EUR'`,
    ]),
  delete: (dice) => `delete from ${dice.pick(LASTING)}`,
  truncate: (dice) => `truncate ${dice.pick(LASTING)}${dice.pick(['', ' cascade', ' restart identity'])}`,
  coupon_insert: (dice, at) =>
    `insert into coupon (collective_id, campaign_id, number, goal)
      values ('${at.collective}', '${at.campaign}', ${dice.pick([0, -1, at.goal + 1, 1])}, ${at.goal})`,
  coupon_number: (dice, at) =>
    `update coupon set number = ${dice.pick([0, at.goal + 1])} where number = ${1 + dice.below(at.goal)}`,
  coupon_owner: (_dice, at) => `update coupon set order_id = '${newId()}' where order_id = '${at.order}'`,
  coupon_given_back: (dice, at) =>
    `update coupon set state = '${dice.pick(['available', 'reserved', 'allotted'])}', order_id = null, given_on = null
      where order_id = '${at.order}'`,
  coupon_day: (_dice, at) => `update coupon set given_on = '2020-01-01' where order_id = '${at.order}'`,
  order_back: (dice, at) =>
    `update "order" set status = '${dice.pick(['reserved', 'expired', 'cancelled'])}', ended_at = now()
      where id = '${at.order}'`,
  order_terms: (dice, at) =>
    `update "order" set ${dice.pick(['quantity', 'amount_minor', 'price_minor'])} = ${1 + dice.below(9)}
      where id = '${at.order}'`,
  order_born_paid: (_dice, at) =>
    `insert into "order" select collective_id, '${newId()}', campaign_id, quantity, price_minor, currency, amount_minor,
      method, 'paid', key, null, name, anonymous, email, phone, lang, word, null, null, null, consent_at, created_at,
      expires_at, paid_at, null from "order" where id = '${at.order}'`,
  counters: (dice) =>
    `update campaign set ${dice.pick(['available', 'sold', 'reserved', 'banked', 'void', 'position'])} = ${dice.below(99)}`,
  terms: (dice) => `update campaign set ${dice.pick(['price_minor', 'goal'])} = ${1 + dice.below(99)}`,
  tally: () => 'update ambassador_tally set given = given + 1',
  schema: (dice) =>
    dice.pick([
      `alter table ${dice.pick(LASTING)} add column extra text`,
      `alter table transfer drop constraint transfer_amount_minor_check`,
      `alter table ${dice.pick(LASTING)} disable trigger all`,
      `drop table ${dice.pick(LASTING)} cascade`,
      `drop trigger transfer_is_immutable on transfer`,
      `drop function refuse_change() cascade`,
      `create table extra_${dice.below(1000)} (id integer)`,
      `create function extra() returns integer language sql as 'select 1'`,
      `create schema extra_${dice.below(1000)}`,
      `create or replace function refuse_change() returns trigger language plpgsql as 'begin return null; end'`,
      `alter table ${dice.pick(LASTING)} owner to current_user`,
      `create index extra on transfer (day)`,
    ]),
  powers: (dice) =>
    dice.pick([
      'set session_replication_role = replica',
      'set role twiza_owner',
      'alter role current_user superuser',
      'create role extra',
      'alter system set fsync = off',
      `copy transfer to program 'true'`,
      `select pg_read_file('postgresql.conf')`,
    ]),
  borrowed_trigger: (dice) => {
    const borrowed = dice.pick(['coupon_counts_inserted', 'transfer_moves_balances', 'event_takes_position'])
    return `create temporary table mine (collective_id uuid, campaign_id uuid, state text);
      create trigger mine after insert on mine referencing new table as changed
        for each statement execute function ${borrowed}()`
  },
}

/** What only grows. */
const LASTING = [
  'transfer',
  'event',
  'coupon',
  'account',
  '"order"',
  'payment',
  'provider_event',
  'campaign',
  'refund',
]

interface Wanted {
  collective: string
  debit: string | null
  credit: string | null
  amount: bigint
  currency: string
  kind: string
  payment: string | null
  reverses: string | null
}

function transfer(at: Targets, wanted: Partial<Wanted>): string {
  const { collective, debit, credit, amount, currency, kind, payment, reverses } = {
    collective: at.collective,
    debit: at.bank,
    credit: at.fund,
    amount: 100n,
    currency: 'MAD',
    kind: 'given',
    payment: null,
    reverses: null,
    ...wanted,
  }
  return `insert into transfer (collective_id, id, campaign_id, debit_account_id, credit_account_id, amount_minor, currency,
      kind, payment_id, reverses_id, day, posted_at, posted_by)
    values ('${collective}', '${newId()}', '${at.campaign}', ${text(debit)}, ${text(credit)}, ${amount}, '${currency}',
      '${kind}', ${text(payment)}, ${text(reverses)}, '2026-11-10', now(), 'nobody')`
}

/** A correction as it should be, but for what is wished otherwise. */
function correction(at: Targets, wanted: Partial<Wanted>): string {
  return transfer(at, { kind: 'correction', debit: at.fund, credit: at.bank, amount: at.amount, ...wanted })
}

function text(value: string | null): string {
  return value === null ? 'null' : `'${value}'`
}

function big(dice: SeededRandom): bigint {
  return BigInt(dice.below(2 ** 31)) * BigInt(1 + dice.below(1000))
}

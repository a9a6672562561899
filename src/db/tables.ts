import type { ColumnType, Generated } from 'kysely'
import type { CouponState } from '../domain/coupon.ts'
import type { Lang, LocalizedText } from '../domain/lang.ts'
import type { RefundReason } from '../domain/refund.ts'
import type { CouponCustody, CustodyTenantTables } from './tables-custody.ts'
import type { PeopleSharedTables, PeopleTenantTables } from './tables-people.ts'

/** Row types of the tables in `migrations/`. Days are 'YYYY-MM-DD', amounts bigint minor units. */
type Day = ColumnType<string, string, string>
type Json<T> = ColumnType<T, string, string>
type Counter = ColumnType<number, never, never>

export interface CollectiveTable {
  id: string
  number: Generated<number>
  slug: string
  name: Json<LocalizedText>
  city: Json<LocalizedText>
  time_zone: string
  currency: string
  langs: string[]
  cash_limit_minor: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
  created_at: Date
}

interface OfTenant {
  collective_id: string
}

interface Association extends OfTenant {
  id: string
  legal_name: Json<LocalizedText>
  account_number: string
  bank_name: string | null
  authorisation_number: string
  authority: string | null
  authorised_from: Day
  authorised_until: Day
  created_at: Date
}

interface Campaign extends OfTenant {
  id: string
  association_id: string
  slug: string
  price_minor: bigint
  currency: string
  goal: number
  first_day: Day
  last_day: Day
  created_at: Date
  scheduled_at: ColumnType<Date | null, never, never>
  closed_at: Date | null
  delivered_at: Date | null
  available: Counter
  allotted: Counter
  reserved: Counter
  sold: Counter
  void: Counter
  banked: Counter
  in_hand: Counter
  position: ColumnType<bigint, never, never>
}

/** Written by triggers only: it moves with whatever the public sees of a collective, but counters. */
interface CollectiveRevision extends OfTenant {
  revision: ColumnType<bigint, never, never>
}

interface Dream extends OfTenant {
  campaign_id: string
  lang: string
  title: string
  summary: string
  story: string
}

interface Ambassador extends OfTenant {
  id: string
  slug: string
  name: string
  first_words: ColumnType<LocalizedText, string | undefined, string>
  phone: string | null
  email: string | null
  invited_by: string | null
  person_id: ColumnType<string | null, string | null | undefined, string | null>
  lang: Generated<Lang>
  proposed_at: Date
  accepted_at: Date | null
  paused_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  thanked_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  ended_at: Date | null
  on_wall: Generated<boolean>
}

interface Update extends OfTenant {
  id: string
  campaign_id: string
  title: Json<LocalizedText>
  body: Json<LocalizedText>
  published_at: Date
}

interface Wish extends OfTenant {
  id: string
  campaign_id: string
  email: string | null
  phone: string | null
  lang: string
  created_at: Date
}

interface Event extends OfTenant {
  id: string
  campaign_id: string | null
  position: ColumnType<bigint | null, never, never>
  kind: string
  at: Date
  actor: string
  order_id: string | null
  data: ColumnType<Record<string, unknown>, string | undefined, never>
}

interface Order extends OfTenant {
  id: string
  campaign_id: string
  quantity: number
  price_minor: bigint
  currency: string
  amount_minor: bigint
  method: 'card' | 'transfer' | 'cash'
  status: 'reserved' | 'paid' | 'expired' | 'cancelled' | 'refunded'
  key: string
  reference: string | null
  name: string | null
  anonymous: boolean
  email: string | null
  phone: string | null
  lang: string
  word: string | null
  word_allowed_at: Date | null
  word_hidden_at: Date | null
  ambassador_id: string | null
  consent_at: Date
  created_at: Date
  expires_at: Date
  paid_at: Date | null
  ended_at: Date | null
}

interface Coupon extends OfTenant, CouponCustody {
  campaign_id: string
  number: number
  goal: number
  state: CouponState
  order_id: string | null
  given_on: Day | null
  banked_on: Day | null
}

interface AmbassadorTally extends OfTenant {
  campaign_id: string
  ambassador_id: string
  given: number
}

interface Account extends OfTenant {
  id: string
  campaign_id: string
  kind: string
  holder: string
  currency: string
  debits_minor: ColumnType<bigint, never, never>
  credits_minor: ColumnType<bigint, never, never>
}

interface Payment extends OfTenant {
  id: string
  order_id: string
  provider: string
  attempt: number
  amount_minor: bigint
  currency: string
  status: 'started' | 'declined' | 'paid'
  created_at: Date
  ended_at: Date | null
}

interface ProviderEvent extends OfTenant {
  provider: string
  event_id: string
  payment_id: string
  outcome: string
  received_at: Date
}

interface Refund extends OfTenant {
  id: string
  payment_id: string
  amount_minor: bigint
  currency: string
  reason: RefundReason
  created_at: Date
  done_at: Date | null
  done_by: string | null
}

interface Transfer extends OfTenant {
  id: string
  campaign_id: string
  debit_account_id: string
  credit_account_id: string
  amount_minor: bigint
  currency: string
  kind: string
  order_id: string | null
  payment_id: string | null
  reverses_id: string | null
  day: Day
  posted_at: Date
  posted_by: string
}

interface Spending extends OfTenant {
  id: string
  campaign_id: string
  transfer_id: string
  purpose: Json<LocalizedText>
  spent_on: Day
}

interface SandboxSession extends OfTenant {
  payment_id: string
  amount_minor: bigint
  currency: string
  return_url: string
  lang: string
  status: 'open' | 'paid' | 'declined' | 'abandoned'
}

interface SandboxCallback extends OfTenant {
  id: string
  payment_id: string
  body: string
  forged: Generated<boolean>
  due_at: Date
  sent_at: Date | null
  tries: Generated<number>
}

/** Tables whose every row belongs to one collective: reached only through `Tenant`. */
export interface TenantTables extends PeopleTenantTables, CustodyTenantTables {
  association: Association
  campaign: Campaign
  collective_revision: CollectiveRevision
  dream: Dream
  ambassador: Ambassador
  update: Update
  wish: Wish
  event: Event
  order: Order
  coupon: Coupon
  ambassador_tally: AmbassadorTally
  account: Account
  payment: Payment
  provider_event: ProviderEvent
  refund: Refund
  transfer: Transfer
  spending: Spending
  sandbox_session: SandboxSession
  sandbox_callback: SandboxCallback
}

interface SetupLink {
  token_hash: string
  created_at: Date
  used_at: Date | null
}

/** Tables of the installation itself. */
export interface SharedTables extends PeopleSharedTables {
  collective: CollectiveTable
  setup_link: SetupLink
}

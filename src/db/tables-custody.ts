import type { ColumnType, Generated } from 'kysely'

/** Row types of `migrations/0009-custody.sql` and `0010-cash.sql`: numbers and cash in the hands of ambassadors. */
interface OfTenant {
  collective_id: string
}

interface Device extends OfTenant {
  id: string
  ambassador_id: string
  name: string
  public_key: string
  created_at: Date
  last_seen_at: Date
  last_sequence: Generated<number>
  last_hash: Generated<string>
  revoked_at: ColumnType<Date | null, never, Date>
  revoked_by: ColumnType<string | null, never, string>
  quarantined_at: ColumnType<Date | null, never, Date>
}

interface Block extends OfTenant {
  id: string
  campaign_id: string
  ambassador_id: string
  kind: 'booklet' | 'phone'
  device_id: string | null
  first: number
  last: number
  status: 'allotted' | 'accepted' | 'returned' | 'lost' | 'closed'
  created_at: Date
}

interface BlockStep extends OfTenant {
  id: string
  block_id: string
  kind: 'allotted' | 'accepted' | 'printed' | 'returned' | 'lost' | 'closed'
  at: Date
  actor: string
  with_whom: string
  numbers: ColumnType<number[], number[] | undefined, never>
}

/** What became of a sale when it came in; all but `stored` wait for the treasurer. */
export type SaleOutcome =
  | 'stored'
  | 'number_not_in_block'
  | 'number_taken'
  | 'number_void'
  | 'campaign_closed'
  | 'device_revoked'
  | 'chain_gap'
  | 'exists_with_different_content'

interface Sale extends OfTenant {
  id: string
  campaign_id: string
  ambassador_id: string
  block_id: string | null
  device_id: string | null
  sequence: number | null
  numbers: number[]
  amount_minor: bigint
  currency: string
  given_at: Date
  received_at: Date
  payload: string | null
  payload_hash: string
  signature: string | null
  outcome: SaleOutcome
  repeats_id: string | null
  order_id: string | null
  contributor: ColumnType<Record<string, unknown> | null, string | null, string | null>
  is_posted: boolean
  banked_on: ColumnType<string | null, string | null | undefined, string>
  resolved_at: ColumnType<Date | null, never, Date>
  resolved_by: ColumnType<string | null, never, string>
  resolution: ColumnType<
    'numbers_given' | 'given_back' | 'accepted' | 'refused' | null,
    never,
    'numbers_given' | 'given_back' | 'accepted' | 'refused'
  >
}

interface Remittance extends OfTenant {
  id: string
  campaign_id: string
  ambassador_id: string
  amount_minor: bigint
  currency: string
  way: 'hand' | 'deposit' | 'transfer'
  note: string | null
  declared_as: 'ambassador' | 'treasurer'
  declared_by: string
  declared_at: Date
  status: 'declared' | 'disputed' | 'confirmed' | 'withdrawn'
  decided_by: ColumnType<string | null, never, string>
  decided_at: ColumnType<Date | null, never, Date>
  counted_minor: ColumnType<bigint | null, never, bigint | null>
  reason: ColumnType<string | null, never, string | null>
}

interface RemittanceSale extends OfTenant {
  remittance_id: string
  sale_id: string
  is_open: Generated<boolean>
}

interface RemittanceLine extends OfTenant {
  id: string
  remittance_id: string
  kind: 'short' | 'surplus'
  amount_minor: bigint
  reason: string
}

interface RemittanceSlip extends OfTenant {
  remittance_id: string
  image: Uint8Array
}

interface Thanks extends OfTenant {
  order_id: string
  ambassador_id: string
  thanked_at: Date
}

/** What custody adds to a coupon and to a campaign. */
export interface CouponCustody {
  block_id: ColumnType<string | null, never, string | null>
  /** Its money came as cash into the hands of an ambassador. */
  cash: ColumnType<boolean, never, boolean>
}

export interface CustodyTenantTables {
  device: Device
  block: Block
  block_step: BlockStep
  sale: Sale
  remittance: Remittance
  remittance_sale: RemittanceSale
  remittance_line: RemittanceLine
  remittance_slip: RemittanceSlip
  thanks: Thanks
}

import type { Lang } from '../domain/lang.ts'

/** Who took the coupons, as the ambassador wrote it down. */
export interface SaleContributor {
  readonly name: string | null
  readonly anonymous: boolean
  readonly email: string | null
  readonly phone: string | null
  readonly lang: Lang
  readonly word: string | null
}

/** What an ambassador says was given for cash; its shape is checked already. The id is made by the client. */
export interface SaleClaim {
  readonly id: string
  readonly campaignId: string
  readonly ambassadorId: string
  readonly blockId: string | null
  /** Null, online only: the lowest free numbers of the block, or of the campaign when there is no block either. */
  readonly numbers: readonly number[] | null
  readonly quantity: number
  readonly amountMinor: bigint
  /** By the clock of whoever gave them. */
  readonly givenAt: Date
  readonly contributor: SaleContributor
  /** The signed record of a phone, its signature verified by the caller. */
  readonly device?: SaleRecord
}

export interface SaleRecord {
  readonly id: string
  readonly sequence: number
  /** The exact JSON text that was signed. */
  readonly payload: string
  readonly payloadHash: string
  readonly signature: string
}

/** A sale that a person has to decide on. It is kept, whatever is decided. */
export const SALE_CONFLICTS = [
  'number_not_in_block',
  'number_taken',
  'number_void',
  'campaign_closed',
  'device_revoked',
  'chain_gap',
  'exists_with_different_content',
] as const
export type SaleConflict = (typeof SALE_CONFLICTS)[number]

/** Why nothing was kept of a sale. Of an honest phone only what never was in its hands is refused. */
export type SaleRefusal =
  | 'campaign_unknown'
  | 'ambassador_unknown'
  | 'device_unknown'
  | 'amount_invalid'
  | 'numbers_invalid'
  /** Online only. */
  | 'exists_with_different_content'
  | 'ambassador_not_active'
  | 'campaign_not_live'
  | 'block_unknown'
  | 'only_n_left'
  | 'cash_limit'

export interface SaleOrder {
  readonly orderId: string
  /** The key in the address of the order's page. */
  readonly key: string
  readonly numbers: readonly number[]
}

export type SaleAnswer =
  | ({ readonly ok: true; readonly status: 'stored' | 'already_stored' } & SaleOrder)
  /** Kept, and waiting for the treasurer. */
  | { readonly ok: true; readonly status: SaleConflict; readonly orderId: null; readonly key: null }
  | {
      readonly ok: false
      readonly status: SaleRefusal
      /** With `only_n_left`: coupons. */
      readonly remaining?: number
      /** With `cash_limit`. */
      readonly limitMinor?: bigint
      readonly inHandMinor?: bigint
    }

import type { z } from 'zod'
import { wishSchema } from '../orders/wish-schema.ts'
import { APP_OPERATIONS, type AppOperationId } from './app-operations.ts'
import { appStateSchema, blockAnswerSchema, deviceAnswerSchema, salesAnswerSchema } from './app-schemas.ts'
import type { OperationOf, Parameter } from './operation.ts'
import { campaignListSchema, campaignSchema, couponSchema, healthSchema, orderSchema } from './schemas.ts'

export type Operation = OperationOf<OperationId, SchemaName | 'event-stream'>

export type OperationId =
  | 'listCampaigns'
  | 'readCampaign'
  | 'placeOrder'
  | 'readOrder'
  | 'readCoupon'
  | 'followCampaign'
  | 'health'
  | 'readiness'
  | AppOperationId

export const ANSWER_SCHEMAS = {
  CampaignList: campaignListSchema,
  Campaign: campaignSchema,
  Order: orderSchema,
  Coupon: couponSchema,
  Health: healthSchema,
  AppState: appStateSchema,
  Device: deviceAnswerSchema,
  Block: blockAnswerSchema,
  SalesAnswer: salesAnswerSchema,
} as const satisfies Record<string, z.ZodType>

export type SchemaName = keyof typeof ANSWER_SCHEMAS

const SLUG = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }
const OF_CAMPAIGN: readonly Parameter[] = [
  { name: 'collective', in: 'path', required: true, schema: SLUG },
  { name: 'campaign', in: 'path', required: true, schema: SLUG },
]

export const OPERATIONS: readonly Operation[] = [
  {
    id: 'listCampaigns',
    method: 'get',
    path: '/api/v1/campaigns',
    parameters: [],
    answers: { 200: 'CampaignList' },
    problems: [],
  },
  {
    id: 'readCampaign',
    method: 'get',
    path: '/api/v1/campaigns/{collective}/{campaign}',
    parameters: OF_CAMPAIGN,
    answers: { 200: 'Campaign' },
    problems: ['campaign_unknown'],
  },
  {
    id: 'placeOrder',
    method: 'post',
    path: '/api/v1/campaigns/{collective}/{campaign}/orders',
    parameters: OF_CAMPAIGN,
    body: {
      name: 'Wish',
      schema: wishSchema,
      example: {
        id: '01890a5d-ac96-774b-bcce-b302099a8057',
        quantity: 2,
        method: 'card',
        name: 'Nadia',
        consent: true,
      },
    },
    answers: { 201: 'Order', 200: 'Order' },
    problems: [
      'json_unreadable',
      'campaign_unknown',
      'exists_with_different_campaign',
      'exists_with_different_method',
      'exists_with_different_quantity',
      'exists_with_different_ambassador',
      'exists_with_different_contributor',
      'campaign_not_live',
      'method_unavailable',
      'sold_out',
      'only_n_left',
      'body_too_large',
      'content_type_unsupported',
      'invalid',
      'overloaded',
    ],
  },
  {
    id: 'readOrder',
    method: 'get',
    path: '/api/v1/orders/{id}',
    parameters: [
      { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
      { name: 'key', in: 'query', required: true, schema: { type: 'string' } },
    ],
    answers: { 200: 'Order' },
    problems: ['order_unknown'],
  },
  {
    id: 'readCoupon',
    method: 'get',
    path: '/api/v1/campaigns/{collective}/{campaign}/coupons/{number}',
    parameters: [
      ...OF_CAMPAIGN,
      { name: 'number', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } },
    ],
    answers: { 200: 'Coupon' },
    problems: ['campaign_unknown', 'coupon_unknown'],
  },
  {
    id: 'followCampaign',
    method: 'get',
    path: '/api/v1/campaigns/{collective}/{campaign}/events',
    parameters: [
      ...OF_CAMPAIGN,
      { name: 'Last-Event-ID', in: 'header', required: false, schema: { type: 'string' } },
    ],
    answers: { 200: 'event-stream' },
    problems: ['campaign_unknown'],
  },
  {
    id: 'health',
    method: 'get',
    path: '/healthz',
    parameters: [],
    answers: { 200: 'Health' },
    problems: [],
  },
  {
    id: 'readiness',
    method: 'get',
    path: '/readyz',
    parameters: [],
    answers: { 200: 'Health' },
    problems: ['database_unavailable'],
  },
  ...APP_OPERATIONS,
]

/** The address of the document itself. */
export const DOCUMENT_PATH = '/api/v1/openapi.json'

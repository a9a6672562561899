import { blockBodySchema, deviceBodySchema, revocationBodySchema, salesSchema } from './app-schemas.ts'
import type { OperationOf } from './operation.ts'

export type AppOperationId = 'readAppState' | 'addDevice' | 'revokeDevice' | 'takeBlock' | 'sendSales'

type AppAnswer = 'AppState' | 'Device' | 'Block' | 'SalesAnswer'

const ID = '01890a5d-ac96-774b-bcce-b302099a8057'
const READING = ['json_unreadable', 'body_too_large', 'content_type_unsupported', 'invalid'] as const

/** What the app of ambassadors asks. */
export const APP_OPERATIONS: readonly OperationOf<AppOperationId, AppAnswer>[] = [
  {
    id: 'readAppState',
    method: 'get',
    path: '/api/v1/app/state',
    parameters: [{ name: 'collective', in: 'query', required: true, schema: { type: 'string' } }],
    answers: { 200: 'AppState' },
    problems: ['sign_in_needed', 'not_found'],
  },
  {
    id: 'addDevice',
    method: 'post',
    path: '/api/v1/app/devices',
    parameters: [],
    body: {
      name: 'NewDevice',
      schema: deviceBodySchema,
      example: {
        collectiveId: ID,
        id: ID,
        name: 'Amina',
        publicKey: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE...',
      },
    },
    answers: { 201: 'Device', 200: 'Device' },
    problems: [...READING, 'sign_in_needed', 'not_found', 'exists_with_different_content'],
  },
  {
    id: 'revokeDevice',
    method: 'post',
    path: '/api/v1/app/devices/{id}/revocation',
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
    body: { name: 'Revocation', schema: revocationBodySchema, example: { collectiveId: ID } },
    answers: { 200: 'Device' },
    problems: [...READING, 'sign_in_needed', 'not_found', 'device_unknown'],
  },
  {
    id: 'takeBlock',
    method: 'post',
    path: '/api/v1/app/blocks',
    parameters: [],
    body: {
      name: 'NewBlock',
      schema: blockBodySchema,
      example: { collectiveId: ID, campaignId: ID, id: ID, deviceId: ID, size: 20 },
    },
    answers: { 201: 'Block', 200: 'Block' },
    problems: [
      ...READING,
      'sign_in_needed',
      'not_found',
      'campaign_unknown',
      'ambassador_unknown',
      'device_unknown',
      'campaign_not_open',
      'ambassador_not_active',
      'device_revoked',
      'block_open',
      'no_run_free',
      'exists_with_different_content',
    ],
  },
  {
    id: 'sendSales',
    method: 'post',
    path: '/api/v1/app/sales',
    parameters: [],
    body: {
      name: 'Sales',
      schema: salesSchema,
      example: {
        collectiveId: ID,
        deviceId: ID,
        sales: [
          {
            id: ID,
            payload: '{"v":1,"id":"...","sequence":1,"previous":"","numbers":[981,982]}',
            signature: 'MEUCIQ...',
            contributor: { name: 'Nadia', anonymous: false, email: '', phone: '', lang: 'ar', word: '' },
          },
        ],
      },
    },
    answers: { 200: 'SalesAnswer' },
    problems: [...READING, 'device_unknown'],
  },
]

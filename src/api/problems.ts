import type { Context } from 'hono'
import type { Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { preferredLang } from '../web/accept-language.ts'
import { type FieldProblem, type Problem, problemResponse } from '../web/problem.ts'

/** Every refusal of the API by name, with its HTTP status. Its sentence is `api.problem_NAME`. */
export const PROBLEMS = {
  sign_in_needed: 401,
  not_found: 404,
  campaign_unknown: 404,
  coupon_unknown: 404,
  order_unknown: 404,
  ambassador_unknown: 404,
  device_unknown: 404,
  method_not_allowed: 405,
  content_type_unsupported: 415,
  body_too_large: 413,
  json_unreadable: 400,
  invalid: 422,
  campaign_not_live: 409,
  campaign_not_open: 409,
  ambassador_not_active: 409,
  device_revoked: 409,
  block_open: 409,
  no_run_free: 409,
  exists_with_different_content: 409,
  method_unavailable: 409,
  sold_out: 409,
  only_n_left: 409,
  exists_with_different_campaign: 409,
  exists_with_different_method: 409,
  exists_with_different_quantity: 409,
  exists_with_different_ambassador: 409,
  exists_with_different_contributor: 409,
  overloaded: 503,
  database_unavailable: 503,
} as const satisfies Record<string, Problem['status']>

export type ProblemName = keyof typeof PROBLEMS

/** What a program most likely reads when it names no language. */
const PROGRAMS_LANG: Lang = 'en'
const RETRY_AFTER_S = 5

/** Refuses by name, with a sentence in the language of the request. */
export function refuse(
  c: Context,
  code: ProblemName,
  more: { readonly errors?: readonly FieldProblem[]; readonly remaining?: number } = {},
): Response {
  const { errors, remaining } = more
  const status = PROBLEMS[code]
  const lang = problemLang(c)
  c.header('Content-Language', lang)
  c.header('Vary', 'Accept-Language', { append: true })
  if (status === 503) c.header('Retry-After', String(RETRY_AFTER_S))
  const title = translator(lang)(`api.problem_${code}`, remaining === undefined ? {} : { n: remaining })
  return problemResponse(c, {
    status,
    code,
    title,
    errors,
    ...(remaining === undefined ? {} : { more: { remaining } }),
  })
}

export function problemLang(c: Context): Lang {
  return preferredLang(c.req.header('Accept-Language'), PROGRAMS_LANG)
}

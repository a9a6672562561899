import type { Context } from 'hono'
import type { z } from 'zod'
import { fieldProblems } from './field-problems.ts'
import { problemLang, refuse } from './problems.ts'
import { readJson } from './read-json.ts'

/** A body by its schema, or the refusal to answer with; each error's text is the name of its rule. */
export async function readBody<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
): Promise<{ ok: true; value: z.output<Schema> } | { ok: false; refusal: Response }> {
  const json = await readJson(c)
  if (!json.ok) return { ok: false, refusal: refuse(c, json.status) }
  const read = schema.safeParse(json.value)
  if (read.success) return { ok: true, value: read.data }
  const wrong = read.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((field) => ({ field, code: 'unknown_field' as const }))
      : [{ field: issue.path.join('.') || 'body', code: issue.message }],
  )
  return { ok: false, refusal: refuseFields(c, wrong) }
}

export function refuseFields(c: Context, wrong: readonly { field: string; code: string }[]): Response {
  return refuse(c, 'invalid', { errors: fieldProblems(wrong, problemLang(c)) })
}

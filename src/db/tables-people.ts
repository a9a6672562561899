import type { ColumnType, Generated } from 'kysely'
import type { Lang, LocalizedText } from '../domain/lang.ts'

/** Row types of `migrations/0008-people.sql`: who acts for a collective, how they come in, what mail goes out. */
type Json<T> = ColumnType<T, string, string>

interface OfTenant {
  collective_id: string
}

interface Person {
  id: string
  name: string
  email: string
  email_verified: boolean
  image: string | null
  lang: Generated<Lang>
  created_at: Date
  updated_at: Date
}

/** Who acts for which collective: asked across collectives, by whoever has just signed in. */
interface Member extends OfTenant {
  person_id: string
  role: 'organiser' | 'treasurer' | 'reviewer'
  since: Date
  ended_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}

interface Administrator {
  person_id: string
  since: Date
}

/** Written by the sign-in library, but for `passkey_at`. */
interface Session {
  id: string
  person_id: string
  token: string
  expires_at: Date
  ip_address: string | null
  user_agent: string | null
  created_at: Date
  updated_at: Date
  passkey_at: Date | null
}

interface Passkey {
  id: string
  person_id: string
  name: string | null
  public_key: string
  credential_id: string
  counter: bigint
  device_type: string
  backed_up: boolean
  transports: string | null
  aaguid: string | null
  created_at: Date
}

interface SignInRequest {
  id: string
  person_id: string
  browser_hash: string
  link_hash: string
  code_hash: string
  tries: Generated<number>
  created_at: Date
  expires_at: Date
  used_at: ColumnType<Date | null, never, Date | null>
}

interface Mail {
  id: string
  template: string
  lang: Lang
  to_address: string | null
  data: ColumnType<Record<string, unknown> | null, string, null>
  created_at: Date
  due_at: Date
  tries: Generated<number>
  sent_at: ColumnType<Date | null, never, Date | null>
  gave_up_at: ColumnType<Date | null, never, Date | null>
  last_error: ColumnType<string | null, never, string | null>
}

interface AmbassadorStep extends OfTenant {
  id: string
  ambassador_id: string
  kind:
    | 'proposed'
    | 'invited'
    | 'joined'
    | 'accepted'
    | 'declined'
    | 'charter_accepted'
    | 'paused'
    | 'resumed'
    | 'thanked'
    | 'ended'
  at: Date
  actor: string
}

interface Charter extends OfTenant {
  version: number
  texts: Json<LocalizedText>
  published_at: Date
  published_by: string
}

interface CharterAcceptance extends OfTenant {
  ambassador_id: string
  version: number
  lang: Lang
  text_hash: string
  accepted_at: Date
}

interface Pledge extends OfTenant {
  campaign_id: string
  ambassador_id: string
  goal: number | null
  words: ColumnType<LocalizedText, string | undefined, string>
  changed_at: Date
}

interface Invitation extends OfTenant {
  id: string
  role: 'organiser' | 'treasurer' | 'reviewer' | 'ambassador'
  token_hash: string
  name: string | null
  email: string | null
  phone: string | null
  lang: Lang
  invited_by_person: string
  invited_by: string | null
  ambassador_id: string | null
  created_at: Date
  expires_at: Date
  taken_at: ColumnType<Date | null, never, Date | null>
  taken_by: ColumnType<string | null, never, string | null>
  revoked_at: ColumnType<Date | null, never, Date | null>
}

export interface PeopleTenantTables {
  ambassador_step: AmbassadorStep
  charter: Charter
  charter_acceptance: CharterAcceptance
  pledge: Pledge
  invitation: Invitation
}

export interface PeopleSharedTables {
  person: Person
  member: Member
  administrator: Administrator
  session: Session
  passkey: Passkey
  sign_in_request: SignInRequest
  mail: Mail
}

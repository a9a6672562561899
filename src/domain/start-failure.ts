/** Why Twiza could not start, as a name. */
export type StartFailureCode =
  | 'setting_unknown'
  | 'setting_invalid'
  | 'secret_missing'
  | 'secret_too_short'
  | 'port_taken'
  | 'address_refused'
  | 'data_folder_not_writable'
  | 'data_folder_in_use'
  | 'no_installation'
  | 'database_unreachable'
  | 'database_too_old'
  | 'database_refused'
  | 'migration_changed'
  | 'migration_failed'
  | 'database_newer'
  | 'too_many_processes'
  | 'no_citus'
  | 'worker_ended'
  | 'time_zones_too_old'
  | 'stopped'

/** A start that cannot succeed. The message is one whole sentence in English for the operator. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure'

  constructor(
    readonly code: StartFailureCode,
    sentence: string,
  ) {
    super(sentence)
  }
}

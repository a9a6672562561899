/** One setting of the environment. `name` is the variable, `byDefault` is said to people. */
export interface Setting {
  readonly name: string
  readonly byDefault: string
  readonly description: string
}

/** Every setting there is, in the order of the manual. `config.ts` checks the values. */
export const SETTINGS = [
  {
    name: 'DATABASE_URL',
    byDefault: 'the embedded PostgreSQL in DATA_DIR',
    description:
      'Your own PostgreSQL 15 or newer, as postgres://login:password@host:port/database. The login owns the tables; with CREATEROLE it also makes the login of the application.',
  },
  {
    name: 'DATABASE_APP_URL',
    byDefault: 'a login that Twiza makes itself',
    description:
      'A ready-made login of the same database for the application: a member of the role twiza_app, not a superuser. Only for a DATABASE_URL whose login may not make roles.',
  },
  {
    name: 'DATABASE_READ_URL',
    byDefault: 'everything is read from DATABASE_URL',
    description:
      'A streaming standby of DATABASE_URL, one host, from which public pages are read when it is up to date. The login in it is not used: the application has the same one everywhere.',
  },
  {
    name: 'DATA_DIR',
    byDefault: 'data',
    description: 'The folder of the embedded database and of the generated secret. Back it up.',
  },
  {
    name: 'PORT',
    byDefault: '3000',
    description: 'The port to listen on; 0 takes any free port.',
  },
  {
    name: 'HOST',
    byDefault: '127.0.0.1',
    description:
      'The address to listen on. The default is for a reverse proxy on the same machine; 0.0.0.0 is for a container.',
  },
  {
    name: 'PUBLIC_URL',
    byDefault: 'http://localhost:PORT',
    description: 'Where people reach Twiza, for example https://twiza.example.org, without a path.',
  },
  {
    name: 'TWIZA_SECRET',
    byDefault: 'generated into DATA_DIR/secret with the embedded database',
    description:
      'At least 32 characters from which all keys are derived; needed with DATABASE_URL, the same for every process. Whoever knows it can act for anybody.',
  },
  {
    name: 'TWIZA_CARD_PROVIDER',
    byDefault: 'none',
    description: 'How cards are paid: none, or sandbox for tries without real money.',
  },
  {
    name: 'TWIZA_CARD_MINUTES',
    byDefault: '15',
    description: 'Minutes (1 to 1440) for which coupons stay reserved for a payment by card.',
  },
  {
    name: 'TWIZA_TRANSFER_DAYS',
    byDefault: '5',
    description: 'Days (1 to 30) for which coupons stay reserved for a bank transfer.',
  },
  {
    name: 'TWIZA_SMTP_URL',
    byDefault: 'no mail goes out',
    description:
      'The mail server, as smtps://login:password@host:465 or smtp://login:password@host:587?requireTLS=true. Needs TWIZA_MAIL_FROM.',
  },
  {
    name: 'TWIZA_MAIL_FROM',
    byDefault: 'no mail goes out',
    description: 'The address that mail comes from, for example twiza@example.org. Needs TWIZA_SMTP_URL.',
  },
] as const satisfies readonly Setting[]

export type SettingName = (typeof SETTINGS)[number]['name']

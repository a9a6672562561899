import { readConfig } from '../config.ts'
import { openDatabase } from '../db/database.ts'
import { normaliseEmail } from '../domain/email.ts'
import { openInstallation } from '../main.ts'
import { SIGN_IN_LINK_S, signInWith } from '../people/auth.ts'
import { createSignInLink } from '../people/sign-in-link.ts'
import { derivedKey } from '../secret.ts'
import type { Command } from './command.ts'
import { step } from './progress.ts'

/** Prints a one-time link for an organiser; also beside a running Twiza. */
export const signInCommand: Command = {
  summary: 'print a one-time sign-in link for the organiser with this email',
  async run([typed = ''], environment) {
    const email = normaliseEmail(typed)
    if (!email.ok) {
      console.error('Whose link? npm run twiza -- sign-in salma@example.org')
      return 1
    }
    const config = readConfig(environment)
    const { secret, database } = await step('Starting the database', () => openInstallation(config))
    try {
      const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`
      const db = openDatabase(database.sql)
      const signIn = signInWith({ db, key: derivedKey(secret, 'sign-in'), publicUrl })
      const link = await createSignInLink({ signIn, publicUrl }, email.email)
      if (link === undefined) {
        console.error(`Nobody here signs in as ${email.email}.`)
        return 1
      }
      console.log(`Works once, within ${SIGN_IN_LINK_S / 60} minutes: ${link}`)
      return 0
    } finally {
      await database.close()
    }
  },
}

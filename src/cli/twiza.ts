import { nearestName } from '../domain/nearest-name.ts'
import { checkCommand } from './check.ts'
import type { Command } from './command.ts'
import { databaseCommand } from './database.ts'
import { demoCommand } from './demo.ts'
import { explain } from './failure.ts'
import { migrateCommand } from './migrate.ts'
import { signInCommand } from './sign-in.ts'
import { startCommand } from './start.ts'

/** Every command there is, in the order of the list. */
const COMMANDS: Record<string, Command> = {
  start: startCommand,
  demo: demoCommand,
  migrate: migrateCommand,
  check: checkCommand,
  'sign-in': signInCommand,
  database: databaseCommand,
  help: {
    summary: 'list the commands',
    async run() {
      console.log(listed())
      return 0
    },
  },
}

process.exit(await runCommand(process.argv.slice(2)))

async function runCommand([first = 'help', ...words]: readonly string[]): Promise<number> {
  const name = isHelp(first) ? 'help' : first
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) {
    console.error(
      `There is no command ${name}; did you mean ${nearestName(name, Object.keys(COMMANDS))}?\n${listed()}`,
    )
    return 1
  }
  if (words.some(isHelp)) {
    console.log(command.help ?? `npm run twiza -- ${name}   ${command.summary}`)
    return 0
  }
  try {
    return await command.run(words, process.env)
  } catch (error) {
    console.error(explain(error))
    return 1
  }
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h'
}

function listed(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length))
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return `Commands (npm run twiza -- COMMAND, with --help for more of one):\n${lines.join('\n')}`
}

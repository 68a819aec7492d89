import type { SameKeys } from '../shape.ts'
import type { app as zh } from '../zh-CN/app.ts'

export const app = {
  app: {
    name: 'Datong',
    skip: 'Skip to content',
    menu: 'Main menu',
    trail: 'You are here',
    version: 'Datong {{version}}',
    synthetic: 'Demonstration (synthetic data): every person, enterprise and address is made up.',
    language: 'Change language',
    'other-language': '中文',
    theme: { light: 'Use the light theme', dark: 'Use the dark theme' },
    'not-found': 'There is no such page',
    'not-found-why': 'The address may be wrong, or a newer run no longer has this.',
    'to-home': 'Back to home',
  },
  session: {
    needed: 'Sign in first',
    how: 'This console is entered with a one-time link, printed in the terminal where the server was started:',
    'step-terminal':
      'Find the link that starts with http and holds /sign-in in that terminal, and open it in the browser.',
    'step-restart': 'If the link has been used or is older than ten minutes, restart the server for a new one:',
    'step-ask': 'If somebody else started the server, ask them for a link.',
    why: 'A session lasts twelve hours; then a new link is needed.',
    retry: 'I have signed in, try again',
    'sign-out': 'Sign out',
  },
  state: {
    loading: 'Loading',
    stale: 'Updating failed; what follows was read at {{time}}.',
    forbidden: 'You may not see this',
    'forbidden-how': 'Tell the data sharing authority what you need it for and apply for the right.',
    code: 'code',
    request: 'request',
    retry: 'Try again',
    'no-connection': 'The server cannot be reached. Check that it is running, then try again.',
    unexpected:
      'Something unexpected happened. Try again; if it stays, give the code and the request to your administrator.',
    'no-run': 'Nothing has been governed yet',
    'no-run-why': "Run npx datong serve <folder> on a folder of departments' data; the result appears here.",
  },
  list: { shown: '{{shown}} shown', 'shown-of': '{{shown}} of {{total}} shown', more: 'Load more' },
  chart: { table: 'View data table', picture: 'View chart' },
  figure: { 'not-applicable': 'not applicable', 'not-applicable-short': 'n/a' },
  palette: {
    open: 'Search',
    title: 'Search and go',
    hint: 'Resource, item, enterprise, credit code…',
    hits: 'Results',
    nothing: 'Nothing found',
    pages: 'Pages',
    resources: 'Data resources',
    entities: 'Entities',
  },
} as const satisfies SameKeys<typeof zh>

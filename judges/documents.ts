import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { signedIn } from '../test/support/plans.ts'
import { governedCity, withServer } from './fixture.ts'
import { type Judge, mustRefuse, type Verdict } from './judge.ts'
import { askPython, here } from './tools.ts'

interface Errors {
  readonly results: readonly string[][]
  readonly openapi: readonly string[][]
  readonly pages: readonly string[][]
}
type Json = Record<string, unknown>

/** result.json against the published schema, the description a running server gives of itself, and the pages we write. */
export const documents: Judge = {
  name: 'documents',
  program: 'jsonschema 4.26.0, openapi-spec-validator 0.9.0, html5lib 1.1',
  async run() {
    const { out } = await governedCity()
    const schema = JSON.parse(readFileSync(here('../schema/result-1.json'), 'utf8')) as Json
    const result = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')) as Json
    const report = readFileSync(join(out, 'report.html'), 'utf8')
    const { openapi, signIn } = await withServer(async (link) => ({
      openapi: (await (await signedIn(link))('/openapi.json')) as Json,
      signIn: await (await fetch(link)).text(),
    }))
    const errors = await askPython<Errors>('documents.py', {
      schema,
      results: [result, { ...result, totals: { ...(result['totals'] as Json), rows: 'many' } }],
      openapi: [openapi, { ...openapi, info: { title: 7 } }],
      pages: [report, signIn, report.replace('</main>', '</p></main>')],
    })
    return verdicts(errors, `${Object.keys(openapi['paths'] as Json).length} addresses`)
  },
}

function verdicts({ results, openapi, pages }: Errors, addresses: string): Verdict[] {
  return [
    { judged: 'result.json against schema/result-1.json (JSON Schema 2020-12)', against: results[0]! },
    mustRefuse('a result', results[1]!.length > 0),
    { judged: `the OpenAPI 3.1 description of a running server: ${addresses}`, against: openapi[0]! },
    mustRefuse('an OpenAPI description', openapi[1]!.length > 0),
    { judged: 'report.html', against: pages[0]! },
    { judged: 'the sign-in page', against: pages[1]! },
    mustRefuse('a page', pages[2]!.length > 0),
  ]
}

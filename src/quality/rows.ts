import type { Watch } from '../core/index.ts'
import type { LakeTable, Session } from '../engine/index.ts'
import type { FailingRow } from './contract.ts'
import type { Rule } from './rule.ts'
import { checkDataset } from './run.ts'

/** The failing records of one rule, judged anew: `limit` records from `offset`, masked where sensitive. */
export async function failingRows(
  session: Session,
  table: LakeTable,
  rule: Rule,
  offset: number,
  limit: number,
  watch: Watch = {},
): Promise<FailingRow[]> {
  const rows: FailingRow[] = []
  await checkDataset(
    session,
    table,
    [rule],
    { failingLimit: offset + limit, hasKey: false },
    async (batch) => void rows.push(...batch),
    watch,
  )
  return rows.slice(offset, offset + limit)
}

import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { LedgerState } from '../../../../src/http/contract.ts'
import { get } from '../../api/client.ts'
import { Facts, Loaded } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import type { Found } from './home.tsx'

const ledgerQuery = queryOptions({
  queryKey: ['ledger'],
  queryFn: ({ signal }) => get<LedgerState>('/ledger', {}, signal),
})

/** 存证: the hash of what was found, its place in the ledger, the ledger as it stands. */
export function Evidence({ found }: { found: Found }): ReactNode {
  const { t, number } = useWords()
  const query = useQuery(ledgerQuery)
  const { receipt } = found.run
  return (
    <div className="stack">
      <Facts
        facts={[
          { name: t('home.hash'), value: <code>{found.evidence.hash}</code>, wide: true },
          {
            name: t('home.receipt'),
            value: receipt ? (
              <code>
                {receipt.origin} #{receipt.index}
              </code>
            ) : (
              '—'
            ),
            wide: true,
          },
        ]}
      />
      <Loaded query={query} lines={2}>
        {(ledger) => (
          <Facts
            facts={[
              { name: t('home.ledger-size'), value: number(ledger.size), wide: true },
              { name: t('home.ledger-key'), value: <code>{ledger.vkey}</code>, wide: true },
              { name: t('home.ledger-root'), value: <code>{ledger.root}</code>, wide: true },
            ]}
          />
        )}
      </Loaded>
    </div>
  )
}

import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Count } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import type { Found } from './home.tsx'

export function Totals({ found }: { found: Found }): ReactNode {
  const { t, number } = useWords()
  const { totals } = found
  const figures: readonly { name: string; value: ReactNode }[] = [
    { name: t('home.departments'), value: <Count n={totals.departments} /> },
    { name: t('home.resources'), value: <Count n={totals.datasets} /> },
    { name: t('home.records'), value: <Count n={totals.rows} /> },
    {
      name: t('home.bound'),
      value: (
        <>
          {number(totals.bound)} <small>/ {number(totals.columns)}</small>
        </>
      ),
    },
    { name: t('home.unreadable'), value: <Count n={totals.unreadableRows} /> },
    {
      name: t('home.findings'),
      value: (
        <Link to="/reading" aria-label={`${t('home.findings')} ${number(found.findings)}`}>
          <Count n={found.findings} />
        </Link>
      ),
    },
  ]
  return (
    <dl className="totals">
      {figures.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

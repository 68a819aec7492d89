import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { StatusTag } from '../../kit/index.ts'
import { shareText, useWords } from '../../words/index.ts'
import type { Found } from './home.tsx'

/** 最突出的问题: each leads to the rows that fail. */
export function Problems({ found }: { found: Found }): ReactNode {
  const { t, say } = useWords()
  if (found.problems.length === 0) return <p className="soft">{t('home.no-problems')}</p>
  return (
    <ol className="list">
      {found.problems.map((p) => (
        <li key={`${p.department}/${p.dataset}/${p.rule}`}>
          <StatusTag tone="bad">{shareText(p.failing, p.b) ?? t('figure.not-applicable')}</StatusTag>{' '}
          <Link
            to="/catalogue/$department/$dataset"
            params={{ department: p.department, dataset: p.dataset }}
            search={{ tab: 'quality', rule: p.rule }}
          >
            {say(p.words)}
          </Link>
        </li>
      ))}
    </ol>
  )
}

/** 值得一看: the largest case of each kind, leading to the entity. */
export function Oddities({ found }: { found: Found }): ReactNode {
  const { t, say } = useWords()
  const seen = new Set<string>()
  const largest = found.oddities.filter(({ kind }) => !seen.has(kind) && seen.add(kind))
  const others = found.oddities.filter((o) => !largest.includes(o)).slice(0, 3)
  if (largest.length === 0) return <p className="soft">{t('home.no-oddities')}</p>
  return (
    <ul className="list">
      {[...largest, ...others].map((o) => (
        <li key={o.id}>
          {o.entity === null ? (
            say(o.words)
          ) : (
            <Link to="/entities/$kind/$id" params={{ kind: o.entityKind, id: o.entity }}>
              {say(o.words)}
            </Link>
          )}
        </li>
      ))}
    </ul>
  )
}

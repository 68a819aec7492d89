import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { type ReactNode, useEffect, useState } from 'react'
import type { DatasetPage, EntityPage } from '../../../src/http/contract.ts'
import { get } from '../api/client.ts'
import { useWords } from '../words/index.ts'
import './palette.css'

/** Hits shown of each kind. */
const few = 6
/** How long typing may rest before the server is asked, in milliseconds. */
const pause = 200

/** Ctrl K: pages, resources, enterprises and people by what is typed. What is typed leaves no trace in the address. */
export default function Palette({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const q = useRested(typed.trim())
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      label={t('palette.title')}
      shouldFilter={false}
      contentClassName="palette"
      overlayClassName="palette-ground"
    >
      <Command.Input value={typed} onValueChange={setTyped} placeholder={t('palette.hint')} maxLength={100} />
      <Command.List label={t('palette.hits')}>
        <Command.Empty>{t('palette.nothing')}</Command.Empty>
        <Pages typed={typed.trim()} onClose={onClose} />
        {q === '' ? null : <Hits q={q} onClose={onClose} />}
      </Command.List>
    </Command.Dialog>
  )
}

function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), pause)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}

function Pages({ typed, onClose }: { typed: string; onClose: () => void }): ReactNode {
  const { t } = useWords()
  const navigate = useNavigate()
  const pages = [
    { to: '/', title: t('home.title') },
    { to: '/catalogue', title: t('catalogue.title') },
    { to: '/entities', title: t('entity.title') },
    { to: '/jobs', title: t('job.title') },
  ] as const
  const wanted = pages.filter(({ title }) => title.toLowerCase().includes(typed.toLowerCase()))
  return wanted.length === 0 ? null : (
    <Command.Group heading={t('palette.pages')}>
      {wanted.map(({ to, title }) => (
        <Command.Item
          key={to}
          value={to}
          onSelect={() => {
            onClose()
            void navigate({ to })
          }}
        >
          {title}
        </Command.Item>
      ))}
    </Command.Group>
  )
}

function Hits({ q, onClose }: { q: string; onClose: () => void }): ReactNode {
  const { t } = useWords()
  const navigate = useNavigate()
  const { data } = useQuery({
    queryKey: ['palette', q],
    queryFn: ({ signal }) => search(q, signal),
    placeholderData: keepPreviousData,
  })
  if (data === undefined) return <Command.Loading>{t('state.loading')}</Command.Loading>
  return (
    <>
      {data.resources.length === 0 ? null : (
        <Command.Group heading={t('palette.resources')}>
          {data.resources.map(({ department, dataset }) => (
            <Command.Item
              key={`${department}/${dataset}`}
              value={`resource ${department}/${dataset}`}
              onSelect={() => {
                onClose()
                void navigate({ to: '/catalogue/$department/$dataset', params: { department, dataset } })
              }}
            >
              {dataset} <span className="soft small">{department}</span>
            </Command.Item>
          ))}
        </Command.Group>
      )}
      {data.entities.length === 0 ? null : (
        <Command.Group heading={t('palette.entities')}>
          {data.entities.map(({ kind, id, title }) => (
            <Command.Item
              key={id}
              value={`entity ${id}`}
              onSelect={() => {
                onClose()
                void navigate({ to: '/entities/$kind/$id', params: { kind, id } })
              }}
            >
              {title} <span className="soft small">{`${t(`entity.kinds.${kind}`)} ${id}`}</span>
            </Command.Item>
          ))}
        </Command.Group>
      )}
    </>
  )
}

async function search(q: string, signal: AbortSignal) {
  const entitiesOf = (kind: string): Promise<EntityPage> =>
    get<EntityPage>('/entities', { kind, q, limit: few }, signal)
  const [resources, enterprises, people] = await Promise.all([
    get<DatasetPage>('/datasets', { q, limit: few }, signal),
    entitiesOf('enterprise'),
    entitiesOf('person'),
  ])
  return { resources: resources.items, entities: [...enterprises.items, ...people.items] }
}

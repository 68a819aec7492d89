import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { EntityPage } from '../../../../src/http/contract.ts'
import type { EntityView } from '../../../../src/identity/contract.ts'
import { get } from '../../api/client.ts'
import type { Kind } from './address.ts'

/** Where a list starts: before any cursor. */
const first = undefined as string | undefined

export const entitiesQuery = (kind: Kind, q: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['entities', kind, q],
    queryFn: ({ pageParam, signal }) => get<EntityPage>('/entities', { kind, q, cursor: pageParam }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const entityQuery = (kind: Kind, id: string) =>
  queryOptions({
    queryKey: ['entity', kind, id],
    queryFn: ({ signal }) => get<EntityView>(`/entities/${kind}/${encodeURIComponent(id)}`, {}, signal),
  })

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  DatasetDetail,
  DatasetPage,
  FailingPage,
  FindingPage,
  VersionPage,
} from '../../../../src/http/contract.ts'
import { get, resourcePath } from '../../api/client.ts'
import type { CatalogueSearch } from './address.ts'

/** Where a list starts: before any cursor. */
const first = undefined as string | undefined

export const resourcesQuery = ({ q, department }: CatalogueSearch) =>
  infiniteQueryOptions({
    queryKey: ['resources', q, department],
    queryFn: ({ pageParam, signal }) => get<DatasetPage>('/datasets', { q, department, cursor: pageParam }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const resourceQuery = (department: string, dataset: string) =>
  queryOptions({
    queryKey: ['resource', department, dataset],
    queryFn: ({ signal }) => get<DatasetDetail>(resourcePath(department, dataset), {}, signal),
  })

export const versionsQuery = (department: string, dataset: string) =>
  infiniteQueryOptions({
    queryKey: ['versions', department, dataset],
    queryFn: ({ pageParam, signal }) =>
      get<VersionPage>(`${resourcePath(department, dataset)}/versions`, { cursor: pageParam, limit: 10 }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const failingQuery = (department: string, dataset: string, rule: string) =>
  infiniteQueryOptions({
    queryKey: ['failing', department, dataset, rule],
    queryFn: ({ pageParam, signal }) =>
      get<FailingPage>(`${resourcePath(department, dataset)}/failing`, { rule, cursor: pageParam }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const readingQuery = (department: string, dataset: string) =>
  infiniteQueryOptions({
    queryKey: ['reading', department, dataset],
    queryFn: ({ pageParam, signal }) =>
      get<FindingPage>(`${resourcePath(department, dataset)}/findings`, { cursor: pageParam }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next ?? undefined,
  })

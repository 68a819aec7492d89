import { MutationCache, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query'
import type { Summary, Who } from '../../../src/http/contract.ts'
import { ApiFault, get, isSignedOut } from './client.ts'

/** Answers held for a while. A 401 at any moment makes the whole console show how to sign in. */
export function makeCache(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: noticed }),
    mutationCache: new MutationCache({ onError: noticed }),
    // a machine without internet still reaches this server: whether the browser thinks it is online says nothing
    defaultOptions: {
      queries: { staleTime: 30_000, retry: worthAnotherTry, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  })
  function noticed(error: Error): void {
    if (isSignedOut(error)) client.setQueryData(sessionQuery.queryKey, null)
  }
  return client
}

function worthAnotherTry(failures: number, error: Error): boolean {
  return failures < 1 && error instanceof ApiFault && (error.status === 0 || error.status >= 500)
}

/** Who has signed in; null when nobody has. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) =>
    get<Who>('/session', {}, signal).catch((error: unknown) => {
      if (isSignedOut(error)) return null
      throw error
    }),
})

/** The latest run without its resources. Every page needs it: for 合成数据, the departments, the figures of 首页. */
export const summaryQuery = queryOptions({
  queryKey: ['summary'],
  queryFn: ({ signal }) => get<Summary>('/summary', {}, signal),
})

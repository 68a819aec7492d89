import type { ProblemDetails } from '../../../src/http/contract.ts'

type Query = Readonly<Record<string, string | number | undefined>>
type Words = ProblemDetails['words']

/** What went wrong with a request: the server's own words where it spoke, a code of ours where it could not. */
export class ApiFault extends Error {
  readonly code: string
  readonly status: number
  readonly words: Words | undefined
  readonly requestId: string | undefined

  constructor(code: string, status: number, words?: Words, requestId?: string, options?: ErrorOptions) {
    super(code, options)
    this.name = 'ApiFault'
    this.code = code
    this.status = status
    this.words = words
    this.requestId = requestId
  }
}

/** An address below the API; undefined and empty values are left out. */
export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)]))
  return `/api/v1${path}${search.size > 0 ? `?${search}` : ''}`
}

export function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return send<T>(address(path, query), signal ? { signal } : {})
}

export function post<T>(path: string): Promise<T> {
  return send<T>(address(path), { method: 'POST' })
}

/** Deleting answers nothing. */
export function remove(path: string): Promise<void> {
  return send<void>(address(path), { method: 'DELETE' })
}

async function send<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, { ...init, headers: { accept: 'application/json' } }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiFault('console.no-connection', 0, undefined, undefined, { cause: error })
  })
  if (response.status === 204) return undefined as T
  if (!response.ok) throw await faultOf(response)
  return (await response.json()) as T
}

async function faultOf(response: Response): Promise<ApiFault> {
  const id = response.headers.get('x-request-id') ?? undefined
  const problem = (await response.json().catch(() => undefined)) as Partial<ProblemDetails> | undefined
  return new ApiFault(problem?.code ?? 'console.no-words', response.status, problem?.words, problem?.requestId ?? id)
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiFault && error.status === 401
}

/** A department and a resource as one path; names may hold anything a folder's name may. */
export function resourcePath(department: string, dataset: string): string {
  return `/datasets/${encodeURIComponent(department)}/${encodeURIComponent(dataset)}`
}

import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { makeCache } from './api/cache.ts'
import { prefer, preferences } from './app/preferences.ts'
import { router } from './app/router.tsx'
import './kit/style.css'
import { startWords } from './words/index.ts'

// A new build under an open page takes away the parts it has not loaded yet: one reload brings the new ones.
addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('datong.reloaded') ?? 0)
  if (Date.now() - last < 60_000) return
  void fetch('/healthz').then(({ ok }) => {
    if (!ok) return
    sessionStorage.setItem('datong.reloaded', String(Date.now()))
    location.reload()
  })
})

const { language } = preferences()
await startWords(language)
prefer({ language })
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={makeCache()}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)

import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { makeCache } from './api/cache.ts'
import { prefer, preferences } from './app/preferences.ts'
import { router } from './app/router.tsx'
import './kit/style.css'
import { startWords } from './words/index.ts'

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

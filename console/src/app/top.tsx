import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { sessionQuery } from '../api/cache.ts'
import { remove } from '../api/client.ts'
import { jobsQuery } from '../api/jobs.ts'
import { Button, MoonIcon, SearchIcon, SignOutIcon, SunIcon } from '../kit/index.ts'
import { useWords } from '../words/index.ts'
import { prefer, usePreferences } from './preferences.ts'

const Palette = lazy(() => import('./palette.tsx'))

/** Opens the palette, as Ctrl K does anywhere. */
export function SearchButton(): ReactNode {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      setOpen((before) => !before)
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
  return (
    <>
      <button type="button" className="top-search" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <SearchIcon aria-hidden />
        {t('palette.open')}
        <kbd>Ctrl K</kbd>
      </button>
      {open ? (
        <Suspense fallback={null}>
          <Palette onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

export function TopEnd(): ReactNode {
  return (
    <>
      <RunningJobs />
      <LanguageButton />
      <ThemeButton />
      <SignOutButton />
    </>
  )
}

function RunningJobs(): ReactNode {
  const { t } = useWords()
  const { data } = useQuery(jobsQuery)
  const running = data?.filter(({ state }) => state === 'running').length ?? 0
  return running === 0 ? null : (
    <Link to="/jobs" className="tag tag-note">
      ● {t('job.running', { n: running })}
    </Link>
  )
}

export function LanguageButton(): ReactNode {
  const { t, language } = useWords()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <Button kind="quiet" label={t('app.language')} onClick={() => prefer({ language: other })}>
      <span lang={other === 'zh' ? 'zh-CN' : 'en'}>{t('app.other-language')}</span>
    </Button>
  )
}

function ThemeButton(): ReactNode {
  const { t } = useWords()
  const { theme } = usePreferences()
  const other = theme === 'light' ? 'dark' : 'light'
  return (
    <Button
      kind="quiet"
      label={t(`app.theme.${other}`)}
      icon={theme === 'light' ? <MoonIcon aria-hidden /> : <SunIcon aria-hidden />}
      onClick={() => prefer({ theme: other })}
    />
  )
}

function SignOutButton(): ReactNode {
  const { t } = useWords()
  const client = useQueryClient()
  const signOut = async (): Promise<void> => {
    await remove('/session').catch(() => {})
    await client.resetQueries({ queryKey: sessionQuery.queryKey })
  }
  return (
    <Button kind="quiet" icon={<SignOutIcon aria-hidden />} onClick={() => void signOut()}>
      {t('session.sign-out')}
    </Button>
  )
}

import { ConfigProvider } from 'antd'
import en from 'antd/es/locale/en_US'
import zh from 'antd/es/locale/zh_CN'
import { type ReactNode, useLayoutEffect } from 'react'
import { antdTheme, applyColours, type ThemeName } from './tokens.ts'

/** Everything below it follows the theme and the language. */
export function KitProvider(props: { theme: ThemeName; language: 'zh' | 'en'; children: ReactNode }): ReactNode {
  const { theme, language, children } = props
  useLayoutEffect(() => applyColours(theme), [theme])
  return (
    <ConfigProvider
      theme={antdTheme(theme)}
      locale={language === 'zh' ? zh : en}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      {children}
    </ConfigProvider>
  )
}

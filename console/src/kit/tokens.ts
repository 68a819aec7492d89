import { type ThemeConfig, theme } from 'antd'

export type ThemeName = 'light' | 'dark'

/** System fonts only: government networks have no internet, and a page must not ask for any. */
export const fontFamily =
  '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif'

/** Our own colours. Every text colour has at least 4.5:1 on the grounds it stands on (WCAG 2.2, 1.4.3). */
const colours = {
  light: {
    primary: '#0958d9',
    link: '#0958d9',
    ink: '#1f1f1f',
    soft: '#595959',
    ground: '#f5f6f8',
    card: '#ffffff',
    line: '#d9dce1',
    hover: '#eef3fc',
    'bar-ground': '#e3e7ed',
    bar: '#0958d9',
    good: '#135200',
    'good-ground': '#f6ffed',
    'good-line': '#b7eb8f',
    bad: '#a8071a',
    'bad-ground': '#fff1f0',
    'bad-line': '#ffa39e',
    warn: '#874d00',
    'warn-ground': '#fffbe6',
    'warn-line': '#ffe58f',
    note: '#003eb3',
    'note-ground': '#e6f4ff',
    'note-line': '#91caff',
  },
  dark: {
    primary: '#1668dc',
    link: '#69b1ff',
    ink: '#e6e6e6',
    soft: '#a6a6a6',
    ground: '#0f1115',
    card: '#181b20',
    line: '#363b44',
    hover: '#1d2836',
    'bar-ground': '#2c313a',
    bar: '#4a90e8',
    good: '#95de64',
    'good-ground': '#162312',
    'good-line': '#3c6e1f',
    bad: '#ff9c95',
    'bad-ground': '#2a1215',
    'bad-line': '#7c2a2d',
    warn: '#ffd666',
    'warn-ground': '#2b2111',
    'warn-line': '#6e5416',
    note: '#91caff',
    'note-ground': '#111a2c',
    'note-line': '#234a80',
  },
} as const satisfies Record<ThemeName, Record<string, string>>

export type Colour = keyof (typeof colours)['light']

export function colour(name: ThemeName, key: Colour): string {
  return colours[name][key]
}

/** Hands our colours to the style sheet as custom properties, so that they stand in one place. */
export function applyColours(name: ThemeName): void {
  const { style, dataset } = document.documentElement
  dataset['theme'] = name
  style.colorScheme = name
  for (const [key, value] of Object.entries(colours[name])) style.setProperty(`--${key}`, value)
  style.setProperty('--font', fontFamily)
}

/** antd's tokens. Its stock greys and blue are too faint for level AA; no compact algorithm, 12 px is too small for 汉字. */
export function antdTheme(name: ThemeName): ThemeConfig {
  const c = colours[name]
  const grey = (alpha: number): string => (name === 'light' ? `rgba(0,0,0,${alpha})` : `rgba(255,255,255,${alpha})`)
  return {
    algorithm: name === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: c.primary,
      colorLink: c.link,
      colorError: c.bad,
      colorBgContainer: c.card,
      colorBgElevated: c.card,
      colorBgLayout: c.ground,
      colorText: c.ink,
      colorTextDescription: grey(0.65),
      colorTextTertiary: grey(0.65),
      colorTextPlaceholder: grey(name === 'light' ? 0.58 : 0.6),
      colorTextQuaternary: grey(name === 'light' ? 0.58 : 0.6),
      fontFamily,
      fontSize: 14,
      borderRadius: 4,
      motion: false,
    },
    components: {
      Tabs: name === 'dark' ? { itemSelectedColor: c.link, itemHoverColor: c.link } : {},
      Table: { headerBg: c.ground, rowHoverBg: c.hover },
    },
  }
}

import { Button as AntButton } from 'antd'
import type { ReactNode } from 'react'

interface Props {
  readonly children?: ReactNode
  readonly onClick?: () => void
  readonly icon?: ReactNode
  readonly kind?: 'primary' | 'plain' | 'quiet'
  readonly danger?: boolean
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly small?: boolean
  /** What the button does, where its face alone does not say it: its name without a face, a hint beside one. */
  readonly label?: string
  /** For buttons that open and shut something. */
  readonly expanded?: boolean
  /** A link that looks like a button: leaves the console, so no route. */
  readonly href?: string
  readonly download?: string
}

const faces = { primary: 'primary', plain: 'default', quiet: 'text' } as const

export function Button(props: Props): ReactNode {
  const {
    children,
    onClick,
    icon,
    kind = 'plain',
    danger,
    busy,
    disabled,
    small,
    label,
    expanded,
    href,
    download,
  } = props
  return (
    <AntButton
      type={faces[kind]}
      {...(icon ? { icon: <span aria-hidden="true">{icon}</span> } : {})}
      {...(onClick ? { onClick } : {})}
      {...(href ? { href } : {})}
      {...(download ? { download } : {})}
      danger={danger ?? false}
      loading={busy ?? false}
      disabled={disabled ?? false}
      size={small ? 'small' : 'middle'}
      title={label}
      aria-label={children === undefined ? label : undefined}
      aria-expanded={expanded}
    >
      {children}
    </AntButton>
  )
}

import SearchOutlined from '@ant-design/icons/SearchOutlined'
import { Input, Select } from 'antd'
import { type ReactNode, useEffect, useId, useState } from 'react'

/** How long typing may rest before a search starts, in milliseconds. */
const pause = 300

interface SearchProps {
  readonly label: string
  readonly value: string
  readonly onSearch: (value: string) => void
}

/** A search box with its label in sight. Searches when typing rests, at once on Enter. */
export function SearchField({ label, value, onSearch }: SearchProps): ReactNode {
  const id = useId()
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onSearch(typed), pause)
    return () => clearTimeout(timer)
  }, [typed, value, onSearch])
  return (
    <div className="field field-wide">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        type="search"
        value={typed}
        maxLength={100}
        prefix={<SearchOutlined aria-hidden />}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={() => onSearch(typed)}
      />
    </div>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string | undefined
  /** Words of the choice that leaves everything in. */
  readonly all: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string | undefined) => void
}

export function Choice({ label, value, all, options, onChange }: ChoiceProps): ReactNode {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        aria-label={label}
        value={value ?? ''}
        popupMatchSelectWidth={false}
        options={[{ value: '', label: all }, ...options]}
        onChange={(chosen: string) => onChange(chosen || undefined)}
        style={{ minWidth: 200 }}
      />
    </div>
  )
}
